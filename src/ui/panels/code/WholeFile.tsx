// SPDX-License-Identifier: GPL-2.0-only
import { useEffect, useId, useRef } from "react";
import type { Place } from "../../scene/codeSources.ts";
import { Button } from "../../widgets/Button.tsx";
import { Line, type Mark } from "./Line.tsx";
import { SOURCES } from "./sources.ts";
import styles from "./Code.module.css";

interface WholeFileProps {
  place: Place;
  mark: Mark;
  onClose: () => void;
}

/** A whole source file over the page, at the line of `place`. Esc or the button ends it; the focus goes back then. */
export function WholeFile({ place, mark, onClose }: WholeFileProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const text = useRef<HTMLElement>(null);
  const marked = useRef<HTMLSpanElement>(null);
  const title = useId();
  useEffect(() => {
    dialog.current?.showModal();
    text.current?.focus();
    marked.current?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={title} onClose={onClose}>
      <header className={styles.bar}>
        <h2 id={title} className={styles.title}>
          <span>src/engine/</span>
          {place.path}
        </h2>
        <Button onClick={() => dialog.current?.close()}>Close</Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section ref={text} className={styles.scrolled} aria-label={`Text of ${place.file}`} tabIndex={0}>
        <pre className={styles.allLines}>
          {SOURCES.linesOf(place.path).map((line) =>
            line.number === place.line ? (
              <Line key={line.number} ref={marked} line={line} mark={mark} />
            ) : (
              <Line key={line.number} line={line} />
            ),
          )}
        </pre>
      </section>
    </dialog>
  );
}
