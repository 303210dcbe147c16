// SPDX-License-Identifier: GPL-2.0-only
// The way down: from the head to the slot that an index leads to.
//
// Models    xas_start(), xas_descend(), xas_load(), xa_load(), xa_get_order(), xa_empty()
// Left out  retry and zero entries; see entry.ts

import {
  type Entry,
  type NodeId,
  XA_CHUNK_SIZE,
  XA_NULL,
  xaIsNode,
  xaIsSibling,
  xaToNode,
  xaToSibling,
} from "./entry.ts";
import { type Xarray, xaCovered, xaSlot } from "./pool.ts";
import { countSlotRead, type XaReads } from "./reads.ts";
import { getOffset, newXas, XAS_BOUNDS, XAS_HEAD, type Xas } from "./xas.ts";

/** The entry at `index`, or XA_NULL. Context: whatever protects the array is held for reading. */
export const xaLoad = (xa: Xarray, index: number, reads: XaReads | null = null): Entry =>
  xasLoad(newXas(xa, index, reads));

/** True while nothing is stored. */
export const xaEmpty = (xa: Xarray): boolean => xa.head === XA_NULL;

/**
 * The order of the entry at `index`: it covers at least `2 ** order` indices. Rounded down where an entry has
 * a number of slots that is no power of two, and 0 where nothing is stored.
 */
export function xaGetOrder(xa: Xarray, index: number): number {
  const xas = newXas(xa, index);
  if (xasLoad(xas) === XA_NULL || xas.node === XAS_HEAD) return 0;
  let order = 0;
  // Doubling steps: siblings between the steps are not looked at.
  while (true) {
    const slot = xas.offset + 2 ** order;
    if (slot >= XA_CHUNK_SIZE || !xaIsSibling(xasEntry(xas, xas.node, slot))) break;
    order++;
  }
  return order + xa.shift[xas.node]!;
}

/**
 * Walks to the state's index and returns what is there: an entry, XA_NULL, or, where the state asks for a
 * larger shift than the nodes on its way, the node that it stopped above. Leaves the state in bounds state if the tree
 * does not cover the index.
 */
export function xasLoad(xas: Xas): Entry {
  let entry = xasStart(xas);
  while (xaIsNode(entry)) {
    const node = xaToNode(entry);
    if (xas.shift > xas.xa.shift[node]!) break;
    entry = xasDescend(xas, node);
  }
  return entry;
}

/** One level down, to the slot of `node` that leads to the index; a sibling leads back to its entry's own slot. */
export function xasDescend(xas: Xas, node: NodeId): Entry {
  let offset = getOffset(xas.index, xas.xa.shift[node]!);
  let entry = xasEntry(xas, node, offset);
  // A sibling may name another sibling: partly overwritten entries leave such chains behind.
  while (xaIsSibling(entry)) {
    offset = xaToSibling(entry);
    entry = xasEntry(xas, node, offset);
  }
  xas.node = node;
  xas.offset = offset;
  return entry;
}

/** Looks at one slot, and counts the look where reads are counted. */
export function xasEntry(xas: Xas, node: NodeId, offset: number): Entry {
  if (xas.reads !== null) countSlotRead(xas.reads, node, xas.xa.shift[node]!);
  return xaSlot(xas.xa, node, offset);
}

function xasStart(xas: Xas): Entry {
  const { head } = xas.xa;
  if (xas.index >= xaCovered(head, xas.xa)) {
    xas.node = XAS_BOUNDS;
    return XA_NULL;
  }
  xas.node = XAS_HEAD;
  return head;
}
