// SPDX-License-Identifier: GPL-2.0-only
// The chart in small, for every alignment and a few holes, on one and the same scale.

import {
  ALIGNMENTS,
  type Alignment,
  type HoleSize,
  STEPPED_MAX,
  type VariantId,
} from "../../../engine/index.ts";
import { ALIGNMENT_TEXTS, holeText, MEASURE_TEXTS, type MeasureId } from "../../text/fanout/names.ts";
import { countText } from "../../text/number.ts";
import { variantName } from "../../text/variant.ts";
import { designStyle } from "./designStyle.ts";
import { logScale, powersAround, powersIn } from "./logScale.ts";
import { type Mark, type Picture, type Point, polyline, round, shape, signPath, word } from "./marks.ts";
import { MEASURES, type PricedRow } from "./measures.ts";
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

/** What small charts can show: alignment is in the first two alone, a time is mostly the same for all. */
export const SMALL_MEASURES = ["callbacks", "reads", "ns"] as const satisfies readonly MeasureId[];
export type SmallMeasure = (typeof SMALL_MEASURES)[number];

const HIGH = 130;
const TITLE = 26;
const GAP = 24;

/** The scale that all of `smalls` share. */
export function smallScale(smalls: readonly Small[], measure: SmallMeasure): readonly [number, number] {
  const all = smalls.flatMap(({ rows }) => [...rows.values()].flat().map((row) => MEASURES[measure](row).ns));
  return all.length === 0 ? [1, 10] : powersAround(Math.max(1, Math.min(...all)), Math.max(...all, 10), 10);
}

interface At {
  readonly measure: SmallMeasure;
  readonly scale: readonly [number, number];
  readonly width: number;
  /** Where its left upper corner lies; as usual at 0. */
  readonly corner?: readonly [number, number];
}

export const smallPicture = (small: Small, at: At): Picture => ({
  ...{ width: at.width, height: HIGH + 24, marks: smallMarks(small, at) },
});

/** All of `smalls` in rows of `columns`, each under its name: for a file. */
export function smallsPicture(
  smalls: readonly Small[],
  { columns, ...each }: Omit<At, "corner"> & { readonly columns: number },
): Picture {
  const high = TITLE + HIGH + 24 + 12;
  return {
    width: columns * (each.width + GAP),
    height: Math.ceil(smalls.length / columns) * high + 24,
    marks: [
      ...designsAt(Math.ceil(smalls.length / columns) * high + 12),
      ...smalls.flatMap((small, k): Mark[] => {
        const [x, y] = [(k % columns) * (each.width + GAP), Math.floor(k / columns) * high];
        return [
          word(`${k}-name`, [x + 12, y + 16], smallName(small), { weight: 650, fill: "ink" }),
          ...smallMarks(small, { ...each, corner: [x, y + TITLE] }).map((mark) => ({
            ...mark,
            key: `${k}-${mark.key}`,
          })),
        ];
      }),
    ],
  };
}

/** The signs of the designs with their names, on one line. */
const designsAt = (y: number): Mark[] =>
  SMALL_DESIGNS.flatMap((variant, k): Mark[] => {
    const { sign, ink } = designStyle(variant);
    return [
      shape(`design-${variant}-sign`, signPath(sign, 18 + k * 90, y - 4, 4.5), { fill: ink }),
      word(`design-${variant}`, [28 + k * 90, y], variantName(variant), { weight: 700, fill: ink }),
    ];
  });

function smallMarks({ rows }: Small, { measure, scale: [min, max], width, corner = [0, 0] }: At): Mark[] {
  const [dx, top] = corner;
  const { text } = MEASURE_TEXTS[measure];
  const [left, right, foot] = [dx + 66, dx + width - 60, top + HIGH];
  const x = logScale(1, STEPPED_MAX, left, right);
  const y = logScale(min, max, foot, top + 8);
  const ticks = powersIn(min, max, 10, 4).flatMap((value): Mark[] => [
    shape(`grid-${value}`, `M${left} ${round(y.at(value))}H${right}`, { stroke: "line" }),
    word(`tick-${value}`, [left - 6, y.at(value) + 4], text(value), { anchor: "end" }),
  ]);
  const words = endsOf(rows, measure, (value) => y.at(value) + 4);
  const lines = [...rows].flatMap(([variant, own]): Mark[] => {
    const { ink, sign, width: wide } = designStyle(variant);
    const points = own.map((row): Point => [x.at(row.slots), y.at(MEASURES[measure](row).ns)]);
    const last = own.at(-1);
    if (last === undefined) return [];
    return [
      shape(`line-${variant}`, polyline(points), { stroke: ink, width: wide - 0.5 }),
      ...points.map(([px, py], k) =>
        shape(`sign-${variant}-${k}`, signPath(sign, px, py, 2.5), { fill: ink }),
      ),
      word(`end-${variant}`, [right + 8, words.get(variant) ?? 0], text(MEASURES[measure](last).ns), {
        ...{ weight: 650, fill: ink },
      }),
    ];
  });
  return [
    ...ticks,
    ...lines,
    word("x-1", [left, foot + 18], "1"),
    word("x-last", [right, foot + 18], "32,764 memslots", { anchor: "end" }),
  ];
}

/** Where the last value of each design is written: from the highest down, each clear of the one above. */
function endsOf(
  rows: Small["rows"],
  measure: SmallMeasure,
  at: (value: number) => number,
): ReadonlyMap<VariantId, number> {
  const ends = [...rows].flatMap(([variant, own]): [VariantId, number][] => {
    const last = own.at(-1);
    return last === undefined ? [] : [[variant, at(MEASURES[measure](last).ns)]];
  });
  ends.sort(([, a], [, b]) => a - b);
  let least = Number.NEGATIVE_INFINITY;
  return new Map(
    ends.map(([variant, y]) => {
      const place = Math.max(y, least);
      least = place + 14;
      return [variant, place];
    }),
  );
}

export const smallName = ({ alignment, hole }: Pick<Small, "alignment" | "hole">): string =>
  `${ALIGNMENT_TEXTS[alignment]}, ${holeText(hole)}`;

/** What a small chart shows, as a sentence. */
export const smallSays = (small: Small, measure: SmallMeasure): string =>
  `${smallName(small)}, ${MEASURE_TEXTS[measure].title}: ${[...small.rows]
    .flatMap(([variant, own]) => {
      const last = own.at(-1);
      if (last === undefined) return [];
      const value = MEASURE_TEXTS[measure].text(MEASURES[measure](last).ns);
      return [`${variantName(variant)} ${value} at ${countText(last.slots, "memslot")}`];
    })
    .join(", ")}`;

export const smallTable = (smalls: readonly Small[], measure: SmallMeasure): Table => ({
  caption: `By alignment and hole: ${MEASURE_TEXTS[measure].title}`,
  columns: [
    ...["memslots lie", "hole", "design"].map((title) => ({ title })),
    ...SMALL_SIZES.map((size) => ({
      ...{ title: countText(size, "memslot"), text: MEASURE_TEXTS[measure].text },
      unit: measure === "ns" ? "ns" : MEASURE_TEXTS[measure].title,
    })),
  ],
  rows: ALIGNMENTS.flatMap((alignment) =>
    smalls
      .filter((small) => small.alignment === alignment)
      .flatMap(({ hole, rows }) =>
        [...rows].map(([variant, own]) => [
          ...[ALIGNMENT_TEXTS[alignment], holeText(hole), variantName(variant)],
          ...SMALL_SIZES.map((size) => {
            const row = own.find(({ slots }) => slots === size);
            return row === undefined ? 0 : MEASURES[measure](row).ns;
          }),
        ]),
      ),
  ),
});
