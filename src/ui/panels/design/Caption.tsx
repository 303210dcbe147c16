// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Frame } from "../../scene/frame.ts";
import { useShown } from "../../store/useLab.ts";
import { breaks, why } from "../../text/index.ts";
import { useDemanded } from "../../widgets/useDemanded.ts";
import { useInUse } from "../../widgets/useInUse.ts";
import { touchPart } from "../row/touchPart.ts";
import { isWord, wordIn } from "../words/lit.ts";
import { wordsPart } from "../words/wordsPart.ts";
import styles from "./Caption.module.css";

/**
 * What the last step did, or, while an object is lit or pinned, what this design says of it; while one of its words
 * is, what that means. All have the room of the step's caption, so that nothing jumps under the pointer.
 */
export const Caption = memo(function Caption({ frame, caption }: { frame: Frame; caption: string }) {
  const { variant } = frame.play;
  const pinned = useShown((state) => state.pinned);
  const lit = useShown((state) => state.lit);
  const playing = useShown((state) => state.playing);
  const name = (isWord(lit) ? null : lit) ?? pinned;
  const part = useDemanded(touchPart, name !== null);
  const fact = name === null || part === null ? null : part.factOf(frame, name);
  const words = useDemanded(wordsPart, useInUse());
  const word = words?.termNamed(wordIn(lit, variant) ?? "") ?? null;
  const reason = why(frame);
  return (
    <div className={styles.room}>
      <p
        className={styles.caption}
        data-covered={word !== null ? "word" : fact !== null ? "fact" : undefined}
        data-broken={breaks(frame)}
      >
        {words === null || playing ? (
          <>
            {caption}
            {reason === null ? null : <span className={styles.why}> {reason}</span>}
          </>
        ) : (
          <words.Sentences text={caption} more={reason ?? ""} moreClass={styles.why} variant={variant} />
        )}
      </p>
      {word !== null ? (
        <p className={styles.fact} data-means={word.name}>
          <b>{word.name}</b>: {word.says}.
        </p>
      ) : fact === null ? null : (
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
