// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { CodeScene, OpenCall } from "../../scene/codeScene.ts";
import styles from "./CodePane.module.css";

interface OpenCallsProps {
  scene: CodeScene;
  /** Which of the calls is looked at. */
  at: number;
  onLook: (call: number) => void;
}

/** The calls that are open, outermost first; each is a button that shows its line. */
export const OpenCalls = memo(function OpenCalls({ scene: { calls, task }, at, onLook }: OpenCallsProps) {
  return (
    <div className={styles.row}>
      {task === null ? null : <span className={styles.task}>{task}</span>}
      <ol className={styles.calls} aria-label="Open calls, innermost last">
        {calls.map((call, k) => (
          <li key={call.label}>
            <button
              type="button"
              className={styles.call}
              aria-current={k === at}
              aria-label={nameOf(call)}
              title={`${nameOf(call)}: ${call.label}`}
              onClick={() => onLook(k)}
            >
              {call.place?.file ?? "?"}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
});

function nameOf({ label, place }: OpenCall): string {
  if (place === null) return label;
  return place.within === null ? place.file : `${place.file} ${place.within}()`;
}
