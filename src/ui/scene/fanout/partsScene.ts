// SPDX-License-Identifier: GPL-2.0-only
// One punch as a bar for each design, split into its parts: full where measured, light where fitted, hatched where assumed.

import type { CostPart, PriceTag, VariantId } from "../../../engine/index.ts";
import { nsText } from "../../text/fanout/amounts.ts";
import { PART_TEXTS, TAG_TEXTS } from "../../text/fanout/names.ts";
import { variantName } from "../../text/variant.ts";
import { hatchBox } from "../hatch.ts";
import { designStyle } from "./designStyle.ts";
import { type Ink, type Mark, type Picture, round, shape, signPath, word } from "./marks.ts";
import type { PricedRow } from "./measures.ts";

const BAR = 22;
const ROW = 92;
/** A bar that would be shorter is drawn so wide, and not split. */
const LEAST = 3;
/** About a letter of 12 pixels. */
const LETTER = 6.6;

/** `isWhole`: every bar is as long as the others, and shows shares of its own punch. */
export function partsScene(
  designs: readonly (readonly [VariantId, PricedRow])[],
  width: number,
  isWhole: boolean,
): Picture {
  const longest = Math.max(1, ...designs.map(([, row]) => row.cost.ns));
  const room = width - 2;
  const marks = designs.flatMap(([variant, row], k): Mark[] => {
    const top = 22 + k * ROW;
    const { ink, sign } = designStyle(variant);
    const scale = room / (isWhole ? row.cost.ns : longest);
    return [
      shape(`sign-${variant}`, signPath(sign, 6, top - 11, 4.5), { fill: ink }),
      word(`name-${variant}`, [16, top - 7], `${variantName(variant)}: ${nsText(row.cost.ns)}`, {
        ...{ weight: 700, fill: ink, size: 13 },
      }),
      ...barMarks(variant, row.cost.parts, { top, scale, room, ink }),
    ];
  });
  const foot = 22 + designs.length * ROW;
  return { width, height: foot + 22, marks: [...marks, ...legend(foot + 4)] };
}

interface BarAt {
  readonly top: number;
  /** Pixels a nanosecond. */
  readonly scale: number;
  readonly room: number;
  readonly ink: Ink;
}

interface Segment extends CostPart {
  readonly from: number;
  readonly wide: number;
}

function barMarks(key: string, parts: readonly CostPart[], at: BarAt): Mark[] {
  const { top, scale, ink } = at;
  let x = 1;
  const segments = parts.map((part): Segment => {
    const from = x;
    x += part.ns * scale;
    return { ...part, from, wide: part.ns * scale };
  });
  const isLeast = x - 1 < LEAST;
  return [
    ...(isLeast
      ? [shape(`${key}-least`, `M1 ${top}h${LEAST}v${BAR}h${-LEAST}z`, { fill: ink })]
      : segments
          .filter(({ wide }) => wide >= 0.4)
          .flatMap(({ part, tag, from, wide }) =>
            box(`${key}-${part}`, tag, ink, { x: from, y: top, wide: Math.max(1, wide - 1), high: BAR }),
          )),
    ...wordMarks(key, segments, at),
  ];
}

/** Every part with its time: the largest below their segments as far as they have room, the others in a line of their own. */
function wordMarks(key: string, segments: readonly Segment[], { top, room }: BarAt): Mark[] {
  const taken: (readonly [from: number, to: number])[] = [];
  const others = new Set<Segment>();
  const marks = [...segments]
    .sort((a, b) => b.wide - a.wide)
    .flatMap((segment): Mark[] => {
      const { part, ns, from } = segment;
      if (ns === 0) return [];
      const text = textOf(segment);
      const length = text.length * LETTER;
      const start = Math.max(0, Math.min(from, room - length));
      if (segment.wide < 1 || taken.some(([a, b]) => start + length + 8 >= a && start <= b + 8)) {
        others.add(segment);
        return [];
      }
      taken.push([start, start + length]);
      return [
        shape(`${key}-${part}-lead`, `M${round(from + 0.5)} ${top + BAR}v6`, { stroke: "ink-3" }),
        word(`${key}-${part}-word`, [start, top + BAR + 18], text),
      ];
    });
  if (others.size === 0) return marks;
  const rest = segments.filter((segment) => others.has(segment)).map(textOf);
  return [
    ...marks,
    word(`${key}-others`, [0, top + BAR + 36], `${taken.length === 0 ? "" : "and "}${rest.join(", ")}`),
  ];
}

const textOf = ({ part, ns }: CostPart): string => `${PART_TEXTS[part]} ${nsText(ns)}`;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
}

function box(key: string, tag: PriceTag, ink: Ink, { x, y, wide, high }: Box): Mark[] {
  const d = `M${round(x)} ${y}h${round(wide)}v${high}h${round(-wide)}z`;
  if (tag === "measured") return [shape(key, d, { fill: ink })];
  if (tag === "fitted") return [shape(key, d, { fill: ink, opacity: 0.4 })];
  return [
    shape(key, d, { stroke: ink, width: 1 }),
    shape(`${key}-hatch`, hatchBox(x, y, wide, high, 5), { stroke: ink, width: 1.25 }),
  ];
}

/** What the three looks of a price mean, in words. */
function legend(top: number): Mark[] {
  let x = 0;
  return (["measured", "fitted", "assumed"] as const).flatMap((tag): Mark[] => {
    const from = x;
    x += 46 + TAG_TEXTS[tag].length * LETTER;
    return [
      ...box(`legend-${tag}`, tag, "ink-2", { x: from + 1, y: top, wide: 20, high: 12 }),
      word(`legend-${tag}-word`, [from + 28, top + 11], TAG_TEXTS[tag]),
    ];
  });
}
