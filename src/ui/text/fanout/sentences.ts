// SPDX-License-Identifier: GPL-2.0-only
// What the fan-out view says of a point, of where lines cross, and of how its rows were counted.

import {
  CALIBRATION_SOURCE,
  FLUSH_VCPUS,
  type PriceId,
  PRICES,
  priceOf,
  type SetPrices,
  STEPPED_MAX,
  type VariantId,
  WALK_BASES,
  type WalkBasis,
} from "../../../engine/index.ts";
import { countText, listText, numberText } from "../number.ts";
import { variantName } from "../variant.ts";
import { figuresText, nsText, timesText } from "./amounts.ts";
import { MEASURE_TEXTS, type MeasureId } from "./names.ts";

/** A design's value at a point. */
export interface ReadValue {
  readonly variant: VariantId;
  readonly value: number;
  readonly bound: number;
}

/** `4,096 memslots: LIST 40 µs, XARRAY 2.6 µs; LIST is 15 times XARRAY`. */
export function pointText(slots: number, measure: MeasureId, values: readonly ReadValue[]): string {
  const { text } = MEASURE_TEXTS[measure];
  const each = values.map(({ variant, value }) => `${variantName(variant)} ${text(value)}`).join(", ");
  const ratio = ratioText(values);
  return `${countText(slots, "memslot")}: ${each}${ratio === null ? "" : `; ${ratio}`}`;
}

/** How the list stands to the xarray, or null where one of them is not there or is 0. */
export function ratioText(values: readonly ReadValue[]): string | null {
  const of = (wanted: VariantId) => values.find(({ variant }) => variant === wanted)?.value ?? 0;
  const [list, xarray] = [of("v10"), of("review")];
  if (list === 0 || xarray === 0) return null;
  const ratio = list / xarray;
  // What would be written as 1 time is none.
  if (figuresText(Math.max(ratio, 1 / ratio)) === "1") return "LIST and XARRAY alike";
  return ratio >= 1 ? `LIST is ${timesText(ratio)} XARRAY` : `XARRAY is ${timesText(1 / ratio)} LIST`;
}

/** How much of what was asked for a design has refused, in two words. */
export const refusedShareText = ({ slots, bound }: { slots: number; bound: number }): string =>
  bound === Math.ceil(slots / 2) ? "half refused" : `${numberText(slots - bound)} refused`;

/** The memslots that a design has refused, or null where it has bound all. */
export function refusedText(slots: number, { variant, bound }: ReadValue): string | null {
  if (bound === slots) return null;
  return `${variantName(variant)} has bound ${numberText(bound)} of them and refused ${numberText(slots - bound)}: it stores one page too many, so each meets its neighbour. A refused memslot is not there: no guest can touch it, so no pages of it are counted; a punch still frees what the file has. Its figures are those of a machine with ${numberText(bound)}.`;
}

export interface EvenFacts {
  readonly walks: number | null;
  readonly listCheaperUpTo: number | null;
  readonly isListAlwaysCheaper: boolean;
  readonly flush: Readonly<Record<WalkBasis, number>>;
}

/** The first number of memslots at which the list is not cheaper to walk; `walks` is where the lines cross. */
export const evenAt = (walks: number): string => numberText(Math.ceil(walks));

/** From where on the xarray is ahead, and where it is not. */
export function evenText(
  { walks, listCheaperUpTo, isListAlwaysCheaper }: EvenFacts,
  basis: WalkBasis,
  prices: SetPrices,
): string {
  const alone =
    walks === null
      ? ""
      : `Below ${evenAt(walks)} memslots the list is cheaper to walk than the xarray (${basis} caches, measured in C). `;
  if (isListAlwaysCheaper)
    return `${alone}The whole punch is cheaper with the list wherever this chart looks: nothing is to be saved here.`;
  if (listCheaperUpTo === null)
    return `${alone}The whole punch is never dearer with the xarray here: the list takes its lock twice, at ${known(prices, "lock")} ${priceOf(prices, "lock")} ns each time, which is more than its shorter walk saves.`;
  return `${alone}The whole punch is cheaper with the list up to ${countText(listCheaperUpTo, "memslot")}.`;
}

/** From where on the list's own work is the greater part of a punch that flushes. */
export function flushText({ flush }: Pick<EvenFacts, "flush">, basis: WalkBasis, prices: SetPrices): string {
  const at = (one: WalkBasis) => countText(Math.round(flush[one]), "memslot");
  const others = WALK_BASES.filter((one) => one !== basis).map((one) => `${at(one)} (${WALKED_TEXTS[one]})`);
  const isSet = prices.flushBase !== undefined || prices.flushReceiver !== undefined;
  const source = isSet ? "set by hand" : `assumed: ${PRICES.flushReceiver.source}`;
  return `From ${at(basis)} on the list's two walks (${WALKED_TEXTS[basis]}) cost more than one TLB flush of ${FLUSH_VCPUS} vCPUs (${source}); otherwise priced, from ${others.join(" or ")} on.`;
}

const WALKED_TEXTS: Readonly<Record<WalkBasis, string>> = {
  warm: "measured in C, warm caches",
  cold: "measured in C, cold caches",
  assumed: "at the assumed prices",
};

export interface Counted {
  readonly stepped: number;
  readonly computed: number;
  readonly upto: number;
}

/** Which rows were stepped and which were computed. */
export function countedText({ stepped, computed, upto }: Counted): string {
  const beyond =
    upto > STEPPED_MAX
      ? ` Beyond ${numberText(STEPPED_MAX)} memslots, which is KVM's limit, all is a projection in closed form.`
      : "";
  if (computed === 0)
    return `All ${numberText(stepped)} points were counted by stepping the engine.${beyond}`;
  return `${numberText(stepped)} points were counted by stepping the engine, ${numberText(computed)} in closed form, which tests hold equal to stepping.${beyond}`;
}

/** Where the walks of the chart come from. */
export function walksText(basis: WalkBasis, prices: SetPrices): string {
  if (basis !== "assumed")
    return `Walks: ${CALIBRATION_SOURCE}. A dot is a measured walk, the rest of its punch comes from the model.`;
  const [node, level] = [priceOf(prices, "listNode"), priceOf(prices, "xarrayLevel")];
  return `Walks: ${known(prices, "listNode")} ${node} ns a list node, ${known(prices, "xarrayLevel")} ${level} ns a node of the xarray.`;
}

const known = (prices: SetPrices, id: PriceId): string => (prices[id] === undefined ? "an assumed" : "your");

/** What the chart is, for those who do not see it. */
export function chartText(measure: MeasureId, variants: readonly VariantId[], upto: number): string {
  const { title } = MEASURE_TEXTS[measure];
  return `${title} against 1 to ${numberText(upto)} memslots, both logarithmic, for ${listText(variants.map(variantName))}`;
}

/** What the grace period of an unbind comes to where all memslots go. */
export const bindsText = (slots: number, lockedNs: number): string =>
  `An unbind from the xarray waits for a grace period (${PRICES.gracePeriod.source}) while it holds the file's lock for writing: ${countText(slots, "unbind")} one after the other hold up every punch and bind for ${nsText(slots * lockedNs)} in all. The list takes two pointers out.`;

interface TimedWalk {
  readonly variant: VariantId;
  readonly slots: number;
  readonly ns: number;
}

/** What the walks of this page's own code took, and what they are not. */
export function benchText(walks: readonly TimedWalk[]): string {
  const most = Math.max(...walks.map(({ slots }) => slots));
  const each = walks
    .filter(({ slots }) => slots === most)
    .map(({ variant, ns }) => `${variantName(variant)} ${nsText(ns)}`);
  return `This computer, this page's own code: one walk over ${countText(most, "memslot")} takes ${listText(each)}. It is JavaScript in a browser and no kernel; the crosses tell how the two grow.`;
}
