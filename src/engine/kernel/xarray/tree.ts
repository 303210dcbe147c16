// SPDX-License-Identifier: GPL-2.0-only
// The array as nested plain data: once for drawing, with node ids, and once as the recordings write it.

import {
  type Entry,
  type NodeId,
  XA_NULL,
  xaEntryText,
  xaIsNode,
  xaIsSibling,
  xaToNode,
  xaToSibling,
} from "./entry.ts";
import { type Xarray, xaSlots } from "./pool.ts";

/** What is in the slots of a node, from `offset` on. Empty slots are not listed. */
export type XaTreeSlot =
  /** An entry and how many slots right behind it name it as theirs. */
  | { readonly kind: "entry"; readonly offset: number; readonly entry: Entry; readonly siblings: number }
  /** A sibling outside such a run: slot `of`, which it names, is mostly a sibling itself. */
  | { readonly kind: "sibling"; readonly offset: number; readonly of: number }
  | { readonly kind: "node"; readonly offset: number; readonly node: XaTreeNode };

export interface XaTreeNode {
  readonly id: NodeId;
  /** First index under this node. */
  readonly base: number;
  readonly shift: number;
  /** The node's slot in its parent; 0 for the top. */
  readonly offset: number;
  readonly count: number;
  readonly nrValues: number;
  readonly slots: readonly XaTreeSlot[];
}

/** Null when empty, an entry where the head itself holds one, else the top node. */
export type XaTree = null | Entry | XaTreeNode;

/** The tree from its head down. */
export function xaTree(xa: Xarray): XaTree {
  if (xa.head === XA_NULL) return null;
  return xaIsNode(xa.head) ? treeNode(xa, xaToNode(xa.head), 0) : xa.head;
}

/** `[shift, offset, count, nrValues, slots]`, the slots keyed by number. */
export type XaDumpNode = [number, number, number, number, Record<string, XaDumpSlot>];
export type XaDumpSlot = string | [string, number] | XaDumpNode;

/** The tree in the form that recordings call `t`. */
export function xaDump(xa: Xarray): null | string | XaDumpNode {
  const tree = xaTree(xa);
  return tree === null || typeof tree === "number" ? xaEntryText(tree ?? XA_NULL) : dumpNode(tree);
}

function treeNode(xa: Xarray, id: NodeId, base: number): XaTreeNode {
  const slots: XaTreeSlot[] = [];
  const shift = xa.shift[id]!;
  const row = xaSlots(xa, id);
  for (let offset = 0; offset < row.length; offset++) {
    const entry = row[offset]!;
    if (entry === XA_NULL) continue;
    if (xaIsNode(entry)) {
      slots.push({ kind: "node", offset, node: treeNode(xa, xaToNode(entry), base + offset * 2 ** shift) });
    } else if (xaIsSibling(entry)) {
      slots.push({ kind: "sibling", offset, of: xaToSibling(entry) });
    } else {
      const own = offset;
      while (offset + 1 < row.length && namesSlot(row[offset + 1]!, own)) offset++;
      slots.push({ kind: "entry", offset: own, entry, siblings: offset - own });
    }
  }
  return {
    id,
    base,
    shift,
    offset: xa.offset[id]!,
    count: xa.count[id]!,
    nrValues: xa.nrValues[id]!,
    slots,
  };
}

const namesSlot = (entry: Entry, offset: number): boolean =>
  xaIsSibling(entry) && xaToSibling(entry) === offset;

function dumpNode(node: XaTreeNode): XaDumpNode {
  const slots: Record<string, XaDumpSlot> = {};
  for (const slot of node.slots) slots[slot.offset] = dumpSlot(slot);
  return [node.shift, node.offset, node.count, node.nrValues, slots];
}

function dumpSlot(slot: XaTreeSlot): XaDumpSlot {
  switch (slot.kind) {
    case "node":
      return dumpNode(slot.node);
    case "sibling":
      return `sib:${slot.of}`;
    case "entry": {
      const text = xaEntryText(slot.entry)!;
      return slot.siblings > 0 ? [text, slot.siblings] : text;
    }
  }
}
