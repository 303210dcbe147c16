// SPDX-License-Identifier: GPL-2.0-only
// From how many memslots on the list costs more: than the xarray, and than a flush that everybody pays anyway.

import { type Caches, listWalk, type MeasuredTree, xarrayWalk } from "./calibration.ts";
import { flushNs, FLUSH_VCPUS, priceOf, type SetPrices, type WalkBasis } from "./prices.ts";

/** The number of slots at which a walk of the list costs what a one-page walk of the xarray of `tree` costs. */
export const breakEven = (caches: Caches, tree: MeasuredTree): number =>
  crossing((slots) => listWalk(caches, slots).ns - xarrayWalk(caches, tree, slots, 1, true).ns);

/**
 * The number of slots at which the list's two walks cost as much as one flush of 64 vCPUs, a flush that both designs pay:
 * from there on the list is the greater part.
 */
export function flushEven(basis: WalkBasis, set: SetPrices): number {
  const flush = flushNs(set, FLUSH_VCPUS);
  if (basis === "assumed") return flush / (2 * (priceOf(set, "listNode") + priceOf(set, "callback")));
  return crossing((slots) => 2 * listWalk(basis, slots).ns - flush);
}

/** Where `difference`, which rises with the slots, is 0. Between 1 and 2^20 slots. */
function crossing(difference: (slots: number) => number): number {
  let [low, high] = [1, 2 ** 20];
  for (let k = 0; k < 60; k++) {
    const middle = Math.sqrt(low * high);
    if (difference(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}
