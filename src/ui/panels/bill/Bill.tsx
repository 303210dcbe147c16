// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import { billOf } from "../../scene/bill.ts";
import type { Frame } from "../../scene/frame.ts";
import { storeOf } from "../../text/index.ts";
import styles from "./Bill.module.css";
import { Instruments } from "./Instruments.tsx";

/**
 * What the run has cost one design so far: the calls first, then what was read, taken, zapped and freed; between them
 * what a fault finds in each VM.
 */
export const Bill = memo(function Bill({ frame }: { frame: Frame }) {
  const { binds, calls, needed, wasted, toGo, figures, assumed, refused } = useMemo(
    () => billOf(frame),
    [frame],
  );
  const count = binds?.refused ?? calls;
  const one = binds === null ? "call" : "bind refused";
  const many = binds === null ? "calls" : "binds refused";
  return (
    <div className={styles.bill} data-tone={storeOf(frame.play.variant)}>
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
      <Instruments frame={frame} />
      <dl className={styles.figures}>
        {figures.map(({ name, value, isAssumed }) => (
          <div key={name}>
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
