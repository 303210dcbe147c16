// SPDX-License-Identifier: GPL-2.0-only
// A walk over the entries of a range, one visit at a time.
//
// Models    xa_for_each_range(): a find, then a find-after per visit. Each starts at the head again, so
//           the walk keeps no pointer into the tree while its caller does something with a visit.

import { type XaFound, xaFind, xaFindAfter } from "./find.ts";
import type { Xarray } from "./pool.ts";
import type { XaReads } from "./reads.ts";

/** Where a walk stands, and its bill so far. Plain data: it can be kept, copied and shown between visits. */
export interface XaWalk extends XaReads {
  readonly first: number;
  readonly last: number;
  /** Index of the visit that the walk is at; null before the first one. */
  index: number | null;
  /** Visits so far. */
  visits: number;
  /** True once a search has found nothing more. */
  done: boolean;
}

/** A walk over `[first, last]`, both included, that has not looked at anything yet. */
export const xaWalkStart = (first: number, last: number): XaWalk => ({
  slotsRead: 0,
  nodesRead: [],
  lastAtLevel: [],
  first,
  last,
  index: null,
  visits: 0,
  done: false,
});

/**
 * Goes to the next entry and adds what that read to the walk's bill. Returns null at the end, whose search
 * is on the bill too. Nodes are counted once per walk as long as the array does not change during the walk.
 *
 * Context: whatever protects the array is held for reading, from the first call to the last.
 */
export function xaWalkNext(xa: Xarray, walk: XaWalk): XaFound | null {
  if (walk.done) return null;
  const found =
    walk.index === null
      ? xaFind(xa, walk.first, walk.last, walk)
      : xaFindAfter(xa, walk.index, walk.last, walk);
  if (found === null) {
    walk.done = true;
    return null;
  }
  walk.index = found.index;
  walk.visits++;
  return found;
}

/** All visits of a walk over `[first, last]`, both included, in order. `walk` is given to read the bill. */
export function xaForEachRange(xa: Xarray, first: number, last: number): { visits: XaFound[]; walk: XaWalk } {
  const walk = xaWalkStart(first, last);
  const visits: XaFound[] = [];
  for (let at = xaWalkNext(xa, walk); at !== null; at = xaWalkNext(xa, walk)) visits.push(at);
  return { visits, walk };
}

/** The same visits where nobody reads the bill. */
export function xaVisits(xa: Xarray, first: number, last: number): XaFound[] {
  const visits: XaFound[] = [];
  for (let at = xaFind(xa, first, last); at !== null; at = xaFindAfter(xa, at.index, last)) visits.push(at);
  return visits;
}
