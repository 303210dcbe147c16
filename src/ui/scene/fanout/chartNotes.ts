// SPDX-License-Identifier: GPL-2.0-only
// What stands on a chart beside its lines: where they cross, how far apart they are, their names, and what was timed here.

import { FLUSH_VCPUS, type Span, STEPPED_MAX, type VariantId } from "../../../engine/index.ts";
import { figuresText } from "../../text/fanout/amounts.ts";
import { evenAt, refusedShareText } from "../../text/fanout/sentences.ts";
import { MEASURE_TEXTS, type MeasureId } from "../../text/fanout/names.ts";
import { numberText } from "../../text/number.ts";
import { variantName } from "../../text/variant.ts";
import { crossPath } from "./chartKey.ts";
import type { ChartInput, Plot, YScale } from "./chartPlot.ts";
import { designStyle } from "./designStyle.ts";
import { liveDots, timedDots } from "./dots.ts";
import { type Mark, round, shape, signPath, word } from "./marks.ts";
import type { PricedRow } from "./measures.ts";

/** What was timed in this browser, as crosses. */
export function ownMarks({ own, rows }: ChartInput, y: YScale, { x }: Plot): Mark[] {
  return [...rows].flatMap(([variant, priced]) =>
    timedDots(
      priced,
      own.filter((walk) => walk.variant === variant),
    ).map(({ slots, ns }) =>
      shape(`own-${variant}-${slots}`, crossPath(round(x.at(slots)), round(y.at(ns))), {
        ...{ stroke: designStyle(variant).ink, width: 2 },
      }),
    ),
  );
}

/** A live kernel's own punches, where it was asked for such. */
export function liveMarks({ settings, rows }: ChartInput, y: YScale, { x }: Plot): Mark[] {
  if (!rows.has("review")) return [];
  return liveDots(settings).map(({ slots, ns }) =>
    shape(`live-${slots}`, signPath("diamond", x.at(slots), y.at(ns), 3.5), {
      ...{ fill: "bg", stroke: "ink", width: 1.6 },
    }),
  );
}

/** Where the lines of the list and of the xarray part, and where the list outweighs a flush. */
export function evenMarks({ evens, settings, read, width }: ChartInput, plot: Plot): Mark[] {
  const { x, top, bottom } = plot;
  const flush = evens.flush[settings.walks];
  const about = numberText(Math.round(flush));
  const even = evenAt(evens.walks ?? 1);
  const places = [
    {
      ...{ key: "flush", slots: flush, y: top + 38 },
      texts: [
        `from ${about} on the list's walks outweigh a flush of ${FLUSH_VCPUS} vCPUs`,
        `list's walks = a flush at ${about}`,
      ],
    },
    {
      ...{ key: "even", slots: evens.walks, y: top + 66 },
      texts: [`walks break even at ${even}: below, the list's is cheaper`, `list ahead below ${even}`],
    },
  ];
  return places.flatMap(({ key, slots, texts, y }) => {
    if (slots === null || slots < 1 || slots > settings.upto) return [];
    const at = x.at(slots);
    // The line of what is read stands there from top to bottom, that of the flush from its words down, and KVM's limit
    // in the projection.
    const lines = [
      x.at(read),
      ...(key === "even" ? [x.at(flush)] : []),
      ...(settings.upto > STEPPED_MAX ? [x.at(STEPPED_MAX)] : []),
    ];
    const { text, from, isBefore } = besideLine(
      at,
      width < 860 ? texts.slice(1) : texts,
      LETTER,
      plot,
      lines,
    );
    return [
      shape(`${key}-line`, `M${at.toFixed(1)} ${y - 8}V${bottom}`, { stroke: "ink-3", dash: [4, 3] }),
      word(`${key}-word`, [from, y + 4], text, { anchor: isBefore ? "end" : "start", fill: "ink" }),
    ];
  });
}

/** About a letter of 12 pixels. */
const LETTER = 5.9;

interface Beside {
  readonly text: string;
  /** Where it begins, or ends if it stands before its line. */
  readonly from: number;
  readonly isBefore: boolean;
}

/**
 * The first of `texts` that has room beside the line at `at` and crosses none of `lines`, behind its line rather than
 * before it. Where none does, the last of them behind or before all of `lines`.
 */
function besideLine(
  at: number,
  texts: readonly string[],
  letter: number,
  { left, right }: Pick<Plot, "left" | "right">,
  lines: readonly number[],
): Beside {
  const places = (text: string, behind: number, before: number) => {
    const wide = text.length * letter;
    return [
      { text, isBefore: false, from: behind + 5, span: [behind + 5, behind + 5 + wide] as const },
      { text, isBefore: true, from: before - 5, span: [before - 5 - wide, before - 5] as const },
    ];
  };
  const isFree = ({ span: [from, to] }: ReturnType<typeof places>[number]) =>
    from >= left - 40 && to <= right && lines.every((line) => line < from - 3 || line > to + 3);
  const last = texts.at(-1) ?? "";
  const aside = places(last, Math.max(at, ...lines), Math.min(at, ...lines));
  const all = [...texts.flatMap((text) => places(text, at, at)), ...aside];
  return all.find(isFree) ?? (aside[0] as Beside);
}

/** How many times the list costs what the xarray does, between the two at the point that is read. */
export function ratioMarks(
  { rows, read, evens, settings }: ChartInput,
  y: YScale,
  { x, left, right }: Plot,
): Mark[] {
  const costOf = (variant: VariantId) => rows.get(variant)?.find(({ slots }) => slots === read)?.cost.ns ?? 0;
  const [list, xarray] = [costOf("v10"), costOf("review")];
  const [upper, lower] = [y.at(Math.max(list, xarray)) + 8, y.at(Math.min(list, xarray)) - 8];
  if (list === 0 || xarray === 0 || lower - upper < 24) return [];
  const text = `${figuresText(list / xarray)}×`;
  const lines = [evens.flush[settings.walks], evens.walks ?? 0].map((slots) => x.at(Math.max(1, slots)));
  // Large letters, and the arrow.
  const { isBefore, from } = besideLine(x.at(read), [`${text}  `], 13, { left, right }, lines);
  const by = isBefore ? -1 : 1;
  const at = from + 9 * by;
  const head = (tip: number, below: number) =>
    `M${round(at - 4)} ${tip + below}L${round(at)} ${tip}L${round(at + 4)} ${tip + below}`;
  return [
    shape("ratio-line", `M${round(at)} ${upper}V${lower}${head(upper, 6)}${head(lower, -6)}`, {
      stroke: "ink",
      width: 1.25,
    }),
    word("ratio", [at + 10 * by, (upper + lower) / 2 + 8], text, {
      ...{ anchor: isBefore ? "end" : "start", size: 22, weight: 680, fill: "ink" },
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
    if (last === undefined) return [];
    const refused = last.row.bound < last.row.slots ? `, ${refusedShareText(last.row)}` : "";
    return [{ variant, value: last.span.ns, at: y.at(last.span.ns), refused }];
  });
  ends.sort((a, b) => a.at - b.at);
  // A low plot has no room for two lines each.
  const isLow = bottom - top < 200;
  const gap = isLow ? 16 : 30;
  const places = ends.map(({ at }) => Math.max(top + 8, at + 4));
  for (let k = 1; k < places.length; k++)
    places[k] = Math.max(places[k] as number, (places[k - 1] as number) + gap);
  const over = Math.max(0, (places.at(-1) ?? 0) + (isLow ? 0 : 14) - bottom - 4);
  return ends.flatMap(({ variant, value, refused }, k) => {
    const place = (places[k] as number) - over;
    const { ink, sign } = designStyle(variant);
    // In the low plot the line above has named it whole.
    const isShort = isLow && variant === "review-seed";
    const name = isShort ? "as posted" : variantName(variant);
    const text = `${MEASURE_TEXTS[measure].text(value)}${refused}`;
    return [
      shape(`${key}-end-sign-${variant}`, signPath(sign, right + 16, place - 4, 4), { fill: ink }),
      word(
        `${key}-end-${variant}`,
        [right + 26, place],
        isLow ? `${MEASURE_TEXTS[measure].text(value)} ${name}` : name,
        {
          weight: 700,
          fill: ink,
        },
      ),
      ...(isLow
        ? []
        : [word(`${key}-end-value-${variant}`, [right + 26, place + 14], text, { weight: 600, fill: ink })]),
    ];
  });
}
