// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Frame } from "../../scene/frame.ts";
import { useShown } from "../../store/useLab.ts";
import { breaks, why } from "../../text/index.ts";
import { useDemanded } from "../../widgets/useDemanded.ts";
import { touchPart } from "../row/touchPart.ts";
import styles from "./Caption.module.css";

/**
 * What the last step did, or, while an object is lit or pinned, what this design says of it. Both have the room of
 * the step's caption, so that nothing jumps under the pointer.
 */
export const Caption = memo(function Caption({ frame, caption }: { frame: Frame; caption: string }) {
  const pinned = useShown((state) => state.pinned);
  const name = useShown((state) => state.lit) ?? pinned;
  const part = useDemanded(touchPart, name !== null);
  const fact = name === null || part === null ? null : part.factOf(frame, name);
  const reason = why(frame);
  return (
    <div className={styles.room}>
      <p className={styles.caption} data-covered={fact !== null} data-broken={breaks(frame)}>
        {caption}
        {reason === null ? null : <span className={styles.why}> {reason}</span>}
      </p>
      {fact === null ? null : (
        <p className={styles.fact} data-fact={name} data-pinned={name === pinned}>
          {fact}
          {name?.startsWith("page") && name !== pinned ? (
            <span className={styles.opens}> Click: its life.</span>
          ) : null}
        </p>
      )}
    </div>
  );
});
