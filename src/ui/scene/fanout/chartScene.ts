// SPDX-License-Identifier: GPL-2.0-only
// Cost against the number of memslots, a line a design, and below it the callbacks on the same axis.

import { type Span, STEPPED_MAX, type VariantId } from "../../../engine/index.ts";
import { MEASURE_TEXTS, type MeasureId } from "../../text/fanout/names.ts";
import { numberText } from "../../text/number.ts";
import { chartKey } from "./chartKey.ts";
import { endWords, evenMarks, liveMarks, ownMarks, ratioMarks } from "./chartNotes.ts";
import type { ChartInput, Frame, Plot, YScale } from "./chartPlot.ts";
import { designStyle } from "./designStyle.ts";
import { liveDots, measuredDots, timedDots } from "./dots.ts";
import { bandMarks, lineMarks, signsAlong } from "./lineMarks.ts";
import { type LogScale, logScale, powersAround, powersIn } from "./logScale.ts";
import { type Mark, type Picture, round, shape, signPath, word } from "./marks.ts";
import { MEASURES } from "./measures.ts";

export interface ChartScene {
  readonly picture: Picture;
  /** Memslots to pixels. */
  readonly x: LogScale;
  readonly left: number;
  readonly right: number;
  /** Of both plots together: where the line of what is read begins and ends. */
  readonly top: number;
  readonly bottom: number;
}

/** Below this width the names of lines stand in the legend alone. */
const NARROW = 620;
const MAIN = 330;
const LOWER = 108;
const CAPTION = 24;
const GAP = 20;
const AXIS = 44;

/** Both plots as one picture. */
export function chartScene(input: ChartInput): ChartScene {
  const { settings, width, read } = input;
  const isNarrow = width < NARROW;
  const [left, right] = [74, width - (isNarrow ? 14 : 164)];
  const x = logScale(1, settings.upto, left, right);
  const main = { top: CAPTION, bottom: CAPTION + MAIN };
  const lower = { top: main.bottom + GAP + CAPTION, bottom: main.bottom + GAP + CAPTION + LOWER };
  const frame = { left, right, x, isNarrow };
  const below: MeasureId = settings.y === "callbacks" ? "wasted" : "callbacks";
  const foot = lower.bottom + AXIS;
  const key = chartKey(input, { left: 4, right: width, top: foot + 14 });
  const marks = [
    ...projection(frame, main.top, lower.bottom),
    ...plot(input, settings.y, { ...frame, ...main }, "y"),
    ...plot(input, below, { ...frame, ...lower }, "below"),
    ...axis(frame, settings.upto, lower.bottom, read, isNarrow),
    ...key.marks,
  ];
  return {
    picture: { width, height: foot + key.high, marks },
    ...{ x, left, right, top: main.top, bottom: lower.bottom },
  };
}

/** Measured dots stand at powers of two; signs along a line do not. */
const isBetween = (slots: number): boolean => !Number.isInteger(Math.log2(slots));

/** Bytes go by sixteens, all else by tens. */
const baseOf = (measure: MeasureId): number => (measure === "bytes" ? 16 : 10);

function plot(input: ChartInput, measure: MeasureId, at: Plot, key: string): Mark[] {
  const { settings, rows } = input;
  const { left, right, top, bottom, x } = at;
  const { title, about, text } = MEASURE_TEXTS[measure];
  const spans = new Map(
    [...rows].map(([variant, own]) => [variant, own.map((row) => ({ row, span: MEASURES[measure](row) }))]),
  );
  const timed =
    measure !== "ns"
      ? []
      : [...rows].flatMap(([variant, priced]) =>
          timedDots(
            priced,
            input.own.filter((walk) => walk.variant === variant),
          ).map(({ ns }): Span => ({ ns, low: ns, high: ns, inRange: true })),
        );
  const live =
    measure === "ns" && rows.has("review")
      ? liveDots(settings).map(({ ns }): Span => ({ ns, low: ns, high: ns, inRange: true }))
      : [];
  const y = scaleOf([...[...spans.values()].flat().map(({ span }) => span), ...timed, ...live], measure, at);
  const ticks = powersIn(y.min, y.max, baseOf(measure), key === "y" ? 7 : 3);
  const dots = (variant: VariantId) =>
    measure === "ns" ? measuredDots(variant, rows.get(variant) ?? [], settings) : [];
  return [
    ...ticks.flatMap((value) => tick(key, value, y.at(value), text(value), at)),
    ...(y.hasZero ? tick(key, 0, y.at(0), "0", at) : []),
    word(`${key}-title`, [left, top - 10], title, { weight: 600, fill: "ink" }),
    ...(at.isNarrow ? [] : [word(`${key}-about`, [left + title.length * 6.6 + 12, top - 10], about)]),
    ...[...spans].flatMap(([variant, points]) => {
      const style = designStyle(variant);
      const placed = points.map(({ row: { slots }, span }) => ({
        ...{ x: x.at(slots), y: y.at(span.ns), low: y.at(span.low), high: y.at(span.high) },
        inRange: span.inRange,
      }));
      return [
        ...(measure === "ns"
          ? bandMarks(`${key}-${variant}`, style, placed, settings.walks === "assumed")
          : []),
        ...lineMarks(`${key}-${variant}`, style, placed),
        ...(variant === "review-seed"
          ? signsAlong(
              `${key}-${variant}`,
              style,
              placed.filter((_, k) => isBetween(points[k]?.row.slots ?? 1)),
            )
          : []),
        ...dots(variant).map((dot) =>
          shape(
            `${key}-dot-${variant}-${dot.slots}`,
            signPath(style.sign, x.at(dot.slots), y.at(dot.ns), 3.5),
            {
              ...{ fill: "bg", stroke: style.ink, width: 1.6 },
            },
          ),
        ),
      ];
    }),
    ...(measure === "ns"
      ? [...liveMarks(input, y, at), ...ownMarks(input, y, at), ...evenMarks(input, at)]
      : []),
    ...reading(input, measure, y, at, key),
    ...(measure === "ns" ? [ratioMarks(input, y, at)].flat() : []),
    ...(at.isNarrow ? [] : endWords(spans, measure, y, at, key)),
    shape(`${key}-floor`, `M${left} ${bottom}H${right}`, { stroke: "line-strong" }),
  ];
}

function scaleOf(spans: readonly Span[], measure: MeasureId, { top, bottom }: Plot): YScale {
  const values = spans.flatMap(({ low, high }) => [low, high]);
  const positive = values.filter((value) => value > 0);
  const hasZero = values.includes(0);
  const [min, max] = powersAround(
    positive.length === 0 ? 1 : Math.min(...positive),
    positive.length === 0 ? 1 : Math.max(...positive),
    baseOf(measure),
  );
  const foot = hasZero ? bottom - 20 : bottom;
  return { ...logScale(min, max, foot, top + 4, bottom - 4), min, max, hasZero };
}

const tick = (key: string, value: number, y: number, text: string, { left, right }: Plot): Mark[] => [
  shape(`${key}-grid-${value}`, `M${left} ${y.toFixed(1)}H${right}`, { stroke: "line" }),
  word(`${key}-tick-${value}`, [left - 8, y + 4], text, { anchor: "end" }),
];

/** The ground beyond KVM's limit, where nothing can be stepped. */
function projection({ x, right }: Frame, top: number, bottom: number): Mark[] {
  const from = x.at(STEPPED_MAX);
  if (from >= right - 1) return [];
  return [
    shape("beyond", `M${from} ${top}H${right}V${bottom}H${from}z`, { fill: "raised" }),
    shape("limit", `M${from} ${top}V${bottom}`, { stroke: "ink-3", dash: [2, 4] }),
    word(
      "limit-word",
      [from + 6, top + 14],
      right - from < 190 ? "computed" : "beyond KVM's limit: computed",
      { fill: "ink-2" },
    ),
  ];
}

/** What is read, as filled signs. */
function reading(
  { rows, read }: ChartInput,
  measure: MeasureId,
  y: YScale,
  { x }: Plot,
  key: string,
): Mark[] {
  return [...rows].flatMap(([variant, own]) => {
    const row = own.find(({ slots }) => slots === read);
    if (row === undefined) return [];
    const { sign, ink } = designStyle(variant);
    const d = signPath(sign, x.at(read), y.at(MEASURES[measure](row).ns), 5);
    return [shape(`${key}-read-${variant}`, d, { fill: ink, stroke: "bg", width: 1.5 })];
  });
}

/** Numbers of memslots that the axis names, those that may not be missing first. */
const NAMED = [1, STEPPED_MAX, 1_048_576, 4096, 64, 512, 8, 262_144];

function axis({ x, left }: Frame, upto: number, bottom: number, read: number, isNarrow: boolean): Mark[] {
  const half = (text: string) => text.length * 4 + 4;
  const here = numberText(read);
  // What is read has its number there, larger; whatever would touch a number that is there already is left out.
  const taken = [[x.at(read) - half(here), x.at(read) + half(here)] as const];
  const named = NAMED.filter((slots) => slots <= upto).map((slots) => {
    const [from, to] = [x.at(slots) - half(numberText(slots)), x.at(slots) + half(numberText(slots))];
    const isFree = taken.every(([a, b]) => to < a || from > b);
    if (isFree) taken.push([from, to]);
    return { slots, isFree };
  });
  return [
    ...named.flatMap(({ slots, isFree }) => [
      shape(`x-tick-${slots}`, `M${round(x.at(slots))} ${bottom}v5`, { stroke: "ink-3" }),
      ...(isFree
        ? [word(`x-${slots}`, [x.at(slots), bottom + 22], numberText(slots), { anchor: "middle" })]
        : []),
    ]),
    word("x-read", [x.at(read), bottom + 23], here, { anchor: "middle", weight: 700, size: 13, fill: "ink" }),
    word("x-title", [left - 70, bottom + 40], isNarrow ? "memslots" : "memslots asked for", {
      ...{ weight: 600, fill: "ink" },
    }),
  ];
}
