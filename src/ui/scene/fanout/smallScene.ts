// SPDX-License-Identifier: GPL-2.0-only
// The chart in small, for every alignment and a few holes, on one and the same scale.

import {
  ALIGNMENTS,
  type Alignment,
  type HoleSize,
  STEPPED_MAX,
  type VariantId,
} from "../../../engine/index.ts";
import { nsText } from "../../text/fanout/amounts.ts";
import { ALIGNMENT_TEXTS, holeText } from "../../text/fanout/names.ts";
import { variantName } from "../../text/variant.ts";
import { designStyle } from "./designStyle.ts";
import { logScale, powersAround, powersIn } from "./logScale.ts";
import { type Mark, type Picture, type Point, polyline, round, shape, signPath, word } from "./marks.ts";
import type { PricedRow } from "./measures.ts";
import type { Table } from "./tables.ts";

/** One small chart. */
export interface Small {
  readonly alignment: Alignment;
  readonly hole: HoleSize;
  readonly rows: ReadonlyMap<VariantId, readonly PricedRow[]>;
}

export const SMALL_SIZES: readonly number[] = [1, 8, 64, 512, 4096, STEPPED_MAX];
export const SMALL_DESIGNS: readonly VariantId[] = ["v10", "review"];

/** One page, one memslot, every memslot. */
export const smallHoles = (slotPages: number): readonly HoleSize[] => [
  { pages: 1 },
  ...(slotPages === 1 ? [] : [{ pages: slotPages }]),
  { share: 1 },
];

const HIGH = 130;

/** The scale that all of `smalls` share: nanoseconds. */
export function smallScale(smalls: readonly Small[]): readonly [number, number] {
  const all = smalls.flatMap(({ rows }) => [...rows.values()].flat().map(({ cost }) => cost.ns));
  return powersAround(Math.min(...all, 1e6), Math.max(...all, 1e3), 10);
}

export function smallPicture({ rows }: Small, [min, max]: readonly [number, number], width: number): Picture {
  const [left, right] = [52, width - 58];
  const x = logScale(1, STEPPED_MAX, left, right);
  const y = logScale(min, max, HIGH, 8);
  const ticks = powersIn(min, max, 10, 4).flatMap((ns): Mark[] => [
    shape(`grid-${ns}`, `M${left} ${round(y.at(ns))}H${right}`, { stroke: "line" }),
    word(`tick-${ns}`, [left - 6, y.at(ns) + 4], nsText(ns), { anchor: "end" }),
  ]);
  const ends: number[] = [];
  const lines = [...rows].flatMap(([variant, own]): Mark[] => {
    const { ink, sign, width: wide } = designStyle(variant);
    const points = own.map(({ slots, cost }): Point => [x.at(slots), y.at(cost.ns)]);
    const last = own.at(-1);
    if (last === undefined) return [];
    let end = y.at(last.cost.ns) + 4;
    // Where both end together the later word steps aside.
    if (ends.some((other) => Math.abs(other - end) < 14)) end = Math.max(...ends) + 14;
    ends.push(end);
    return [
      shape(`line-${variant}`, polyline(points), { stroke: ink, width: wide - 0.5 }),
      ...points.map(([px, py], k) =>
        shape(`sign-${variant}-${k}`, signPath(sign, px, py, 2.5), { fill: ink }),
      ),
      word(`end-${variant}`, [right + 8, end], nsText(last.cost.ns), { weight: 650, fill: ink }),
    ];
  });
  return {
    width,
    height: HIGH + 24,
    marks: [
      ...ticks,
      ...lines,
      word("x-1", [left, HIGH + 18], "1"),
      word("x-last", [right, HIGH + 18], "32,764 memslots", { anchor: "end" }),
    ],
  };
}

export const smallName = ({ alignment, hole }: Pick<Small, "alignment" | "hole">): string =>
  `${ALIGNMENT_TEXTS[alignment]}, ${holeText(hole)}`;

/** What a small chart shows, as a sentence. */
export const smallSays = (small: Small): string =>
  `${smallName(small)}: ${[...small.rows]
    .flatMap(([variant, own]) => {
      const last = own.at(-1);
      return last === undefined
        ? []
        : [`${variantName(variant)} ${nsText(last.cost.ns)} at ${last.slots} memslots`];
    })
    .join(", ")}`;

export const smallTable = (smalls: readonly Small[]): Table => ({
  caption: "A punch by alignment and hole",
  columns: [
    ...["memslots lie", "hole", "design"].map((title) => ({ title })),
    ...SMALL_SIZES.map((size) => ({ title: `${size} memslots`, text: nsText })),
  ],
  rows: ALIGNMENTS.flatMap((alignment) =>
    smalls
      .filter((small) => small.alignment === alignment)
      .flatMap(({ hole, rows }) =>
        [...rows].map(([variant, own]) => [
          ...[ALIGNMENT_TEXTS[alignment], holeText(hole), variantName(variant)],
          ...SMALL_SIZES.map((size) => own.find(({ slots }) => slots === size)?.cost.ns ?? 0),
        ]),
      ),
  ),
});
