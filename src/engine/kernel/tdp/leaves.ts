// SPDX-License-Identifier: GPL-2.0-only
// What is mapped, in order, and what is not.

import type { PageRange } from "../shmem/events.ts";
import { spteGeneration, spteIsLeaf, sptePfn, spteTable, type TableId } from "./entry.ts";
import {
  type EachLeaf,
  type Leaf,
  type LeafLevel,
  pagesPerEntry,
  pagesPerLeaf,
  TABLE_ENTRIES,
} from "./level.ts";
import { entryAt, leavesUnder, levelOf, nextEntry, ROOT, type Tdp } from "./tables.ts";

/** The leaves that map any gfn of [start, end), ascending. The first and the last may reach beyond it. */
export function tdpLeavesIn(tdp: Tdp, start: number, end: number): Leaf[] {
  const leaves: Leaf[] = [];
  eachLeafIn(tdp, ROOT, 0, start, end, (gfn, level, pfn, generation) => {
    leaves.push({ gfn, level, pfn, generation });
  });
  return leaves;
}

/** The runs of gfns of [start, end) that no leaf maps, half open, ascending. */
export function tdpUnmappedRuns(tdp: Tdp, start: number, end: number): PageRange[] {
  const runs: PageRange[] = [];
  let from = start;
  eachLeafIn(tdp, ROOT, 0, start, end, (gfn, level) => {
    if (gfn > from) runs.push([from, gfn]);
    from = gfn + pagesPerLeaf(level);
  });
  if (from < end) runs.push([from, end]);
  return runs;
}

/** Tells `each` of the leaves under table `id`, whose first gfn is `base`, that map any gfn of [start, end). */
export function eachLeafIn(
  tdp: Tdp,
  id: TableId,
  base: number,
  start: number,
  end: number,
  each: EachLeaf,
): void {
  if (leavesUnder(tdp, id) === 0) return;
  const level = levelOf(tdp, id);
  const pages = pagesPerEntry(level);
  const [first, to] = entriesIn(base, pages, start, end);
  for (let index = nextEntry(tdp, id, first, to); index < to; index = nextEntry(tdp, id, index + 1, to)) {
    const spte = entryAt(tdp, id, index);
    const gfn = base + index * pages;
    if (spteIsLeaf(spte)) each(gfn, level as LeafLevel, sptePfn(spte), spteGeneration(spte));
    else eachLeafIn(tdp, spteTable(spte), gfn, start, end, each);
  }
}

/** Which entries, half open, of a table that begins at gfn `base`, each `pages` wide, meet [start, end). */
export function entriesIn(base: number, pages: number, start: number, end: number): [number, number] {
  if (start >= end) return [0, 0];
  const first = Math.max(0, Math.floor((start - base) / pages));
  return [first, Math.min(TABLE_ENTRIES, Math.ceil((end - base) / pages))];
}
