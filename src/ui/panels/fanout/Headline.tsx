// SPDX-License-Identifier: GPL-2.0-only
import { memo, useState } from "react";
import type { VariantId } from "../../../engine/index.ts";
import { callbacksOf, MEASURES, type PricedRow } from "../../scene/fanout/measures.ts";
import type { FanoutSettings } from "../../scene/fanout/settings.ts";
import { valuesAt } from "../../scene/fanout/valuesAt.ts";
import { MEASURE_TEXTS } from "../../text/fanout/names.ts";
import { ratioText, refusedShareText, refusedText } from "../../text/fanout/sentences.ts";
import { countText, numberText } from "../../text/number.ts";
import { variantName } from "../../text/variant.ts";
import { DesignSign } from "./DesignSign.tsx";
import styles from "./Headline.module.css";

interface HeadlineProps {
  settings: FanoutSettings;
  onRead: (slots: number) => void;
  rows: ReadonlyMap<VariantId, readonly PricedRow[]>;
}

/** What each design costs at the point that is read, in large figures. */
export const Headline = memo(function Headline({ settings, onRead, rows }: HeadlineProps) {
  const { read, y } = settings;
  const values = valuesAt(rows, y, read);
  const ratio = ratioText(values);
  return (
    <section className={styles.headline} aria-label="What is read">
      <div className={styles.point}>
        <h2 className={styles.title}>At {countText(read, "memslot")}</h2>
        <AnyNumber key={read} read={read} max={settings.upto} onRead={onRead} />
      </div>
      <dl className={styles.figures}>
        {[...rows].map(([variant, own]) => {
          const row = own.find(({ slots }) => slots === read);
          return (
            <div key={variant} className={styles.design} data-design={variant}>
              <dt>
                <DesignSign variant={variant} /> {variantName(variant)}
              </dt>
              {row === undefined ? (
                <dd className={styles.about}>is being counted</dd>
              ) : (
                <>
                  <dd className={styles.figure}>{MEASURE_TEXTS[y].text(MEASURES[y](row).ns)}</dd>
                  <dd className={styles.about}>
                    {row.bound === row.slots ? null : (
                      <b className={styles.refused}>{refusedShareText(row)}</b>
                    )}
                    {calledText(row)}
                  </dd>
                </>
              )}
            </div>
          );
        })}
      </dl>
      {ratio === null ? null : <p className={styles.ratio}>{ratio}.</p>}
      {values.map((value) => {
        const refused = refusedText(read, value);
        return refused === null ? null : (
          <p key={value.variant} className={styles.about}>
            {refused}
          </p>
        );
      })}
    </section>
  );
});

interface AnyNumberProps {
  read: number;
  max: number;
  onRead: (slots: number) => void;
}

/** Any number of memslots to read at: the handle stops at the sizes of the chart alone. */
function AnyNumber({ read, max, onRead }: AnyNumberProps) {
  const [typed, setTyped] = useState(String(read));
  const slots = /^[1-9]\d{0,6}$/.test(typed.trim()) && Number(typed) <= max ? Number(typed) : null;
  const take = () => {
    if (slots !== null && slots !== read) onRead(slots);
  };
  return (
    <input
      aria-label={`Number of memslots to read, 1 to ${numberText(max)}`}
      value={typed}
      inputMode="numeric"
      autoComplete="off"
      aria-invalid={slots === null}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
      }}
    />
  );
}

const calledText = (row: PricedRow): string =>
  `${countText(callbacksOf(row), "callback")}, ${row.counts.wasted === 0 ? "none" : numberText(row.counts.wasted)} for nothing`;
