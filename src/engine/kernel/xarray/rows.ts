// SPDX-License-Identifier: GPL-2.0-only
// Single nodes for a picture: the way to one index, and how deep a part of the tree is. Of a tree of thousands of nodes
// only those that are drawn are read.

import {
  type Entry,
  type NodeId,
  POW2,
  XA_CHUNK_SIZE,
  XA_NULL,
  xaIsNode,
  xaIsSibling,
  xaToNode,
  xaToSibling,
} from "./entry.ts";
import { NO_NODE, type Xarray, xaSlot, xaSlots, xaTop } from "./pool.ts";

/** What is in the slots of a node, from `offset` on. Empty slots are not listed. */
export type XaRowSlot =
  /** An entry and how many slots right behind it name it as theirs. */
  | { readonly kind: "entry"; readonly offset: number; readonly entry: Entry; readonly siblings: number }
  /** A sibling outside such a run: slot `of`, which it names, is mostly a sibling itself. */
  | { readonly kind: "sibling"; readonly offset: number; readonly of: number }
  | { readonly kind: "node"; readonly offset: number; readonly node: NodeId };

/** One node with its slots; of the nodes under it only the ids. */
export interface XaRow {
  readonly id: NodeId;
  /** First index under this node. */
  readonly base: number;
  readonly shift: number;
  readonly slots: readonly XaRowSlot[];
}

/** The node `id`, whose first index is `base`. */
export function xaRow(xa: Xarray, id: NodeId, base: number): XaRow {
  const slots: XaRowSlot[] = [];
  const row = xaSlots(xa, id);
  for (let offset = 0; offset < row.length; offset++) {
    const entry = row[offset]!;
    if (entry === XA_NULL) continue;
    if (xaIsNode(entry)) {
      slots.push({ kind: "node", offset, node: xaToNode(entry) });
    } else if (xaIsSibling(entry)) {
      slots.push({ kind: "sibling", offset, of: xaToSibling(entry) });
    } else {
      const own = offset;
      while (offset + 1 < row.length && namesSlot(row[offset + 1]!, own)) offset++;
      slots.push({ kind: "entry", offset: own, entry, siblings: offset - own });
    }
  }
  return { id, base, shift: xa.shift[id]!, slots };
}

const namesSlot = (entry: Entry, offset: number): boolean =>
  xaIsSibling(entry) && xaToSibling(entry) === offset;

/**
 * The nodes from the top down to the one that decides about `index`; the top alone where it does not cover `index`,
 * and none where the head is no node.
 */
export function xaWayTo(xa: Xarray, index: number): XaRow[] {
  const way: XaRow[] = [];
  let base = 0;
  for (let id = xaTop(xa); id !== NO_NODE; ) {
    way.push(xaRow(xa, id, base));
    const covered = POW2[xa.shift[id]!]!;
    const offset = Math.floor((index - base) / covered);
    const entry = offset < XA_CHUNK_SIZE ? xaSlot(xa, id, offset) : XA_NULL;
    if (!xaIsNode(entry)) break;
    id = xaToNode(entry);
    base += offset * covered;
  }
  return way;
}

/** How many nodes there are on the longest way to an index of [start, end); the top counts even if it lies elsewhere. */
export function xaDepth(xa: Xarray, start: number, end: number): number {
  const top = xaTop(xa);
  return top === NO_NODE ? 0 : depthUnder(xa, top, 0, start, end);
}

function depthUnder(xa: Xarray, id: NodeId, base: number, start: number, end: number): number {
  const covered = POW2[xa.shift[id]!]!;
  const row = xaSlots(xa, id);
  const first = Math.max(0, Math.floor((start - base) / covered));
  let deepest = 0;
  for (let offset = first; offset < row.length && base + offset * covered < end; offset++) {
    const entry = row[offset]!;
    if (xaIsNode(entry))
      deepest = Math.max(deepest, depthUnder(xa, xaToNode(entry), base + offset * covered, start, end));
  }
  return 1 + deepest;
}
