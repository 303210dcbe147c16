// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Frame } from "../../scene/frame.ts";
import { useShown } from "../../store/useLab.ts";
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
  return (
    <div className={styles.room}>
      <p className={styles.caption} data-covered={fact !== null}>
        {caption}
      </p>
      {fact === null ? null : (
        <p className={styles.fact} data-fact={name} data-pinned={name === pinned}>
          {fact}
        </p>
      )}
    </div>
  );
});
