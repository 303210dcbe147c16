// SPDX-License-Identifier: GPL-2.0-only
// Giving nodes back: those that became empty, those above an only child, and whole subtrees.
//
// Models    xas_shrink(), xas_delete_node(), xas_free_nodes(), xa_destroy()
// Left out  the retry entries left in freed nodes; nobody here reads without a lock

import { type NodeId, XA_CHUNK_SIZE, XA_NULL, xaIsNode, xaToNode } from "./entry.ts";
import { NO_NODE, setSlot, type Xarray, xaNodeFree, xaSlot } from "./pool.ts";

/** Empties the array. Context: whatever protects the array is held for writing. */
export function xaDestroy(xa: Xarray): void {
  const { head } = xa;
  xa.head = XA_NULL;
  if (xaIsNode(head)) xasFreeNodes(xa, xaToNode(head));
}

/** Frees `from` if nothing is in it, then its parent if that made it empty, and so on; then lowers the tree. */
export function xasDeleteNode(xa: Xarray, from: NodeId): void {
  let node = from;
  while (xa.count[node] === 0) {
    const parent = xa.parent[node]!;
    const offset = xa.offset[node]!;
    xaNodeFree(xa, node);
    setSlot(xa, parent, offset, XA_NULL);
    if (parent === NO_NODE) return;
    xa.count[parent] = xa.count[parent]! - 1;
    node = parent;
  }
  if (xa.parent[node] === NO_NODE) xasShrink(xa, node);
}

/** Frees `top`, which is out of the tree already, and every node under it. */
export function xasFreeNodes(xa: Xarray, top: NodeId): void {
  if (xa.shift[top]! > 0) {
    for (let offset = 0; offset < XA_CHUNK_SIZE; offset++) {
      const entry = xaSlot(xa, top, offset);
      if (xaIsNode(entry)) xasFreeNodes(xa, xaToNode(entry));
    }
  }
  xaNodeFree(xa, top);
}

/** Takes the top node away while all it holds is its slot 0, and that is a node or stands for index 0 alone. */
function xasShrink(xa: Xarray, top: NodeId): void {
  let node = top;
  while (xa.count[node] === 1) {
    const entry = xaSlot(xa, node, 0);
    if (entry === XA_NULL) return;
    // In the head it would stand for one index; under this node it stands for many.
    if (!xaIsNode(entry) && xa.shift[node]! > 0) return;
    xa.head = entry;
    xaNodeFree(xa, node);
    if (!xaIsNode(entry)) return;
    node = xaToNode(entry);
    xa.parent[node] = NO_NODE;
  }
}
