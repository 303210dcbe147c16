// SPDX-License-Identifier: GPL-2.0-only
import { Button } from "../../widgets/Button.tsx";
import { countedText } from "../../text/fanout/sentences.ts";
import styles from "./Status.module.css";
import type { FanoutData } from "./useFanout.ts";

/** How the rows came about, and how far counting is. */
export function Status({ settings, rows, sizes, status, cancel, resume }: FanoutData) {
  const { progress, isCancelled, trouble } = status;
  const all = [...rows.values()].flat();
  const stepped = all.filter(({ source }) => source === "stepped").length;
  const lacking = sizes.length * rows.size - all.length;
  return (
    <div className={styles.status}>
      <p role="status">
        {trouble !== null
          ? trouble
          : isCancelled
            ? `Stopped: not all is counted. ${countedText({ stepped, computed: all.length - stepped, upto: settings.upto })}`
            : progress === null
              ? countedText({ stepped, computed: all.length - stepped, upto: settings.upto })
              : progress.doing === "computing"
                ? `Computing the chart${lacking > 0 ? "" : " anew"}.`
                : "Stepping the engine through every size."}
      </p>
      {progress === null ? (
        isCancelled || trouble !== null ? (
          <Button onClick={resume}>Count the rest</Button>
        ) : null
      ) : (
        <>
          <progress value={progress.done} max={progress.of} aria-label="Counting" />
          <Button onClick={cancel}>Cancel</Button>
        </>
      )}
    </div>
  );
}
