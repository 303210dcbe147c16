// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import { billOf } from "../../scene/bill.ts";
import type { Frame } from "../../scene/frame.ts";
import { storeOf } from "../../text/index.ts";
import styles from "./Bill.module.css";

interface BillProps {
  frame: Frame;
  /** A line a figure, where the rail has to hold more than the bill. */
  brief?: boolean;
}

/** What the run has cost one design so far: the calls first, then what was read, taken, zapped and freed. */
export const Bill = memo(function Bill({ frame, brief = false }: BillProps) {
  const { calls, needed, wasted, toGo, figures, refused } = useMemo(() => billOf(frame), [frame]);
  return (
    <div className={styles.bill} data-tone={storeOf(frame.play.variant)} data-brief={brief}>
      <p className={styles.headline}>
        <strong className={styles.count}>{calls.toLocaleString("en-GB")}</strong>
        <span>
          <span className={styles.what}>
            {calls === 1 ? "call" : "calls"} so far, <i>{toGo.toLocaleString("en-GB")} to go</i>
          </span>
          <span className={styles.split}>
            <b className={styles.needed}>{needed.toLocaleString("en-GB")} needed</b> ·{" "}
            <b>{wasted.toLocaleString("en-GB")} wasted</b>
          </span>
        </span>
      </p>
      <dl className={styles.figures}>
        {figures.map(({ name, value, isWrong }) => (
          <div key={name} data-wrong={isWrong}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {refused.length === 0 ? null : (
        <details className={styles.refused}>
          <summary>{refused.length === 1 ? "1 refused" : `${refused.length} refused`}</summary>
          <ul>
            {refused.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
});
