// SPDX-License-Identifier: GPL-2.0-only
// What storing a range leaves in the tree, told without a tree: its entries, and how high the tree has to be (T-d).
//
// Models    the arithmetic of xa_store_range(); a test holds it equal to what storeRange.ts stores

import { POW2, XA_CHUNK_SHIFT, XA_CHUNK_SIZE } from "./entry.ts";
import { newXarray } from "./pool.ts";
import { trailingZeros } from "./storeRange.ts";
import { newXas, xasMax, xasSetOrder, xasSetRange, xasSize } from "./xas.ts";

/** One entry of a stored range: `size` indices from `first` on, in slots of a node of `shift`. */
export interface XaRun {
  readonly first: number;
  readonly size: number;
  readonly shift: number;
}

/** The top of a tree that is one entry in the head, which stands for index 0 alone. */
export const XA_HEAD_SHIFT = -XA_CHUNK_SHIFT;

/** States that never walk stand in this tree, which stays empty. */
const NO_TREE = newXarray();

/** The entries that a store over the empty indices `[first, last]`, both included, leaves, in ascending order. */
export function xaRunsOf(first: number, last: number): XaRun[] {
  const xas = newXas(NO_TREE, 0);
  const runs: XaRun[] = [];
  for (let index = first; index <= last; index += xasSize(xas)) {
    xasSetRange(xas, index, last);
    runs.push({ first: index, size: xasSize(xas), shift: xas.shift });
  }
  return runs;
}

/** The shift of the top node once `[first, last]` is stored in an empty tree, or XA_HEAD_SHIFT. */
export function xaTopShift(first: number, last: number): number {
  const xas = newXas(NO_TREE, 0);
  xasSetOrder(xas, last, trailingZeros(last + 1));
  let max = xasMax(xas);
  xasSetRange(xas, first, last);
  max = Math.max(max, xasMax(xas));
  if (max === 0) return XA_HEAD_SHIFT;
  let shift = 0;
  while (max / POW2[shift]! >= XA_CHUNK_SIZE) shift += XA_CHUNK_SHIFT;
  return shift;
}
