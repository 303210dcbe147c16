// SPDX-License-Identifier: GPL-2.0-only
// What a file of the fan-out view says of its case: nobody who gets it sees the page.

import {
  type Alignment,
  CALIBRATION_SOURCE,
  FITTED_SOURCE,
  type HoleSize,
  PRICE_IDS,
  type Pricing,
  type SetPrices,
  type VariantId,
  type WalkBasis,
} from "../../../engine/index.ts";
import { countText } from "../number.ts";
import { variantName } from "../variant.ts";
import { pagesText } from "./amounts.ts";
import { ALIGNMENT_TEXTS, holeText, WALK_TEXTS } from "./names.ts";

/** What is punched, over what, and how it is priced. */
export interface Case {
  /** Pages of a memslot. */
  readonly slot: number;
  readonly align: Alignment;
  readonly hole: HoleSize;
  readonly vms: number;
  /** vCPUs in guest mode, of each VM that is flushed. */
  readonly vcpus: number;
  readonly walks: WalkBasis;
  readonly prices: SetPrices;
  /** The designs that have a line, at least one. */
  readonly lines: readonly VariantId[];
}

/** Prices set by hand, as `lock 20, spteZap 2.5`, in nanoseconds; "none" where there are none. */
export const pricesText = (prices: SetPrices): string =>
  PRICE_IDS.flatMap((id) => (prices[id] === undefined ? [] : [`${id} ${prices[id]}`])).join(", ") || "none";

/** Where prices come from, those of walks first. */
export const sourcesText = (walks: WalkBasis): string =>
  `${walks === "assumed" ? "walks and calls: assumed prices" : CALIBRATION_SOURCE}; ${FITTED_SOURCE}; locks, zap and flush: assumed prices`;

/** What is punched and how it is priced, what is refused, and the sources, a sentence or two each. */
export function caseTexts({ slot, align, hole, vms, vcpus, walks, prices, lines }: Case): string[] {
  const own = pricesText(prices);
  return [
    `Hole: ${holeText(hole)}. Memslots: ${pagesText(slot)} each, ${ALIGNMENT_TEXTS[align]}. ${countText(vms, "VM")}, ${countText(vcpus, "vCPU")} each. Walks priced for: ${WALK_TEXTS[walks]}.${own === "none" ? "" : ` Set by hand, in ns: ${own}.`}`,
    ...(lines.includes("review-seed")
      ? [
          `${variantName("review-seed")} refuses every second memslot: it stores one page too many, so each meets its neighbour.`,
        ]
      : []),
    `A model: counts times prices. Sources: ${sourcesText(walks)}.`,
  ];
}

/** The same of a machine's bill. */
export const vmTexts = (title: string, { basis, vcpus, set }: Pricing): string[] => [
  `All punches of ${title}; ${countText(vcpus, "vCPU")} in each flush. Walks priced for: ${WALK_TEXTS[basis]}. Set by hand, in ns: ${pricesText(set)}.`,
  `${variantName("review-seed")} refuses memslots: no guest can touch those, so no pages of them are counted and its bill is one of a smaller machine.`,
  `Counts are exact, times a model. Sources: ${sourcesText(basis)}.`,
];
