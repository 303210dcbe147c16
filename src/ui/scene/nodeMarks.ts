// SPDX-License-Identifier: GPL-2.0-only
// One xa_node as a row of 64 cells: entries with their siblings, and the cells that lead to lower nodes.

import { type XaRow, type XaRowSlot, xaToPointer } from "../../engine/index.ts";
import { type Axis, CELL_WIDE, CELLS, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { hatchBox } from "./hatch.ts";
import { label, type Look, type Mark, textWidth } from "./mark.ts";
import { nameOf } from "./memslots.ts";
import { toldBy, wasNeeded } from "./told.ts";

/** The row of a node: where its frame begins and how high that is, in pixels. */
interface Place {
  readonly y: number;
  readonly height: number;
}

/** The marks of `row`, its name and the span of its cells included; `y` is the upper edge of its frame. */
export function nodeMarks(axis: Axis, frame: Frame, row: XaRow, y: number, height: number): Mark[] {
  const key = `node${row.id}`;
  const place = { y, height };
  const middle = y + height / 2;
  return [
    label(`shift ${row.shift}`, middle - 7, `label${row.id}`),
    { ...label(cellSpan(axis, row), middle + 7, `shift${row.id}`), look: "sublabel" },
    { shape: "rect", key, look: "node", x: -2, y, width: widthOf(axis) + 4, height, rx: 4 },
    ...row.slots.flatMap((slot) => slotMarks(axis, frame, slot, `${key}.${slot.offset}`, place)),
  ];
}

const UNITS = ["KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** `1 GiB a cell`: a cell stands for `2 ** shift` pages of 4 KiB. A narrow page has room for figures only. */
function cellSpan(axis: Axis, { shift }: XaRow): string {
  const power = shift + 2;
  const size = `${2 ** (power % 10)} ${UNITS[Math.floor(power / 10)]}`;
  return axis.cell < CELL_WIDE ? `${CELLS}×${size}` : `${size} a cell`;
}

/** The frame around the cell that a look-up goes through, or would go through. */
export const cellMark = (
  axis: Axis,
  cell: number,
  y: number,
  height: number,
  id: number,
  inWalk: boolean,
): Mark => ({
  ...{ shape: "rect", key: `looked${id}`, look: inWalk ? "lookup" : "onPath" },
  ...{ x: cell * axis.cell, y: y - 2, width: axis.cell, height: height + 4, rx: 2 },
});

function slotMarks(axis: Axis, frame: Frame, slot: XaRowSlot, key: string, place: Place): Mark[] {
  const x = slot.offset * axis.cell;
  const middle = x + axis.cell / 2;
  switch (slot.kind) {
    case "node": {
      const tip = place.y + place.height / 2 - 2;
      return [
        { shape: "rect", key, look: "child", ...box(axis, x, place, 1) },
        { shape: "path", key: `${key}down`, look: "dots", d: `M${middle - 2.5} ${tip}l2.5 4 2.5 -4` },
      ];
    }
    case "sibling":
      return [{ shape: "path", key, look: "dots", d: dot(middle, place) }];
    case "entry":
      return entryMarks(axis, frame, slot, key, place);
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
  { offset, entry, siblings }: Extract<XaRowSlot, { kind: "entry" }>,
  key: string,
  place: Place,
): Mark[] {
  const x = offset * axis.cell;
  const notifier = xaToPointer(entry);
  const call = toldBy(frame).calls.get(notifier);
  const state = call === undefined ? "notCalled" : wasNeeded(call) ? "needed" : "wasted";
  const looks = LOOKS[state];
  const size = box(axis, x, place, siblings + 1);
  const marks: Mark[] = [{ shape: "rect", key, look: looks.body, ...size }];
  if (state === "wasted") {
    const d = hatchBox(size.x, size.y, size.width, size.height, 6);
    marks.push({ shape: "path", key: `${key}hatch`, look: "hatch", d });
  }
  const name = nameOf(frame.world, notifier);
  const fits = textWidth(name) <= size.width + 1;
  if (fits) {
    const at = siblings === 0 ? ({ x: x + axis.cell / 2, anchor: "middle" } as const) : { x: x + 4 };
    marks.push({
      shape: "text",
      key: `${key}name`,
      look: looks.name,
      ...at,
      y: place.y + place.height / 2 + 4.5,
      text: name,
    });
  }
  const free = x + 8 + (fits ? textWidth(name) : 0);
  let dots = "";
  for (let k = 1; k <= siblings; k++) {
    const middle = x + (k + 0.5) * axis.cell;
    if (middle >= free) dots += dot(middle, place);
  }
  if (dots !== "" && state !== "wasted")
    marks.push({ shape: "path", key: `${key}dots`, look: looks.dots, d: dots });
  return marks;
}

/** The body of an entry or child that takes `cells` cells from `x` on, in the node at the given place. */
export const box = (axis: Axis, x: number, { y, height }: Place, cells: number) => {
  const inset = height < 20 ? 2 : 3;
  return { x: x + 1, y: y + inset, width: cells * axis.cell - 2, height: height - 2 * inset, rx: 1 };
};

const dot = (middle: number, { y, height }: Place) => `M${middle - 1} ${y + height / 2 - 1}h2v2h-2z`;
