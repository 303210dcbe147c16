// SPDX-License-Identifier: GPL-2.0-only
// What is in the xa_nodes that are drawn: entries, which are memslots, and cells that lead to lower nodes.

import { type Restrictedmem, type XaTreeNode, xaToPointer, xaTree } from "../../engine/index.ts";
import { type Axis, CELLS } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { box } from "./nodeMarks.ts";
import { objectName } from "./object.ts";
import type { Box, Placed } from "./objectBox.ts";
import { slotName } from "./objectSlots.ts";
import { headBox, nodeTop, shownPath } from "./treeScene.ts";

type Bindings = Extract<Restrictedmem, { keeps: "xarray" }>;

/** Node by node from the top down, each from left to right. */
export function treeObjects(axis: Axis, frame: Frame, file: Bindings): Placed[] {
  const tree = xaTree(file.bindings);
  if (tree === null) return [];
  if (typeof tree === "number") {
    const memslot = frame.world.memslots[xaToPointer(tree)];
    return memslot === undefined ? [] : [{ name: slotName(memslot), ...headBox(axis) }];
  }
  return shownPath(axis, frame, tree).path.flatMap((node, depth) =>
    node.slots.flatMap((slot): Placed[] => {
      if (slot.kind === "sibling") return [];
      const place = (cells: number) => cellsBox(axis, slot.offset, cells, nodeTop(depth));
      if (slot.kind === "node") {
        const cell = { kind: "cell", file: axis.file, shift: node.shift, first: slot.node.base } as const;
        return [{ name: objectName(cell), ...place(1) }];
      }
      const memslot = frame.world.memslots[xaToPointer(slot.entry)];
      return memslot === undefined ? [] : [{ name: slotName(memslot), ...place(slot.siblings + 1) }];
    }),
  );
}

/** The cell of `page` in a node of shift 0 that is drawn, where a cell is a page. */
export function pageCells(axis: Axis, frame: Frame, file: Bindings, page: number): Box[] {
  const tree = xaTree(file.bindings);
  if (tree === null || typeof tree === "number") return [];
  return shownPath(axis, frame, tree).path.flatMap((node, depth) => {
    const offset = page - node.base;
    const isHere = node.shift === 0 && offset >= 0 && offset < CELLS;
    return isHere ? [cellsBox(axis, offset, 1, nodeTop(depth))] : [];
  });
}

/** Pages [start, end) under `cells` cells of `node` from cell `offset` on. */
export const pagesUnder = ({ base, shift }: XaTreeNode, offset: number, cells = 1) => ({
  start: base + offset * 2 ** shift,
  end: base + (offset + cells) * 2 ** shift,
});

const cellsBox = (axis: Axis, offset: number, cells: number, top: number): Box => {
  const { x, y, width, height } = box(axis, offset * axis.cell, top, cells);
  return { x, y, width, height };
};
