// SPDX-License-Identifier: GPL-2.0-only
// Where objects stand in a row of the strip.

import { type Axis, CELLS, widthOf, xOf } from "./axis.ts";
import { objectName } from "./object.ts";

/** Pixels; 0,0 is the upper left corner of the row's strip. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An object of a row, by its name. */
export interface Placed extends Box {
  readonly name: string;
}

/** Where a lit object shows. `is`: this is the object; `spans`: these are its pages, or the gfns that it covers. */
export interface Lit extends Box {
  readonly how: "is" | "spans";
}

/** Column `column` as an object. */
export const columnAt = (axis: Axis, column: number, y: number, height: number): Placed => ({
  ...{ name: columnName(axis, column), x: column * axis.cell, y, width: axis.cell, height },
});

/** Pages [start, end) of the window, from `y` down: at least a pixel wide, and never beside the strip. */
export function spanBox(axis: Axis, start: number, end: number, y: number, height: number): Box {
  const x = Math.min(Math.max(xOf(axis, start), 0), widthOf(axis) - 1);
  const right = Math.min(xOf(axis, end), widthOf(axis));
  return { x, y, width: Math.max(right - x, 1), height };
}

/** The whole columns that pages [start, end) touch, or null where the window shows none of them. */
export function columnsBox(axis: Axis, start: number, end: number, y: number, height: number): Box | null {
  const first = Math.max(0, Math.floor((start - axis.start) / axis.perCell));
  const last = Math.min(CELLS, Math.ceil((end - axis.start) / axis.perCell));
  return first < last ? { x: first * axis.cell, y, width: (last - first) * axis.cell, height } : null;
}

/** What a column of the axis stands for, by name: a page, or the pages of it that the file has. */
export function columnName({ file, start, perCell, filePages }: Axis, column: number): string {
  const first = start + column * perCell;
  const last = Math.max(first, Math.min(first + perCell, filePages) - 1);
  return objectName(
    first === last ? { kind: "page", file, page: first } : { kind: "pages", file, first, last },
  );
}
