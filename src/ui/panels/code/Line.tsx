// SPDX-License-Identifier: GPL-2.0-only
import { type CSSProperties, memo, type Ref } from "react";
import type { SourceLine } from "../../scene/codeSources.ts";
import styles from "./CodePane.module.css";

/** `innermost`: the last step was taken here. `open`: the call in it is open. `returned`: the path ended here. */
export type Mark = "innermost" | "open" | "returned";

export interface LineProps {
  line: SourceLine;
  /** Blanks at its beginning that are not drawn; the text keeps them. */
  indent?: number;
  mark?: Mark;
  ref?: Ref<HTMLSpanElement>;
}

const SPOKEN: Record<Mark, string> = {
  innermost: "The step: ",
  open: "Open call: ",
  returned: "The last step: ",
};

/** One line of a source file, with its number. */
export const Line = memo(function Line({ line, indent = 0, mark, ref }: LineProps) {
  return (
    <span
      ref={ref}
      className={styles.line}
      data-mark={mark}
      data-line={line.number}
      style={{ "--indent": `${indent}ch` } as CSSProperties}
    >
      <span className={styles.number} aria-hidden="true">
        {line.number}
      </span>
      {mark === undefined ? null : <span className={`spoken ${styles.unselected}`}>{SPOKEN[mark]}</span>}
      <code className={styles.text}>
        {line.tokens.map(({ kind, text }, k) =>
          kind === "plain" ? (
            text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a line never change
            <span key={k} className={styles[kind]}>
              {text}
            </span>
          ),
        )}
        {"\n"}
      </code>
    </span>
  );
});
