// SPDX-License-Identifier: GPL-2.0-only
import { memo, useId, useState } from "react";
import { PRICE_IDS, PRICES, type PriceId, type SetPrices, type WalkBasis } from "../../../engine/index.ts";
import { priceTyped } from "../../scene/fanout/settings.ts";
import { nsText } from "../../text/fanout/amounts.ts";
import { TAG_TEXTS } from "../../text/fanout/names.ts";
import { Button } from "../../widgets/Button.tsx";
import styles from "./Prices.module.css";
import section from "./Section.module.css";

interface PricesProps {
  walks: WalkBasis;
  prices: SetPrices;
  onPrices: (prices: SetPrices) => void;
}

/** The prices that nobody measured for these designs: what they are taken for, why, and a field for one's own. */
export const Prices = memo(function Prices({ walks, prices, onPrices }: PricesProps) {
  const set = (id: PriceId, ns: number | null) => {
    const { [id]: _, ...rest } = prices;
    onPrices(ns === null || ns === PRICES[id].ns ? rest : { ...rest, [id]: ns });
  };
  return (
    <section className={section.section} aria-label="Prices">
      <div className={section.head}>
        <h2>Prices that can be set</h2>
        <Button disabled={Object.keys(prices).length === 0} onClick={() => onPrices({})}>
          Reset all prices
        </Button>
      </div>
      <ul className={styles.prices}>
        {PRICE_IDS.map((id) => (
          <PriceField
            key={`${id} ${prices[id] ?? ""}`}
            id={id}
            own={prices[id]}
            isIdle={walks !== "assumed" && OF_ASSUMED_WALKS.includes(id)}
            onSet={set}
          />
        ))}
      </ul>
    </section>
  );
});

/** Measured walks have their nodes and their calls in them. */
const OF_ASSUMED_WALKS: readonly PriceId[] = ["listNode", "callback", "xarrayLevel"];

interface PriceFieldProps {
  id: PriceId;
  own: number | undefined;
  /** Whether nothing on the page is counted with it. */
  isIdle: boolean;
  onSet: (id: PriceId, ns: number | null) => void;
}

function PriceField({ id, own, isIdle, onSet }: PriceFieldProps) {
  const field = useId();
  const { ns, low, high, tag, what, source } = PRICES[id];
  const [typed, setTyped] = useState(String(own ?? ns));
  const read = priceTyped(typed.trim());
  const take = () => {
    if (read !== null) onSet(id, read);
  };
  return (
    <li className={styles.price} data-set={own !== undefined || undefined} data-idle={isIdle || undefined}>
      <label htmlFor={field}>{what}</label>
      <span className={styles.field}>
        <input
          id={field}
          value={typed}
          disabled={isIdle}
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={read === null}
          aria-describedby={`${field}-about`}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === "Enter") take();
          }}
        />{" "}
        ns
        {own === undefined ? null : <Button onClick={() => onSet(id, null)}>Reset to {nsText(ns)}</Button>}
      </span>
      <span id={`${field}-about`} className={styles.about}>
        {isIdle ? <b>Counts with assumed prices only. </b> : null}
        {read === null
          ? "Expected nanoseconds from 0 to 100,000,000. "
          : own === undefined
            ? `${TAG_TEXTS[tag]}, `
            : "set by hand; as usual "}
        {low === high ? "" : `${nsText(low)} to ${nsText(high)}`}: {source}
      </span>
    </li>
  );
}
