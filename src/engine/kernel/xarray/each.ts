// SPDX-License-Identifier: GPL-2.0-only
// Storing or erasing many neighbouring single-index entries: one way down for the 64 slots of a leaf.
//
// Models    what the page cache does with a batch: xas_for_each() or xas_next() with a store at each stop. The tree
//           that is left is the one that as many single stores leave.

import { xasCreate } from "./create.ts";
import { type Entry, XA_CHUNK_MASK, XA_NULL, xaIsSibling, xaIsValue } from "./entry.ts";
import { xaFind } from "./find.ts";
import { xasLoad } from "./load.ts";
import { type Xarray, xaSlotsToWrite } from "./pool.ts";
import { xasDeleteNode } from "./shrink.ts";
import { xasStore } from "./store.ts";
import { newXas, type Xas } from "./xas.ts";

/**
 * Stores `entryAt(index, old)` at each index of `[first, last]`, both included; where that is `old` nothing changes.
 * Neither may be internal, and what is stored is never XA_NULL.
 *
 * Context: whatever protects the array is held for writing.
 */
export function xaStoreEach(xa: Xarray, first: number, last: number, entryAt: EntryAt): void {
  for (let index = first; index <= last; ) {
    const xas = newXas(xa, index);
    const old = xasCreate(xas);
    const alone = standsInLeaf(xas) ? writeInLeaf(xas, last, entryAt) : 0;
    // In the head, or over an entry of several slots, which is replaced whole.
    if (alone === 0) xasStore(newXas(xa, index), entryAt(index, old));
    index += Math.max(1, alone);
  }
}

/** Writes in the state's leaf from its index on. Returns over how many slots, ending before an entry of several. */
function writeInLeaf({ xa, node, index: from, offset: begin }: Xas, last: number, entryAt: EntryAt): number {
  const row = xaSlotsToWrite(xa, node);
  const end = Math.min(last - from + begin, XA_CHUNK_MASK);
  let offset = begin;
  let count = 0;
  let values = 0;
  for (; offset <= end && isAlone(row, offset); offset++) {
    const old = row[offset] as Entry;
    const entry = entryAt(from + offset - begin, old);
    row[offset] = entry;
    count += (entry === XA_NULL ? 0 : 1) - (old === XA_NULL ? 0 : 1);
    values += (xaIsValue(entry) ? 1 : 0) - (xaIsValue(old) ? 1 : 0);
  }
  xa.count[node] = xa.count[node]! + count;
  xa.nrValues[node] = xa.nrValues[node]! + values;
  return offset - begin;
}

/**
 * Erases every entry that touches `[first, last]`, both included, whole, and tells `visit` of each in ascending order
 * before it is gone, with the index at which a walk finds it.
 *
 * Context: whatever protects the array is held for writing. `visit` does not touch the array.
 */
export function xaEraseEach(xa: Xarray, first: number, last: number, visit: Visit): void {
  const erased: EntryAt = (index, old) => {
    if (old !== XA_NULL) visit(index, old);
    return XA_NULL;
  };
  for (let at = xaFind(xa, first, last); at !== null; ) {
    const xas = newXas(xa, at.index);
    xasLoad(xas);
    const alone = standsInLeaf(xas) ? writeInLeaf(xas, last, erased) : 0;
    if (alone > 0) xasDeleteNode(xa, xas.node);
    else xasStore(newXas(xa, at.index), erased(at.index, at.entry));
    at = xaFind(xa, at.index + Math.max(1, alone), last);
  }
}

type EntryAt = (index: number, old: Entry) => Entry;
type Visit = (index: number, entry: Entry) => void;

/** Whether the state stands in a node whose slots are single indices. */
const standsInLeaf = ({ xa, node }: Xas) => node >= 0 && xa.shift[node] === 0;

/** Whether slot `offset` of a leaf holds nothing, or an entry of that slot alone. */
const isAlone = (row: Float64Array, offset: number) =>
  !xaIsSibling(row[offset] as Entry) && (offset === XA_CHUNK_MASK || !xaIsSibling(row[offset + 1] as Entry));
