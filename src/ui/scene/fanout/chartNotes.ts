// SPDX-License-Identifier: GPL-2.0-only
// What stands on a chart beside its lines: where they cross, how far apart they are, their names, and what was timed here.

import type { Span, VariantId } from "../../../engine/index.ts";
import { figuresText } from "../../text/fanout/amounts.ts";
import { MEASURE_TEXTS, type MeasureId } from "../../text/fanout/names.ts";
import { numberText } from "../../text/number.ts";
import { variantName } from "../../text/variant.ts";
import type { ChartInput, Plot, YScale } from "./chartPlot.ts";
import { designStyle } from "./designStyle.ts";
import { timedDots } from "./dots.ts";
import { type Mark, round, shape, signPath, word } from "./marks.ts";
import type { PricedRow } from "./measures.ts";

/** What was timed in this browser, as crosses. */
export function ownMarks({ own, rows }: ChartInput, y: YScale, { x, left, top }: Plot): Mark[] {
  if (own.length === 0) return [];
  const crosses = [...rows].flatMap(([variant, priced]) =>
    timedDots(
      priced,
      own.filter((walk) => walk.variant === variant),
    ).map(({ slots, ns }) =>
      shape(`own-${variant}-${slots}`, crossPath(x.at(slots), y.at(ns)), {
        ...{ stroke: designStyle(variant).ink, width: 2 },
      }),
    ),
  );
  return [
    ...crosses,
    shape("own-sign", crossPath(left + 14, top + 16), { stroke: "ink", width: 2 }),
    word("own-word", [left + 24, top + 20], "this computer, this page's own code", { fill: "ink" }),
  ];
}

const crossPath = (x: number, y: number): string =>
  `M${round(x - 4)} ${round(y - 4)}l8 8M${round(x + 4)} ${round(y - 4)}l-8 8`;

/** Where the lines of the list and of the xarray part, and where the list outweighs a flush. */
export function evenMarks(
  { evens, settings, width }: ChartInput,
  { x, left, right, top, bottom }: Plot,
): Mark[] {
  const lines: Mark[] = [];
  const isTight = width < 860;
  const mark = (key: string, slots: number, text: string, y: number) => {
    if (slots < 1 || slots > settings.upto) return;
    const at = x.at(slots);
    const isLate = at > (left + right) / 2;
    lines.push(
      shape(`${key}-line`, `M${at.toFixed(1)} ${y - 8}V${bottom}`, { stroke: "ink-3", dash: [4, 3] }),
      word(`${key}-word`, [at + (isLate ? -5 : 5), y + 4], text, {
        anchor: isLate ? "end" : "start",
        fill: "ink",
      }),
    );
  };
  const about = (n: number) => numberText(Math.round(n));
  if (evens.walks !== null)
    mark(
      "even",
      evens.walks,
      isTight
        ? `list ahead below ${about(evens.walks)}`
        : `walks break even at ${about(evens.walks)}: below, the list's is cheaper`,
      top + 66,
    );
  mark(
    "flush",
    evens.flush,
    isTight
      ? `a flush at ${about(evens.flush)}`
      : `from ${about(evens.flush)} on the list's walks outweigh a flush of 64 vCPUs`,
    top + 38,
  );
  return lines;
}

/** How many times the list costs what the xarray does, between the two at the point that is read. */
export function ratioMarks({ rows, read }: ChartInput, y: YScale, { x, right }: Plot): Mark[] {
  const costOf = (variant: VariantId) => rows.get(variant)?.find(({ slots }) => slots === read)?.cost.ns ?? 0;
  const [list, xarray] = [costOf("v10"), costOf("review")];
  const [upper, lower] = [y.at(Math.max(list, xarray)) + 8, y.at(Math.min(list, xarray)) - 8];
  if (list === 0 || xarray === 0 || lower - upper < 24) return [];
  const isLate = x.at(read) > right - 120;
  const at = x.at(read) + (isLate ? -14 : 14);
  const head = (tip: number, by: number) => `M${at - 4} ${tip + by}L${at} ${tip}L${at + 4} ${tip + by}`;
  return [
    shape("ratio-line", `M${at} ${upper}V${lower}${head(upper, 6)}${head(lower, -6)}`, {
      stroke: "ink",
      width: 1.25,
    }),
    word("ratio", [at + (isLate ? -10 : 10), (upper + lower) / 2 + 8], `${figuresText(list / xarray)}×`, {
      ...{ anchor: isLate ? "end" : "start", size: 22, weight: 680, fill: "ink" },
    }),
  ];
}

/** Each line's name and its last value, one below the other where lines end together. */
export function endWords(
  spans: ReadonlyMap<VariantId, readonly { readonly row: PricedRow; readonly span: Span }[]>,
  measure: MeasureId,
  y: YScale,
  { right, top, bottom }: Plot,
  key: string,
): Mark[] {
  const ends = [...spans].flatMap(([variant, points]) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ variant, value: last.span.ns, at: y.at(last.span.ns) }];
  });
  ends.sort((a, b) => a.at - b.at);
  // A low plot has no room for two lines each.
  const isLow = bottom - top < 200;
  const gap = isLow ? 16 : 30;
  const places = ends.map(({ at }) => Math.max(top + 8, at + 4));
  for (let k = 1; k < places.length; k++)
    places[k] = Math.max(places[k] as number, (places[k - 1] as number) + gap);
  const over = Math.max(0, (places.at(-1) ?? 0) + (isLow ? 0 : 14) - bottom - 4);
  return ends.flatMap(({ variant, value }, k) => {
    const place = (places[k] as number) - over;
    const { ink, sign } = designStyle(variant);
    // In the low plot the line above has named it whole.
    const name = isLow && variant === "review-seed" ? "as posted" : variantName(variant);
    const text = MEASURE_TEXTS[measure].text(value);
    return [
      shape(`${key}-end-sign-${variant}`, signPath(sign, right + 16, place - 4, 4), { fill: ink }),
      word(`${key}-end-${variant}`, [right + 26, place], isLow ? `${text} ${name}` : name, {
        weight: 700,
        fill: ink,
      }),
      ...(isLow
        ? []
        : [word(`${key}-end-value-${variant}`, [right + 26, place + 14], text, { weight: 600, fill: ink })]),
    ];
  });
}
