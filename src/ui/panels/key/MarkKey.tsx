// SPDX-License-Identifier: GPL-2.0-only
import { memo, useLayoutEffect, useMemo, useRef } from "react";
import { type KeyEntry, keyOf } from "../../scene/keyScene.ts";
import { useShown } from "../../store/useLab.ts";
import { drawMarks } from "../row/drawMarks.ts";
import row from "../row/Row.module.css";
import styles from "./MarkKey.module.css";

/** The marks and their words; a rare one only where the loaded runs have something of it. */
export const MarkKey = memo(function MarkKey() {
  const plays = useShown(({ loaded }) => loaded?.plays);
  const entries = useMemo(() => keyOf(plays ?? []), [plays]);
  return (
    <ul className={styles.key} aria-label="What the marks mean">
      {entries.map((entry) => (
        <li key={entry.word}>
          <Sample entry={entry} />
          {entry.word}
        </li>
      ))}
    </ul>
  );
});

/** A mark as it is drawn in the rows. */
export function Sample({ entry }: { entry: KeyEntry }) {
  const svg = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    if (svg.current !== null) drawMarks(svg.current, entry.marks);
  }, [entry]);
  return (
    <svg ref={svg} className={`${row.row} ${styles.sample}`} width={20} height={20} aria-hidden="true" />
  );
}
