// SPDX-License-Identifier: GPL-2.0-only
// What is in the xa_nodes that are drawn: entries, which are memslots, and cells that lead to lower nodes.

import { type Restrictedmem, XA_NULL, type XaRow, xaToPointer } from "../../engine/index.ts";
import { type Axis, CELLS } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { box } from "./nodeMarks.ts";
import { objectName } from "./object.ts";
import type { Box, Placed } from "./objectBox.ts";
import { slotName } from "./objectSlots.ts";
import { drawnNodes, headBox } from "./treeScene.ts";

type Bindings = Extract<Restrictedmem, { keeps: "xarray" }>;

/** Node by node from the top down, each from left to right. */
export function treeObjects(axis: Axis, frame: Frame, { bindings }: Bindings): Placed[] {
  const nodes = drawnNodes(axis, frame, bindings);
  if (nodes.length === 0 && bindings.head !== XA_NULL) {
    const memslot = frame.world.memslots[xaToPointer(bindings.head)];
    return memslot === undefined ? [] : [{ name: slotName(memslot), ...headBox(axis) }];
  }
  return nodes.flatMap(({ row, ...place }) =>
    row.slots.flatMap((slot): Placed[] => {
      if (slot.kind === "sibling") return [];
      if (slot.kind === "node") {
        const first = row.base + slot.offset * 2 ** row.shift;
        const cell = { kind: "cell", file: axis.file, shift: row.shift, first } as const;
        return [{ name: objectName(cell), ...cellsBox(axis, slot.offset, 1, place) }];
      }
      const memslot = frame.world.memslots[xaToPointer(slot.entry)];
      const cells = slot.siblings + 1;
      return memslot === undefined
        ? []
        : [{ name: slotName(memslot), ...cellsBox(axis, slot.offset, cells, place) }];
    }),
  );
}

/** The cell of `page` in a node of shift 0 that is drawn, where a cell is a page. */
export const pageCells = (axis: Axis, frame: Frame, { bindings }: Bindings, page: number): Box[] =>
  drawnNodes(axis, frame, bindings).flatMap(({ row, ...place }) => {
    const offset = page - row.base;
    const isHere = row.shift === 0 && offset >= 0 && offset < CELLS;
    return isHere ? [cellsBox(axis, offset, 1, place)] : [];
  });

/** Pages [start, end) under `cells` cells of `node` from cell `offset` on. */
export const pagesUnder = ({ base, shift }: XaRow, offset: number, cells = 1) => ({
  start: base + offset * 2 ** shift,
  end: base + (offset + cells) * 2 ** shift,
});

function cellsBox(axis: Axis, offset: number, cells: number, place: { y: number; height: number }): Box {
  const { x, y, width, height } = box(axis, offset * axis.cell, place, cells);
  return { x, y, width, height };
}
