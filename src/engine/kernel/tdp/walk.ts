// SPDX-License-Identifier: GPL-2.0-only
// From the root down to where a gfn is mapped, as a processor walks after a TLB miss.
//
// Models    a hardware walk of EPT or NPT; one memory read a level
// Left out  the caches of upper levels: every walk reads every level

import { assert } from "../../assert.ts";
import { spteGeneration, spteIsLeaf, spteIsTable, sptePfn, spteTable, type TableId } from "./entry.ts";
import { blockOf, indexAt, type Leaf, type LeafLevel, type TableLevel } from "./level.ts";
import { entryAt, levelOf, ROOT, type Tdp, tdpGfnEnd } from "./tables.ts";

/** One entry read. What `found` "table" names is the `table` of the next read. */
export interface TdpRead {
  readonly level: TableLevel;
  readonly index: number;
  /** The table that was read. */
  readonly table: TableId;
  readonly found: "none" | "table" | "leaf";
  /** Where `found` is "leaf". */
  readonly leaf: Leaf | null;
}

/** Every entry that a walk for `gfn` reads, from the root down; the last one is a leaf or none. */
export function tdpWalk(tdp: Tdp, gfn: number): TdpRead[] {
  assert(
    gfn >= 0 && gfn < tdpGfnEnd(tdp),
    () => `gfn ${gfn} is looked up, the tables end at ${tdpGfnEnd(tdp)}`,
  );
  const reads: TdpRead[] = [];
  let table = ROOT;
  for (;;) {
    const level = levelOf(tdp, table);
    const index = indexAt(gfn, level);
    const spte = entryAt(tdp, table, index);
    if (!spteIsTable(spte)) {
      const leaf = spteIsLeaf(spte) ? leafAt(gfn, level as LeafLevel, spte) : null;
      reads.push({ level, index, table, found: leaf ? "leaf" : "none", leaf });
      return reads;
    }
    reads.push({ level, index, table, found: "table", leaf: null });
    table = spteTable(spte);
  }
}

/** The present leaf that maps `gfn`, or null. */
export const tdpLeafAt = (tdp: Tdp, gfn: number): Leaf | null => tdpWalk(tdp, gfn).at(-1)?.leaf ?? null;

const leafAt = (gfn: number, level: LeafLevel, spte: number): Leaf => ({
  ...{ gfn: blockOf(gfn, level), level, pfn: sptePfn(spte), generation: spteGeneration(spte) },
});
