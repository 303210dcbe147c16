// SPDX-License-Identifier: GPL-2.0-only
// One xa_node as a row of 64 cells: entries with their siblings, and the cells that lead to lower nodes.

import { type XaTreeNode, type XaTreeSlot, xaToPointer } from "../../engine/index.ts";
import { type Axis, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { hatchBox } from "./hatch.ts";
import { label, type Look, type Mark, textWidth } from "./mark.ts";
import { nameOf } from "./memslots.ts";
import { toldBy, wasNeeded } from "./told.ts";

/** Height of the row in pixels. */
export const NODE = 28;

const MIDDLE = NODE / 2;

/** The marks of `node`, its name included; `y` is the upper edge of its frame. */
export function nodeMarks(axis: Axis, frame: Frame, node: XaTreeNode, y: number): Mark[] {
  const key = `node${node.id}`;
  return [
    label("xa_node", y + MIDDLE - 7, `label${node.id}`),
    { ...label(`shift ${node.shift}`, y + MIDDLE + 8, `shift${node.id}`), look: "sublabel" },
    { shape: "rect", key, look: "node", x: -2, y, width: widthOf(axis) + 4, height: NODE, rx: 4 },
    ...node.slots.flatMap((slot) => slotMarks(axis, frame, slot, `${key}.${slot.offset}`, y)),
  ];
}

function slotMarks(axis: Axis, frame: Frame, slot: XaTreeSlot, key: string, y: number): Mark[] {
  const x = slot.offset * axis.cell;
  const middle = x + axis.cell / 2;
  switch (slot.kind) {
    case "node":
      return [
        { shape: "rect", key, look: "child", ...box(axis, x, y, 1) },
        { shape: "path", key: `${key}down`, look: "dots", d: `M${middle - 2.5} ${y + 12}l2.5 4 2.5 -4` },
      ];
    case "sibling":
      return [{ shape: "path", key, look: "dots", d: dot(middle, y) }];
    case "entry":
      return entryMarks(axis, frame, slot, key, y);
  }
}

const LOOKS = {
  needed: { body: "needed", name: "numberOn", dots: "dotsOn" },
  wasted: { body: "entry", name: "number", dots: "dots" },
  notCalled: { body: "entry", name: "entryName", dots: "dots" },
} as const satisfies Record<string, Record<string, Look>>;

/** The memslot's number in the canonical slot, a dot for each sibling; filled or hatched once it was called. */
function entryMarks(
  axis: Axis,
  frame: Frame,
  { offset, entry, siblings }: Extract<XaTreeSlot, { kind: "entry" }>,
  key: string,
  y: number,
): Mark[] {
  const x = offset * axis.cell;
  const notifier = xaToPointer(entry);
  const call = toldBy(frame).calls.get(notifier);
  const state = call === undefined ? "notCalled" : wasNeeded(call) ? "needed" : "wasted";
  const looks = LOOKS[state];
  const size = box(axis, x, y, siblings + 1);
  const marks: Mark[] = [{ shape: "rect", key, look: looks.body, ...size }];
  if (state === "wasted") {
    const d = hatchBox(size.x, size.y, size.width, size.height, 6);
    marks.push({ shape: "path", key: `${key}hatch`, look: "hatch", d });
  }
  const name = nameOf(frame.world, notifier);
  const fits = textWidth(name) <= size.width + 1;
  if (fits) {
    const place = siblings === 0 ? ({ x: x + axis.cell / 2, anchor: "middle" } as const) : { x: x + 4 };
    marks.push({
      shape: "text",
      key: `${key}name`,
      look: looks.name,
      ...place,
      y: y + MIDDLE + 4.5,
      text: name,
    });
  }
  const free = x + 8 + (fits ? textWidth(name) : 0);
  let dots = "";
  for (let k = 1; k <= siblings; k++) {
    const middle = x + (k + 0.5) * axis.cell;
    if (middle >= free) dots += dot(middle, y);
  }
  if (dots !== "" && state !== "wasted")
    marks.push({ shape: "path", key: `${key}dots`, look: looks.dots, d: dots });
  return marks;
}

/** The body of an entry or child that takes `cells` cells from `x` on, in the node whose upper edge is `y`. */
export const box = (axis: Axis, x: number, y: number, cells: number) => ({
  ...{ x: x + 1, y: y + 3, width: cells * axis.cell - 2, height: NODE - 6, rx: 1 },
});

const dot = (middle: number, y: number) => `M${middle - 1} ${y + MIDDLE - 1}h2v2h-2z`;
