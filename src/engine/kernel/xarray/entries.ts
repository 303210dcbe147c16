// SPDX-License-Identifier: GPL-2.0-only
// The array as what it stands for: entries, each with the run of indices it covers.

import { type Entry, type NodeId, ULONG_MAX, XA_NULL, xaIsNode, xaIsSibling, xaToNode } from "./entry.ts";
import { type Xarray, xaSlots } from "./pool.ts";

/** One entry and its indices, both ends included. */
export interface XaEntryRun {
  readonly first: number;
  readonly last: number;
  readonly entry: Entry;
}

/**
 * All entries that touch `[first, last]` (both included), whole, in ascending order. `last` of a run is the
 * end of the siblings right behind its slot: they all lead back to it, also where that takes several hops.
 */
export function xaEntries(xa: Xarray, first = 0, last = ULONG_MAX): XaEntryRun[] {
  const runs: XaEntryRun[] = [];
  if (xaIsNode(xa.head)) gather(xa, xaToNode(xa.head), 0, first, last, runs);
  else if (xa.head !== XA_NULL && first === 0) runs.push({ first: 0, last: 0, entry: xa.head });
  return runs;
}

/** How many entries the array holds: a binding that was stored as three runs counts three times. */
export function xaEntryCount(xa: Xarray): number {
  return xaEntries(xa).length;
}

function gather(xa: Xarray, id: NodeId, base: number, first: number, last: number, runs: XaEntryRun[]): void {
  const row = xaSlots(xa, id);
  const covered = 2 ** xa.shift[id]!;
  for (let offset = 0; offset < row.length; ) {
    const entry = row[offset]!;
    const start = base + offset * covered;
    offset++;
    if (entry === XA_NULL || start > last) continue;
    if (xaIsNode(entry)) {
      if (start + covered > first) gather(xa, xaToNode(entry), start, first, last, runs);
      continue;
    }
    while (offset < row.length && xaIsSibling(row[offset]!)) offset++;
    const end = base + offset * covered;
    if (end > first) runs.push({ first: start, last: end - 1, entry });
  }
}
