// SPDX-License-Identifier: GPL-2.0-only
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import type { VariantId } from "../../../engine/index.ts";
import type { Lab } from "../../store/lab.ts";
import { useLab } from "../../store/useLab.ts";
import { type Piece, type Term, termsIn } from "../../text/glossary.ts";
import { isWord, litWord } from "./lit.ts";
import styles from "./Sentences.module.css";

interface SentencesProps {
  text: string;
  /** A second text with a look of its own; empty where there is none. */
  more: string;
  moreClass: string | undefined;
  /** Under which it is said. */
  variant: VariantId;
}

/**
 * A caption whose terms can be pointed at. They are one tab stop: the arrows go from one to the next where there are
 * several, and are the page's where there are not. The next sentence ends what was told of a word of this one.
 */
export const Sentences = memo(function Sentences({ text, more, moreClass, variant }: SentencesProps) {
  const lab = useLab();
  const [at, setAt] = useState(0);
  const own = useRef<HTMLSpanElement>(null);
  const pieces = useMemo(() => [termsIn(text), termsIn(more)] as const, [text, more]);
  const counts = pieces.map((each) => each.filter((piece) => typeof piece !== "string").length);
  const count = (counts[0] ?? 0) + (counts[1] ?? 0);
  useEffect(
    () => () => {
      const { lit } = lab.store.getState();
      const isOwn = (piece: Piece) => typeof piece !== "string" && litWord(variant, piece.term.name) === lit;
      if (pieces.flat().some(isOwn)) lab.light(null);
    },
    [lab, pieces, variant],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const stop = Math.min(at, count - 1);
    const to = { ArrowLeft: stop - 1, ArrowRight: stop + 1, Home: 0, End: count - 1 }[event.key];
    if (event.key === "Escape" && isWord(lab.store.getState().lit)) putOut(lab);
    else if (to !== undefined && count > 1)
      own.current?.querySelectorAll("dfn")[(to + count) % count]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const drawn = (part: 0 | 1) => {
    let k = part === 0 ? 0 : (counts[0] ?? 0);
    return pieces[part].map((piece) => {
      if (typeof piece === "string") return piece;
      const index = k++;
      return (
        <Word
          key={index}
          text={piece.text}
          term={piece.term}
          variant={variant}
          isStop={index === Math.min(at, count - 1)}
          onFocus={() => setAt(index)}
        />
      );
    });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the words in it
    <span ref={own} onKeyDown={onKeyDown}>
      {drawn(0)}
      {more === "" ? null : <span className={moreClass}> {drawn(1)}</span>}
    </span>
  );
});

function putOut({ store, light }: Lab): void {
  if (isWord(store.getState().lit)) light(null);
}

interface WordProps {
  text: string;
  term: Term;
  variant: VariantId;
  isStop: boolean;
  onFocus: () => void;
}

function Word({ text, term, variant, isStop, onFocus }: WordProps) {
  const lab = useLab();
  const name = litWord(variant, term.name);
  return (
    <dfn
      className={styles.word}
      tabIndex={isStop ? 0 : -1}
      data-word={term.name}
      onMouseDown={(event) => event.preventDefault()} // whoever points goes on with the page's keys
      onPointerEnter={({ pointerType }: PointerEvent) =>
        lab.light(pointerType !== "mouse" && lab.store.getState().lit === name ? null : name)
      }
      onPointerLeave={({ pointerType }: PointerEvent) => {
        // A finger leaves at once: what it asked for stays until the next step, or until it asks again.
        if (pointerType === "mouse") putOut(lab);
      }}
      onFocus={() => {
        onFocus();
        lab.light(name);
        lab.tell(`${term.name}: ${term.says}.`);
      }}
      onBlur={() => putOut(lab)}
    >
      {text}
    </dfn>
  );
}
