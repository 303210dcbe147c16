// SPDX-License-Identifier: GPL-2.0-only
// Making the leaves of a range non-present.
//
// Models    tdp_mmu_zap_leafs(): a leaf that meets the range, even partly, goes as a whole (T-m1, T-m2)
// Left out  giving up mmu_lock on the way: the caller zaps range by range where it wants to

import { assert } from "../../assert.ts";
import type { PageRange } from "../shmem/events.ts";
import { SPTE_NONE, spteGeneration, spteIsTable, sptePfn, spteTable, type TableId } from "./entry.ts";
import { entriesIn } from "./leaves.ts";
import { type EachLeaf, type LeafLevel, pagesPerEntry } from "./level.ts";
import { entryAt, leavesUnder, levelOf, nextEntry, putEntry, ROOT, type Tdp, tdpGfnEnd } from "./tables.ts";

export interface TdpZapped {
  readonly leaves: number;
  /** The gfns that they mapped, as runs, half open, ascending. They may reach beyond the range. */
  readonly zapped: PageRange[];
}

/**
 * Zaps every leaf that maps any gfn of [start, end), and tells `each` of it, ascending. Tables stay.
 *
 * Context: mmu_lock is held for writing. `end` is at most tdpGfnEnd(). Where a leaf went, the caller flushes before
 *          it lets go of mmu_lock. `each` does not touch the tables.
 */
export function tdpZap(tdp: Tdp, start: number, end: number, each: EachLeaf): TdpZapped {
  assert(
    start >= 0 && end <= tdpGfnEnd(tdp),
    () => `gfn [${start}, ${end}) is zapped, the tables end at ${tdpGfnEnd(tdp)}`,
  );
  const runs: [number, number][] = [];
  const leaves = zapUnder(tdp, ROOT, 0, start, end, (gfn, level, pfn, generation) => {
    const newest = runs.at(-1);
    const next = gfn + pagesPerEntry(level);
    if (newest?.[1] === gfn) newest[1] = next;
    else runs.push([gfn, next]);
    each(gfn, level, pfn, generation);
  });
  return { leaves, zapped: runs };
}

/** Zaps under table `id`, whose first gfn is `base`. Returns how many leaves went. */
function zapUnder(tdp: Tdp, id: TableId, base: number, start: number, end: number, each: EachLeaf): number {
  if (leavesUnder(tdp, id) === 0) return 0;
  const level = levelOf(tdp, id);
  const pages = pagesPerEntry(level);
  const [first, to] = entriesIn(base, pages, start, end);
  let leaves = 0;
  for (let index = nextEntry(tdp, id, first, to); index < to; index = nextEntry(tdp, id, index + 1, to)) {
    const spte = entryAt(tdp, id, index);
    const gfn = base + index * pages;
    if (spteIsTable(spte)) {
      leaves += zapUnder(tdp, spteTable(spte), gfn, start, end, each);
    } else {
      putEntry(tdp, id, index, SPTE_NONE);
      leaves++;
      each(gfn, level as LeafLevel, sptePfn(spte), spteGeneration(spte));
    }
  }
  tdp.leaves[id] = leavesUnder(tdp, id) - leaves;
  return leaves;
}
