// SPDX-License-Identifier: GPL-2.0-only
// The second-level tables of one VM: rows of 512 entries, and what is known of each table.
//
// Models    a TDP MMU root and the page tables below it
// Left out  locks: the caller holds mmu_lock. Memory for tables comes from nowhere and takes none of the host's frames.

import { assert } from "../../assert.ts";
import type { TableId } from "./entry.ts";
import { pagesPerEntry, type RootLevel, TABLE_ENTRIES, type TableLevel } from "./level.ts";
import { newRow, type Row, rowGet, rowNext, rowPut } from "./row.ts";

/** `unlinked`: no entry names it any more, but a processor may still be walking it, until the next flush. */
type TableState = "free" | "linked" | "unlinked";

/**
 * Plain data. Column `x[id]` belongs to table `id`. A leaf holds no reference to its page.
 *
 * The rows, nearly all there is, are shared with copies until either side writes to one.
 */
export interface Tdp {
  readonly rootLevel: RootLevel;
  /** The entries of each table. Written through putEntry() alone. */
  rows: Row[];
  /** 1 where no copy has the row too. */
  own: number[];
  state: TableState[];
  level: TableLevel[];
  /** Present leaves in the table and in all tables below it: what is empty is passed by at its highest level. */
  leaves: number[];
  /** Tables to hand out again, the one given back last at the end. */
  free: TableId[];
  /** By level: tables that have not been given back, unlinked ones too. */
  inUse: Record<TableLevel, number>;
}

/** The root is made with the tables and stays. */
export const ROOT = 0 as TableId;

/** Tables that map nothing: a root alone. */
export function newTdp(rootLevel: RootLevel): Tdp {
  const tdp: Tdp = {
    ...{ rootLevel, rows: [], own: [], state: [], level: [], leaves: [], free: [] },
    inUse: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
  };
  tableAlloc(tdp, rootLevel);
  return tdp;
}

/** A copy: whatever is written to one is not seen in the other. Costs some forty bytes a table. */
export function copyTdp(tdp: Tdp): Tdp {
  tdp.own.fill(0);
  return {
    ...tdp,
    rows: tdp.rows.slice(),
    own: tdp.own.slice(),
    state: tdp.state.slice(),
    level: tdp.level.slice(),
    leaves: tdp.leaves.slice(),
    free: tdp.free.slice(),
    inUse: { ...tdp.inUse },
  };
}

/** The gfn after the last one that the tables can map: 2^36 or 2^45. */
export const tdpGfnEnd = (tdp: Tdp): number => pagesPerEntry(tdp.rootLevel) * TABLE_ENTRIES;

/** Whether no leaf is present. Tables may be. */
export const tdpEmpty = (tdp: Tdp): boolean => tdp.leaves[ROOT] === 0;

const rowOf = (tdp: Tdp, id: TableId): Row => tdp.rows[id] as Row;

/** The entry at `index` of a table. */
export const entryAt = (tdp: Tdp, id: TableId, index: number): number => rowGet(rowOf(tdp, id), index);

/** The index of the first present entry of [from, to) in a table, or `to`. */
export const nextEntry = (tdp: Tdp, id: TableId, from: number, to: number): number =>
  rowNext(rowOf(tdp, id), from, to);

/** Puts `spte`, which may be none, at `index` of a table; counts nothing. */
export function putEntry(tdp: Tdp, id: TableId, index: number, spte: number): void {
  const row = rowOf(tdp, id);
  tdp.rows[id] = rowPut(tdp.own[id] === 1 ? row : row.slice(), index, spte);
  tdp.own[id] = 1;
}

export const levelOf = (tdp: Tdp, id: TableId): TableLevel => tdp.level[id] as TableLevel;

export const leavesUnder = (tdp: Tdp, id: TableId): number => tdp.leaves[id] as number;

/** Counts `more` leaves in each table of `way`, which leads from the root down to the one that holds them. */
export function countLeaves(tdp: Tdp, way: readonly TableId[], more: number): void {
  for (const id of way) tdp.leaves[id] = leavesUnder(tdp, id) + more;
}

/** An empty table; its caller puts it where it belongs. */
export function tableAlloc(tdp: Tdp, level: TableLevel): TableId {
  const id = tdp.free.pop() ?? (tdp.rows.length as TableId);
  if (id === tdp.rows.length) {
    tdp.rows.push(newRow());
    tdp.own.push(1);
  }
  tdp.state[id] = "linked";
  tdp.level[id] = level;
  tdp.leaves[id] = 0;
  tdp.inUse[level]++;
  return id;
}

/** Empties a table that no entry names any more. */
export function tableUnlink(tdp: Tdp, id: TableId): void {
  tdp.rows[id] = newRow();
  tdp.own[id] = 1;
  tdp.state[id] = "unlinked";
  tdp.leaves[id] = 0;
}

/** Gives back tables that tdpInstall() unlinked. Context: after the flush that followed. */
export function tdpFreeTables(tdp: Tdp, ids: readonly TableId[]): void {
  for (const id of ids) {
    assert(tdp.state[id] === "unlinked", () => `table ${id} is given back: ${tdp.state[id]}, not unlinked`);
    tdp.state[id] = "free";
    tdp.free.push(id);
    tdp.inUse[levelOf(tdp, id)]--;
  }
}
