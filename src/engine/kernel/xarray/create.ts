// SPDX-License-Identifier: GPL-2.0-only
// Making room: the tree grows upward until it covers the index, then downward to the wanted level.
//
// Models    xas_expand(), xas_create(), xas_alloc(), and xas_nomem() where it has no memory either

import {
  type Entry,
  type NodeId,
  POW2,
  XA_CHUNK_SHIFT,
  XA_CHUNK_SIZE,
  XA_NULL,
  xaIsNode,
  xaIsValue,
  xaMkNode,
  xaToNode,
} from "./entry.ts";
import { xasDescend } from "./load.ts";
import { NO_NODE, setSlot, xaCovered, xaNodeAlloc } from "./pool.ts";
import { XAS_HEAD, XAS_NOMEM, type Xas, xasMax, xasValid } from "./xas.ts";

/**
 * Leaves a fresh state at the slot where its entry goes, with every node above it there, and returns what the slot
 * holds now. Stops early at an entry on the way: a store inside a multi-index entry takes that entry's slot. Where memory
 * runs out the state is XAS_NOMEM, and nodes that were made on the way stay.
 */
export function xasCreate(xas: Xas): Entry {
  const { xa } = xas;
  xas.node = XAS_HEAD;
  let shift = xasExpand(xas);
  if (!xasValid(xas)) return XA_NULL;
  let entry = xa.head;
  while (shift > xas.shift) {
    shift -= XA_CHUNK_SHIFT;
    if (entry !== XA_NULL && !xaIsNode(entry)) break;
    const node = entry === XA_NULL ? xasAlloc(xas, shift) : xaToNode(entry);
    if (node === NO_NODE) return XA_NULL;
    entry = xasDescend(xas, node);
  }
  return entry;
}

/** Puts nodes above the head until the tree covers `xasMax`. Returns the shift that the head is looked at with. */
function xasExpand(xas: Xas): number {
  const { xa } = xas;
  const max = xasMax(xas);
  let shift = 0;
  if (xa.head === XA_NULL) {
    if (max === 0) return 0;
    while (max / POW2[shift]! >= XA_CHUNK_SIZE) shift += XA_CHUNK_SHIFT;
    return shift + XA_CHUNK_SHIFT;
  }

  if (xaIsNode(xa.head)) shift = xa.shift[xaToNode(xa.head)]! + XA_CHUNK_SHIFT;
  while (max >= xaCovered(xa.head, xa)) {
    const below = xa.head;
    const node = xaNodeAlloc(xa, shift, XAS_HEAD, 0);
    if (node === NO_NODE) {
      xas.node = XAS_NOMEM;
      return shift;
    }
    xa.count[node] = 1;
    if (xaIsValue(below)) xa.nrValues[node] = 1;
    setSlot(xa, node, 0, below);
    if (xaIsNode(below)) xa.parent[xaToNode(below)] = node;
    xa.head = xaMkNode(node);
    shift += XA_CHUNK_SHIFT;
  }
  return shift;
}

/** A new node in the empty slot that the state stands at, or NO_NODE. */
function xasAlloc(xas: Xas, shift: number): NodeId {
  const { xa, node: parent, offset } = xas;
  const node = xaNodeAlloc(xa, shift, parent, parent === XAS_HEAD ? 0 : offset);
  if (node === NO_NODE) {
    xas.node = XAS_NOMEM;
    return NO_NODE;
  }
  if (parent !== XAS_HEAD) xa.count[parent] = xa.count[parent]! + 1;
  setSlot(xa, parent, offset, xaMkNode(node));
  return node;
}
