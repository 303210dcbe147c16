// SPDX-License-Identifier: GPL-2.0-only
import { memo, type ReactNode, useId } from "react";
import styles from "./Panel.module.css";

export interface PanelProps {
  title: ReactNode;
  /** A few words after the title: what the rows are, in which unit. */
  hint?: ReactNode;
  /** The colour of the bar at the left edge and of the title: a design's hue. Without it there is no bar. */
  hue?: "list" | "xarray";
  children: ReactNode;
}

/** A framed part of the page, with its name as a heading. */
export const Panel = memo(function Panel({ title, hint, hue, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id} data-hue={hue}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
      </header>
      {children}
    </section>
  );
});
