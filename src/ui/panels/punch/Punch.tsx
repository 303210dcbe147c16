// SPDX-License-Identifier: GPL-2.0-only
import { type FormEvent, memo, useDeferredValue, useId, useMemo, useState } from "react";
import type { Play, PunchPrice } from "../../../engine/index.ts";
import type { Frame } from "../../scene/frame.ts";
import type { Both } from "../../store/clock.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { storeOf, variantName } from "../../text/index.ts";
import { countText, numberText } from "../../text/number.ts";
import { type PageRange, punchText, typedPunch } from "../../text/punchText.ts";
import { Button } from "../../widgets/Button.tsx";
import styles from "./Punch.module.css";
import { priceUnder } from "./prices.ts";
import { shownPunch } from "./shownPunch.ts";

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
  const shown = shownPunch(frames[0], file);
  const chosen = draft ?? shown;
  const text = typed ?? (chosen === null ? "" : punchText(chosen));
  const read = typed === null && chosen !== null ? ({ ok: true, range: chosen } as const) : typedPunch(text);
  const isWrong = !read.ok && text.trim() !== "";

  const type = (next: string) => {
    setTyped(next);
    const parsed = typedPunch(next);
    lab.setDraft(parsed.ok ? parsed.range : null);
  };
  const run = (range: PageRange) => {
    setTyped(null);
    void lab.punch(file, range.start, range.end);
  };
  const letGo = () => {
    setTyped(null);
    lab.setDraft(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (read.ok) run(read.range);
  };

  return (
    <form className={styles.punch} onSubmit={submit} aria-label="Punch a hole">
      <label className={styles.label} htmlFor={id}>
        Punch pages
      </label>
      <input
        id={id}
        className={styles.field}
        data-field="punch"
        value={text}
        placeholder="18-21"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={isWrong}
        aria-describedby={`${id}-says`}
        aria-keyshortcuts="p"
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          letGo();
        }}
      />
      <button type="submit" className={styles.run} disabled={!read.ok}>
        Punch
      </button>
      <div id={`${id}-says`} className={styles.says} aria-live="polite">
        {isWrong && !read.ok ? (
          <p className={styles.wrong}>
            {read.says}
            {read.nearest === null ? null : (
              <Button onClick={() => read.nearest && run(read.nearest)}>
                Punch {punchText(read.nearest)} instead
              </Button>
            )}
          </p>
        ) : null}
      </div>
      {read.ok ? <Prices frames={frames} file={file} range={read.range} /> : null}
    </form>
  );
});

interface PricesProps {
  frames: Both<Frame>;
  file: string;
  range: PageRange;
}

function Prices({ frames, file, range: { start, end } }: PricesProps) {
  const [upper, lower] = [frames[0].play, frames[1].play];
  return <PriceTable upper={upper} lower={lower} file={file} start={start} end={end} />;
}

/** Drawn anew only for another punch: not with every step. */
const PriceTable = memo(function PriceTable(props: {
  upper: Play;
  lower: Play;
  file: string;
  start: number;
  end: number;
}) {
  // Where thousands of memslots make a price slow the field still answers at once, and the price follows.
  const { upper, lower, file, start, end } = useDeferredValue(props);
  const prices = useMemo(
    () => [upper, lower].map((play) => ({ play, price: priceUnder(play, file, { start, end }) })),
    [upper, lower, file, start, end],
  );
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
