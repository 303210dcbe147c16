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

/** More figures than this get a line each; so do those of a recording, whose overview needs the room. */
const FIGURES_MAX = 9;

/** What the run has cost one design so far: the calls first, then what was read, taken, zapped and freed. */
export const Bill = memo(function Bill({ frame, brief = false }: BillProps) {
  const { binds, calls, needed, wasted, toGo, figures, assumed, refused } = useMemo(
    () => billOf(frame),
    [frame],
  );
  const count = binds?.refused ?? calls;
  const one = binds === null ? "call" : "bind refused";
  const many = binds === null ? "calls" : "binds refused";
  return (
    <div
      className={styles.bill}
      data-tone={storeOf(frame.play.variant)}
      data-brief={brief || assumed !== null || figures.length > FIGURES_MAX}
    >
      <p className={styles.headline}>
        <strong className={styles.count}>{count.toLocaleString("en-GB")}</strong>
        <span>
          <span className={styles.what}>
            {count === 1 ? one : many} so far, <i>{(binds?.toGo ?? toGo).toLocaleString("en-GB")} to go</i>
          </span>
          {binds !== null ? null : (
            <span className={styles.split}>
              <b className={styles.needed}>{needed.toLocaleString("en-GB")} needed</b> ·{" "}
              <b>{wasted.toLocaleString("en-GB")} wasted</b>
            </span>
          )}
        </span>
      </p>
      <dl className={styles.figures}>
        {figures.map(({ name, value, isWrong, isAssumed }) => (
          <div key={name} data-wrong={isWrong}>
            <dt>
              {name}
              {isAssumed ? <abbr title={`Assumed: ${assumed}.`}>†</abbr> : null}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {assumed === null ? null : <p className={styles.assumed}>† assumed: {assumed}</p>}
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
