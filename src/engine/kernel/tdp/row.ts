// SPDX-License-Identifier: GPL-2.0-only
// The 512 entries of one table, small while few of them are present.
//
// Models    nothing: a table of the kernel is a page, whatever is in it. 32,764 memslots of which a guest has touched
//           one page each have as many tables, which as pages would be 128 MiB to make, copy and let go.

import { SPTE_NONE } from "./entry.ts";
import { TABLE_ENTRIES } from "./level.ts";

/** Plain data. Packed: index and entry of each present entry, in turn, ascending by index. Whole: all, by index. */
export type Row = number[] | Float64Array;

/** Up to this many entries stay packed: as many as are looked through faster than a whole row is made. */
export const PACKED_MAX = 16;

export const newRow = (): Row => [];

// The form is asked first and the rest is left to another function: so little of each is inlined where pages are mapped
// by the thousand.

/** The entry at `index`, none where none is present. */
export const rowGet = (row: Row, index: number): number =>
  Array.isArray(row) ? packedGet(row, index) : (row[index] as number);

/** The index of the first present entry of [from, to), or `to`. */
export const rowNext = (row: Row, from: number, to: number): number =>
  Array.isArray(row) ? Math.min(row[placeOf(row, from)] ?? to, to) : wholeNext(row, from, to);

/** Puts `spte`, which may be none, at `index`. Returns the row that holds the entries from now on. */
export function rowPut(row: Row, index: number, spte: number): Row {
  if (Array.isArray(row)) return packedPut(row, index, spte);
  row[index] = spte;
  return row;
}

function packedGet(row: readonly number[], index: number): number {
  const at = placeOf(row, index);
  return row[at] === index ? (row[at + 1] as number) : SPTE_NONE;
}

function packedPut(row: number[], index: number, spte: number): Row {
  const at = placeOf(row, index);
  if (row[at] === index) {
    if (spte === SPTE_NONE) row.splice(at, 2);
    else row[at + 1] = spte;
    return row;
  }
  if (spte === SPTE_NONE) return row;
  if (row.length === 2 * PACKED_MAX) return rowPut(wholeOf(row), index, spte);
  if (at === row.length) row.push(index, spte);
  else row.splice(at, 0, index, spte);
  return row;
}

/** Where `index` stands in a packed row, or would. */
function placeOf(row: readonly number[], index: number): number {
  let at = 0;
  while (at < row.length && (row[at] as number) < index) at += 2;
  return at;
}

function wholeNext(row: Float64Array, from: number, to: number): number {
  let index = from;
  while (index < to && row[index] === SPTE_NONE) index++;
  return index;
}

function wholeOf(packed: readonly number[]): Row {
  const whole = new Float64Array(TABLE_ENTRIES);
  for (let at = 0; at < packed.length; at += 2) whole[packed[at] as number] = packed[at + 1] as number;
  return whole;
}
