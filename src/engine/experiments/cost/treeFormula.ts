// SPDX-License-Identifier: GPL-2.0-only
// What a design keeps to know whom to call: bytes, without building it.

import { XA_HEAD_SHIFT } from "../../kernel/xarray/index.ts";
import type { VariantId } from "../machine/variants.ts";
import { type Bindings, bindingsOf } from "./bindings.ts";
import { entriesByRange } from "./entries.ts";
import type { Layout } from "./layout.ts";
import { LAST_MODES } from "./punchFormula.ts";
import { topShiftOf } from "./walkFormula.ts";

/** A list head, two pointers, and a pointer to the ops, in each memslot (domain: 24 bytes a slot). */
export const NOTIFIER_BYTES = 24;

/** struct xa_node on 64 bits. */
export const XA_NODE_BYTES = 576;

/** Nodes of the tree that holds `bindings`. Time grows with the entries. */
export function treeNodes(bindings: Bindings): number {
  const top = topShiftOf(bindings);
  if (top === XA_HEAD_SHIFT) return 0;
  const last: number[] = [];
  let nodes = 0;
  const entriesIn = entriesByRange(bindings);
  for (let j = 0; j < bindings.bound; j++) {
    const { from, runs } = entriesIn(j);
    for (const { first, shift: leaf } of runs)
      for (let shift = leaf; shift <= top; shift += 6) {
        const node = Math.floor((from + first) / 2 ** (shift + 6));
        // Whoever shares this node shares all above it.
        if (last[shift] === node) break;
        last[shift] = node;
        nodes++;
      }
  }
  return nodes;
}

/** Bytes that the notifiers of `layout` take in the list, or their bindings in the xarray, beside the memslots. */
export function bytesKept(variant: VariantId, layout: Layout): number {
  const mode = LAST_MODES[variant];
  return mode === null ? layout.slots * NOTIFIER_BYTES : treeNodes(bindingsOf(layout, mode)) * XA_NODE_BYTES;
}
