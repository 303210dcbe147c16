// SPDX-License-Identifier: GPL-2.0-only
// Could installing and zapping have led here? If not, ours is broken.
//
// Holds   levels, counts and states of all tables; I14 as far as gfn and pfn decide it

import { assert } from "../../assert.ts";
import { SPTE_NONE, spteIsLarge, spteIsTable, sptePfn, spteTable, type TableId } from "./entry.ts";
import { pagesPerEntry, TABLE_ENTRIES, type TableLevel } from "./level.ts";
import { entryAt, leavesUnder, levelOf, nextEntry, ROOT, type Tdp } from "./tables.ts";

/**
 * Throws ModelBug unless these are tables that installing and zapping can lead to.
 * Context: between operations, with mmu_lock held for reading.
 */
export function tdpCheck(tdp: Tdp): void {
  const reached = new Set<TableId>();
  checkTable(tdp, ROOT, tdp.rootLevel, reached);
  checkPool(tdp, reached);
}

/** Returns how many leaves there are from `id` down. */
function checkTable(tdp: Tdp, id: TableId, level: TableLevel, reached: Set<TableId>): number {
  assert(!reached.has(id), () => `table ${id}: named by two entries`);
  reached.add(id);
  assert(tdp.state[id] === "linked", () => `table ${id}: ${tdp.state[id]}, and an entry names it`);
  assert(
    levelOf(tdp, id) === level,
    () => `table ${id}: level ${levelOf(tdp, id)} ≠ ${level}, where it is named`,
  );
  let leaves = 0;
  for (let index = 0; index < TABLE_ENTRIES; index++) {
    const spte = entryAt(tdp, id, index);
    if (spte === SPTE_NONE) continue;
    if (spteIsTable(spte)) {
      assert(level > 1, () => `table ${id} entry ${index}: a table below level 1`);
      leaves += checkTable(tdp, spteTable(spte), (level - 1) as TableLevel, reached);
    } else {
      checkLeaf(spte, level, () => `table ${id} entry ${index}`);
      leaves++;
    }
  }
  assert(
    leavesUnder(tdp, id) === leaves,
    () => `table ${id}: counts ${leavesUnder(tdp, id)} leaves ≠ ${leaves}`,
  );
  return leaves;
}

function checkLeaf(spte: number, level: TableLevel, where: () => string): void {
  assert(level <= 3, () => `${where()}: a leaf at level ${level} (I14)`);
  assert(spteIsLarge(spte) === level > 1, () => `${where()}: large ${spteIsLarge(spte)} at level ${level}`);
  const pages = pagesPerEntry(level);
  assert(
    sptePfn(spte) % pages === 0,
    () => `${where()}: pfn ${sptePfn(spte)} is no multiple of ${pages} (I14)`,
  );
}

function checkPool(tdp: Tdp, reached: ReadonlySet<TableId>): void {
  const inUse: Tdp["inUse"] = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  const free = new Set(tdp.free);
  assert(free.size === tdp.free.length, () => `free list [${tdp.free}]: names a table twice`);
  for (const [k, state] of tdp.state.entries()) {
    const id = k as TableId;
    assert(
      (state === "linked") === reached.has(id),
      () => `table ${id}: ${state}, reached ${reached.has(id)}`,
    );
    assert(
      (state === "free") === free.has(id),
      () => `table ${id}: ${state}, on the free list ${free.has(id)}`,
    );
    if (state !== "free") inUse[levelOf(tdp, id)]++;
    if (state === "linked") continue;
    const isEmpty = leavesUnder(tdp, id) === 0 && nextEntry(tdp, id, 0, TABLE_ENTRIES) === TABLE_ENTRIES;
    assert(isEmpty, () => `table ${id}: ${state}, and not empty`);
  }
  for (const level of [1, 2, 3, 4, 5] as const) {
    assert(
      tdp.inUse[level] === inUse[level],
      () => `level ${level}: ${tdp.inUse[level]} tables in use ≠ ${inUse[level]}`,
    );
  }
}
