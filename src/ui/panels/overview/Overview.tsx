// SPDX-License-Identifier: GPL-2.0-only
import { memo, useEffect, useMemo, useState } from "react";
import type { VariantId } from "../../../engine/index.ts";
import { endOf } from "../../store/capture.ts";
import { momentAt } from "../../store/clock.ts";
import type { Loaded } from "../../store/lab.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { numberText, storeOf, variantName } from "../../text/index.ts";
import { Lanes } from "./Lanes.tsx";
import styles from "./Overview.module.css";
import { captureText, operationText } from "./says.ts";
import { holding, positionsOf, type Span, wholeSpan, zoomed } from "./span.ts";
import { TimeSlider } from "./TimeSlider.tsx";
import { Tools } from "./Tools.tsx";

/** A recording as a whole, `width` pixels long: its punches over time, and the calls so far of the designs shown. */
export const Overview = memo(function Overview({ width }: { width: number }) {
  const loaded = useShown((state) => state.loaded);
  if (loaded === null || loaded.capture === null) return null;
  return <Shown loaded={loaded} part={loaded.capture} width={width} />;
});

interface ShownProps {
  loaded: Loaded;
  part: NonNullable<Loaded["capture"]>;
  width: number;
}

function Shown({ loaded, part, width }: ShownProps) {
  const lab = useLab();
  const { view } = part.of;
  const whole = useMemo(() => wholeSpan(view.columns), [view]);
  const [seen, setSeen] = useState<{ of: object; span: Span } | null>(null);
  const span = seen?.of === view ? seen.span : whole;
  const setSpan = (next: Span) => setSeen({ of: view, span: next });
  const [pointed, setPointed] = useState<number | null>(null);
  const operation = part.from + useShown(({ time }) => momentAt(loaded.clock, time).operation);
  const now = Math.min(operation, view.columns.kind.length - 1);
  const at = positionsOf(view.columns)[now] ?? 0;
  // What is played stays in sight, however near one looks.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is played moves the span, not the span itself
  useEffect(() => {
    const next = holding(span, whole, at);
    if (next !== span) setSpan(next);
  }, [at, whole]);
  const { plays, only } = loaded;
  const shown = (only === null ? plays : [plays[only]]).flatMap(
    ({ variant }) => view.costs.find((costs) => costs.variant === variant) ?? [],
  );
  const nearer = (factor: number) => setSpan(zoomed(span, whole, at, factor));
  return (
    <section className={styles.overview} aria-label="Recording">
      <div className={styles.head}>
        <p className={styles.says} data-testid="overview-says">
          {pointed === null ? (
            <>
              <b>{view.name}</b>: {captureText(view)}
            </>
          ) : (
            operationText(view, pointed, shown)
          )}
        </p>
        <Tools
          view={view}
          shown={shown}
          isZoomed={span !== whole}
          onZoom={nearer}
          onWhole={() => setSpan(whole)}
        />
      </div>
      <div className={styles.names}>
        <p className={styles.punches}>punches</p>
        <p className={styles.sums}>calls so far</p>
        {shown.map((costs) => (
          <Sum key={costs.variant} variant={costs.variant} />
        ))}
      </div>
      <TimeSlider
        {...{ view, span, whole, width, now, shown }}
        isPart={{ from: part.from, end: endOf(part) }}
        onSpan={setSpan}
        onPoint={setPointed}
        onGoTo={(next) => void lab.goToOperation(next)}
      >
        <Lanes view={view} span={span} width={width} shown={shown} />
      </TimeSlider>
    </section>
  );
}

/** What a design has cost up to the step that is shown. */
function Sum({ variant }: { variant: VariantId }) {
  const calls = useShown(({ frames }) => {
    const counters = frames?.find(({ play }) => play.variant === variant)?.world.counters;
    return counters === undefined ? 0 : counters.startCallbacks + counters.endCallbacks;
  });
  return (
    <p className={styles.sum} data-hue={storeOf(variant)}>
      <b>{shortName(variant)}</b>
      <span>{numberText(calls)}</span>
    </p>
  );
}

/** `as posted` says enough beside the hue. */
const shortName = (variant: VariantId): string => variantName(variant).replace(/^\S+ (?=\S)/, "");
