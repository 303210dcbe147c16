// SPDX-License-Identifier: GPL-2.0-only
// A long list: one cell a notifier, row by row in list order, as far as the walk that is shown has come. The cells are
// painted on a canvas; what stands on and beside them are marks like any others.

import { type Axis, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { latestWalk } from "./listScene.ts";
import { counted, label, type Look, type Mark, type Scene } from "./mark.ts";
import { type RasterCells, rasterCells } from "./rasterCells.ts";
import { currentOf, type Walk } from "./told.ts";

const NOTE = 22;

/** The raster may be this high before its cells shrink. */
const HEIGHT_MAX = 60;

/** Where the cells lie; cell `k` is in column `k % columns` of row `floor(k / columns)`. Pixels. */
export interface RasterGrid {
  readonly top: number;
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
}

export interface RasterScene extends Scene {
  readonly grid: RasterGrid;
  readonly cells: RasterCells;
  /** The place that the shown walk is at; null before the first call and after the last. */
  readonly at: number | null;
}

/** The list of the shown file, however long it is. */
export function rasterScene(axis: Axis, frame: Frame): RasterScene {
  const cells = rasterCells(axis.file, frame);
  const walk = latestWalk(frame, axis.file);
  const grid = gridOf(cells.notifiers.length, widthOf(axis));
  const high = grid.rows * grid.cell;
  const height = grid.top + high + NOTE;
  const at = cells.placeOf.get(currentOf(walk, frame) ?? -1) ?? null;
  const says = sentence(cells.notifiers.length, cells.needed.length, walk);
  const marks: Mark[] = [label("notifiers", grid.top + Math.min(high, 20) / 2)];
  if (cells.needed.length <= RINGS_MAX)
    for (const place of cells.needed) marks.push(ring(`ring${place}`, "ring", place, grid));
  if (at !== null) marks.push(ring("current", "current", at, grid));
  marks.push({ shape: "text", key: "note", look: "note", x: 0, y: height - 4, text: says });
  return { height, marks, says, grid, cells, at };
}

/** More needed cells than this are seen without a ring. */
const RINGS_MAX = 16;

/** The largest whole pixel at which all cells fit; each has a gap of one where that leaves two. */
export function gridOf(count: number, width: number): RasterGrid {
  const of = (cell: number) => {
    const columns = Math.floor(width / cell);
    return { top: 6, cell, columns, rows: Math.ceil(count / columns) };
  };
  for (let cell = 10; cell > 1; cell--) if (of(cell).rows * cell <= HEIGHT_MAX) return of(cell);
  return of(1);
}

/** The place under a point of the strip; null beside the cells. */
export function placeAt(
  { top, cell, columns }: RasterGrid,
  count: number,
  x: number,
  y: number,
): number | null {
  const [column, row] = [Math.floor(x / cell), Math.floor((y - top) / cell)];
  const place = row * columns + column;
  return column < 0 || column >= columns || row < 0 || place >= count ? null : place;
}

/** The middle of a cell. */
export const middleOf = ({ top, cell, columns }: RasterGrid, place: number): { x: number; y: number } => ({
  x: ((place % columns) + 0.5) * cell,
  y: top + (Math.floor(place / columns) + 0.5) * cell,
});

function ring(key: string, look: Look, place: number, grid: RasterGrid): Mark {
  const { x, y } = middleOf(grid, place);
  return { shape: "circle", key, look, r: Math.max(5, grid.cell), cx: x, cy: y };
}

function sentence(notifiers: number, needed: number, walk: Walk | null): string {
  const all = notifiers.toLocaleString("en-GB");
  if (walk === null) return `One cell a notifier, in list order: ${all}. No walk has begun.`;
  const done = walk.came.size.toLocaleString("en-GB");
  const which = walk.edge === "start" ? "Start walk" : "End walk";
  return `${which}, one cell a notifier in list order: it has come to ${done} of ${all}; ${needed === 0 ? "no memslot" : counted(needed, "memslot")} needed the call.`;
}
