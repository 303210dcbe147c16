// SPDX-License-Identifier: GPL-2.0-only
// What there is to say of a cell that leads from an xa_node to a lower one.

import { type XaTreeNode, xaTree } from "../../engine/index.ts";
import { CELLS } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { pagesText } from "./mark.ts";
import { pagesUnder } from "./objectTree.ts";

/** `Cell 4 of the xa_node of shift 18 leads to the xa_node of shift 12: pages 1,048,576–1,310,719.` */
export function cellFact({ world }: Frame, name: string, shift: number, first: number): string | null {
  const file = world.files[name];
  if (file?.keeps !== "xarray") return null;
  const tree = xaTree(file.bindings);
  const node = tree === null || typeof tree === "number" ? null : nodeOver(tree, shift, first);
  if (node === null) return null;
  const offset = Math.floor((first - node.base) / 2 ** shift);
  const { start, end } = pagesUnder(node, offset);
  const slot = node.slots.find((own) => own.kind === "node" && own.offset === offset);
  const leads =
    slot?.kind === "node" ? `leads to the xa_node of shift ${slot.node.shift}` : "leads nowhere now";
  return `Cell ${offset} of the xa_node of shift ${shift} ${leads}: pages ${pagesText(start, end)}.`;
}

/** The node of `shift` that has index `first` under it. */
function nodeOver(tree: XaTreeNode, shift: number, first: number): XaTreeNode | null {
  let node = tree;
  while (node.shift > shift) {
    const offset = Math.floor((first - node.base) / 2 ** node.shift);
    const slot = node.slots.find((own) => own.kind === "node" && own.offset === offset);
    if (slot?.kind !== "node") return null;
    node = slot.node;
  }
  const isUnder = first >= node.base && first < node.base + CELLS * 2 ** node.shift;
  return node.shift === shift && isUnder ? node : null;
}
