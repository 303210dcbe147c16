// SPDX-License-Identifier: GPL-2.0-only
import { useEffect, useRef } from "react";
import type { Place } from "../../scene/codeSources.ts";
import { Dialog } from "../../widgets/Dialog.tsx";
import { Line, type Mark } from "./Line.tsx";
import { SOURCES } from "./sources.ts";
import styles from "./CodePane.module.css";

interface WholeFileProps {
  place: Place;
  mark: Mark;
  onClose: () => void;
}

/** A whole source file over the page, at the line of `place`. */
export function WholeFile({ place, mark, onClose }: WholeFileProps) {
  const marked = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    marked.current?.scrollIntoView({ block: "center" });
  }, []);
  const title = (
    <>
      <span className={styles.folder}>src/engine/</span>
      {place.path}
    </>
  );
  return (
    <Dialog title={title} label={`Text of ${place.file}`} onClose={onClose}>
      <pre className={styles.allLines}>
        {SOURCES.linesOf(place.path).map((line) =>
          line.number === place.line ? (
            <Line key={line.number} ref={marked} line={line} mark={mark} />
          ) : (
            <Line key={line.number} line={line} />
          ),
        )}
      </pre>
    </Dialog>
  );
}
