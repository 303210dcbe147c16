// SPDX-License-Identifier: GPL-2.0-only
// Making leaves present, with the tables above them.
//
// Models    kvm_tdp_mmu_map() and what it links; handle_removed_pt() for tables that a large leaf replaces
// Left out  changing a present leaf, splitting a large one: a fault that finds its gfn mapped has nothing to do

import { assert } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import { SPTE_NONE, spteIsTable, spteOfLeaf, spteOfTable, spteTable, type TableId } from "./entry.ts";
import { eachLeafIn } from "./leaves.ts";
import {
  type EachLeaf,
  indexAt,
  type LeafLevel,
  pagesPerLeaf,
  TABLE_ENTRIES,
  type TableLevel,
} from "./level.ts";
import {
  countLeaves,
  entryAt,
  leavesUnder,
  levelOf,
  nextEntry,
  putEntry,
  ROOT,
  type Tdp,
  tableAlloc,
  tableUnlink,
  tdpGfnEnd,
} from "./tables.ts";

export interface TdpInstalled {
  /** Levels of the tables that had to be made, the highest first. */
  readonly linked: TableLevel[];
  /** How many leaves were dropped with the tables that a large leaf replaces. */
  readonly dropped: number;
  /** Those tables, each before the ones below it. Until the flush a processor may still walk them. */
  readonly unlinked: TableId[];
}

/**
 * Installs a leaf, and tells `dropped` of each leaf that goes with a table it replaces, ascending.
 *
 * Context: mmu_lock is held, and no present leaf maps `gfn`, which is aligned to the level, as `pfn` is (I14). Where
 *          a table was unlinked, the caller flushes and then gives it back: tdpFreeTables(). `dropped` does not touch
 *          the tables.
 */
export function tdpInstall(
  tdp: Tdp,
  gfn: number,
  level: LeafLevel,
  pfn: Pfn,
  generation: number,
  dropped: EachLeaf,
): TdpInstalled {
  const pages = pagesPerLeaf(level);
  assert(
    gfn % pages === 0,
    () => `gfn ${gfn}: no multiple of the ${pages} pages of a leaf at level ${level}`,
  );
  assert(
    pfn % pages === 0,
    () => `pfn ${pfn}: no multiple of the ${pages} pages of a leaf at level ${level}`,
  );
  const { way, linked } = wayDown(tdp, gfn, gfn + pages, level);
  const table = way.at(-1) as TableId;
  const index = indexAt(gfn, level);
  const old = entryAt(tdp, table, index);
  const unlinked = spteIsTable(old)
    ? unlinkFrom(tdp, spteTable(old), gfn, dropped)
    : { tables: [], leaves: 0 };
  assert(
    old === SPTE_NONE || unlinked.tables.length > 0,
    () => `gfn ${gfn}: a leaf of level ${level} is there`,
  );
  putEntry(tdp, table, index, spteOfLeaf(pfn, generation, level > 1));
  countLeaves(tdp, way, 1 - unlinked.leaves);
  return { linked, dropped: unlinked.leaves, unlinked: unlinked.tables };
}

/**
 * Installs a leaf of 4 KiB for each of gfn [gfn, gfn + pfns.length), on `pfns` as they live now.
 *
 * Context: as tdpInstall(), and none of these gfns is mapped.
 */
export function tdpInstallRun(
  tdp: Tdp,
  gfn: number,
  pfns: readonly Pfn[],
  generationOf: (pfn: Pfn) => number,
): void {
  for (let done = 0; done < pfns.length; ) {
    const { way } = wayDown(tdp, gfn + done, gfn + pfns.length, 1);
    const table = way.at(-1) as TableId;
    const first = indexAt(gfn + done, 1);
    const end = Math.min(TABLE_ENTRIES, first + pfns.length - done);
    for (let index = first; index < end; index++, done++) {
      const pfn = pfns[done] as Pfn;
      assert(entryAt(tdp, table, index) === SPTE_NONE, () => `gfn ${gfn + done}: a leaf of level 1 is there`);
      putEntry(tdp, table, index, spteOfLeaf(pfn, generationOf(pfn), false));
    }
    countLeaves(tdp, way, end - first);
  }
}

/** The tables from the root down to the one of `level` that covers `gfn`, made where they are missing. */
function wayDown(tdp: Tdp, gfn: number, end: number, level: LeafLevel) {
  assert(
    gfn >= 0 && end <= tdpGfnEnd(tdp),
    () => `gfn [${gfn}, ${end}) is installed, the tables end at ${tdpGfnEnd(tdp)}`,
  );
  const way = [ROOT];
  const linked: TableLevel[] = [];
  let table = ROOT;
  for (let above = levelOf(tdp, table); above > level; above = levelOf(tdp, table)) {
    const index = indexAt(gfn, above);
    const spte = entryAt(tdp, table, index);
    if (spteIsTable(spte)) {
      table = spteTable(spte);
    } else {
      assert(spte === SPTE_NONE, () => `gfn ${gfn}: a leaf of level ${above} is there`);
      const below = (above - 1) as TableLevel;
      const made = tableAlloc(tdp, below);
      putEntry(tdp, table, index, spteOfTable(made));
      linked.push(below);
      table = made;
    }
    way.push(table);
  }
  return { way, linked };
}

/** Cuts out table `id`, whose first gfn is `base`, with all tables below it. */
function unlinkFrom(tdp: Tdp, id: TableId, base: number, dropped: EachLeaf) {
  const leaves = leavesUnder(tdp, id);
  eachLeafIn(tdp, id, base, base, Number.POSITIVE_INFINITY, dropped);
  const tables: TableId[] = [];
  const unlink = (table: TableId) => {
    tables.push(table);
    if (levelOf(tdp, table) > 1) {
      for (let index = nextEntry(tdp, table, 0, TABLE_ENTRIES); index < TABLE_ENTRIES; ) {
        const spte = entryAt(tdp, table, index);
        if (spteIsTable(spte)) unlink(spteTable(spte));
        index = nextEntry(tdp, table, index + 1, TABLE_ENTRIES);
      }
    }
    tableUnlink(tdp, table);
  };
  unlink(id);
  return { tables, leaves };
}
