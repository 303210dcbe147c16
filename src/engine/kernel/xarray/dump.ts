// SPDX-License-Identifier: GPL-2.0-only
// The array as nested plain data, the way the recordings write it.

import { type NodeId, xaEntryText, xaIsNode, xaToNode } from "./entry.ts";
import type { Xarray } from "./pool.ts";
import { type XaRowSlot, xaRow } from "./rows.ts";

/** `[shift, offset, count, nrValues, slots]`, the slots keyed by number. */
export type XaDumpNode = [number, number, number, number, Record<string, XaDumpSlot>];
export type XaDumpSlot = string | [string, number] | XaDumpNode;

/** The tree in the form that recordings call `t`: the entry alone where the head itself holds one. */
export const xaDump = (xa: Xarray): null | string | XaDumpNode =>
  xaIsNode(xa.head) ? dumpNode(xa, xaToNode(xa.head)) : xaEntryText(xa.head);

function dumpNode(xa: Xarray, id: NodeId): XaDumpNode {
  const slots: Record<string, XaDumpSlot> = {};
  for (const slot of xaRow(xa, id, 0).slots) slots[slot.offset] = dumpSlot(xa, slot);
  return [xa.shift[id]!, xa.offset[id]!, xa.count[id]!, xa.nrValues[id]!, slots];
}

function dumpSlot(xa: Xarray, slot: XaRowSlot): XaDumpSlot {
  switch (slot.kind) {
    case "node":
      return dumpNode(xa, slot.node);
    case "sibling":
      return `sib:${slot.of}`;
    case "entry": {
      const text = xaEntryText(slot.entry)!;
      return slot.siblings > 0 ? [text, slot.siblings] : text;
    }
  }
}
