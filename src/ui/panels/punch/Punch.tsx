// SPDX-License-Identifier: GPL-2.0-only
import { type FormEvent, memo, useEffect, useId, useMemo, useState } from "react";
import { isSinglePunch, type Play, type PunchPrice } from "../../../engine/index.ts";
import type { Frame } from "../../scene/frame.ts";
import type { Both } from "../../store/clock.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { storeOf, variantName } from "../../text/index.ts";
import { countText, numberText } from "../../text/number.ts";
import { type PageRange, punchText } from "../../text/pageRange.ts";
import type { TypedPunch } from "../../text/typedPunch.ts";
import { Button } from "../../widgets/Button.tsx";
import { onDemand } from "../../widgets/onDemand.ts";
import { useDemanded } from "../../widgets/useDemanded.ts";
import styles from "./Punch.module.css";
import { shownPunch } from "./shownPunch.ts";
import { usePrices } from "./usePrices.ts";

/** What reads a typed range, fetched with the first letter. */
const reader = onDemand(() => import("../../text/typedPunch.ts"));

export interface PunchProps {
  frames: Both<Frame>;
  /** The file whose pages stand on the axis. */
  file: string;
}

/**
 * The pages to punch, as words that can be typed, dragged on the strip, or moved by the keyboard there; and what
 * that punch costs each design before it is run.
 */
export const Punch = memo(function Punch({ frames, file }: PunchProps) {
  const lab = useLab();
  const id = useId();
  const draft = useShown((state) => state.draft);
  // What is being typed; null shows what is drafted on the strip, or else the punch that is shown.
  const [typed, setTyped] = useState<string | null>(null);
  const [upper, lower] = [frames[0].play, frames[1].play];
  const plays = useMemo(() => [upper, lower], [upper, lower]);
  const shown = shownPunch(frames[0], file);
  const chosen = draft ?? shown;
  const text = typed ?? (chosen === null ? "" : punchText(chosen));
  const reading = useDemanded(reader, typed !== null);
  const read: TypedPunch | null = useMemo(
    () => (typed === null || reading === null ? null : reading.typedPunch(typed)),
    [typed, reading],
  );
  useEffect(() => {
    if (read === null) return;
    lab.setDraft(read.ok ? read.range : null);
    if (!read.ok) lab.tell(read.says);
  }, [read, lab]);
  const range = typed === null ? chosen : read?.ok ? read.range : null;
  const wrong = read === null || read.ok || typed?.trim() === "" ? null : read;
  const run = (range: PageRange) => {
    setTyped(null);
    void lab.punch(file, range.start, range.end);
  };
  const letGo = () => {
    setTyped(null);
    lab.setDraft(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed === null) {
      if (chosen !== null) run(chosen);
      return;
    }
    // Who types fast has ended before what reads it is there.
    const { typedPunch } = await import("../../text/typedPunch.ts");
    const last = typedPunch(typed);
    if (last.ok) run(last.range);
  };

  return (
    <form className={styles.punch} onSubmit={(event) => void submit(event)} aria-label="Punch a hole">
      <label className={styles.label} htmlFor={id}>
        {isSinglePunch(upper.scenario.document) ? "Punch pages" : "Then punch pages"}
      </label>
      <input
        id={id}
        className={styles.field}
        data-field="punch"
        value={text}
        placeholder="18-21"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-says`}
        aria-keyshortcuts="p"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          letGo();
        }}
      />
      <button
        type="submit"
        className={styles.run}
        disabled={wrong !== null || (typed === null && chosen === null)}
      >
        Punch
      </button>
      <div id={`${id}-says`} className={styles.says}>
        {wrong === null ? null : (
          <p className={styles.wrong}>
            {wrong.says}
            {wrong.nearest === null ? null : (
              <Button onClick={() => wrong.nearest && run(wrong.nearest)}>
                Punch {punchText(wrong.nearest)} instead
              </Button>
            )}
          </p>
        )}
      </div>
      {range === null ? null : <Prices plays={plays} file={file} start={range.start} end={range.end} />}
    </form>
  );
});

interface PricesProps {
  plays: readonly Play[];
  file: string;
  start: number;
  end: number;
}

/** Drawn anew only for another punch: not with every step. */
const Prices = memo(function Prices({ plays, file, start, end }: PricesProps) {
  const prices = usePrices(plays, file, start, end);
  if (prices === null) return null;
  const most = Math.max(...prices.map(({ price }) => price.steps), 1);
  return (
    <dl className={styles.prices} aria-label="What it costs">
      {prices.map(({ play, price }) => (
        <div key={play.variant} data-hue={storeOf(play.variant)}>
          <dt>{variantName(play.variant)}</dt>
          <dd>
            <span
              className={styles.bar}
              style={{ width: `${(100 * price.steps) / most}%` }}
              aria-hidden="true"
            />
            <span>{priceText(price)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
});

const priceText = ({ calls, wasted, steps, isStuck }: PunchPrice): string =>
  `${countText(calls, "call")}, ${numberText(wasted)} wasted; ${countText(steps, "step")}${isStuck ? ", and never ends" : ""}`;
