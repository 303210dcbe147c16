// SPDX-License-Identifier: GPL-2.0-only
// The cells of a long list onto a canvas: all of them at first, and from then on those that have changed.

import { CELL_STATES, type CellState, type RasterCells } from "../../scene/rasterCells.ts";
import type { RasterGrid } from "../../scene/rasterScene.ts";

/** What a canvas shows now. */
export interface Painted {
  readonly cells: RasterCells;
  readonly grid: RasterGrid;
  /** What it was painted with: pixels of the screen to one of the page, and the colours. */
  readonly look: string;
  /** So many of `cells.changed` are painted. */
  readonly done: number;
}

export type Colours = Readonly<Record<CellState, string>>;

/** What is used of a canvas. */
export type Pen = Pick<CanvasRenderingContext2D, "fillStyle" | "fillRect" | "clearRect">;

/**
 * Paints what differs from `before`, or everything where that was painted for another list, grid or look. `ratio` is
 * how many pixels of the canvas make one of the page.
 */
export function paintCells(
  pen: Pen,
  cells: RasterCells,
  grid: RasterGrid,
  ratio: number,
  colours: Colours,
  before: Painted | null,
): Painted {
  const look = JSON.stringify([ratio, colours]);
  const done = cells.changed.length;
  const goesOn =
    before !== null && before.cells === cells && before.look === look && sameGrid(before.grid, grid);
  if (goesOn)
    for (let k = before.done; k < done; k++) paintRun(pen, cells, grid, ratio, colours, cells.changed[k]!, 1);
  else {
    pen.clearRect(0, 0, grid.columns * grid.cell * ratio + 1, grid.rows * grid.cell * ratio + 1);
    eachRun(cells.states, grid.columns, (place, count) =>
      paintRun(pen, cells, grid, ratio, colours, place, count),
    );
  }
  return { cells, grid, look, done };
}

const sameGrid = (a: RasterGrid, b: RasterGrid) =>
  a.cell === b.cell && a.columns === b.columns && a.rows === b.rows;

/** Neighbours of one state in one row. */
function eachRun(states: Uint8Array, columns: number, paint: (place: number, count: number) => void): void {
  for (let from = 0; from < states.length; ) {
    const rowEnd = Math.min((Math.floor(from / columns) + 1) * columns, states.length);
    let to = from + 1;
    while (to < rowEnd && states[to] === states[from]) to++;
    paint(from, to - from);
    from = to;
  }
}

/** `count` cells from `place` on, in one row and of one state. Edges lie on whole pixels of the screen. */
function paintRun(
  pen: Pen,
  { states }: RasterCells,
  { cell, columns }: RasterGrid,
  ratio: number,
  colours: Colours,
  place: number,
  count: number,
): void {
  const gap = cell > 2 ? 1 : 0;
  const [column, row] = [place % columns, Math.floor(place / columns)];
  const edge = (cells: number) => Math.round(cells * cell * ratio);
  const thin = Math.round(gap * ratio);
  const state = CELL_STATES[states[place]!]!;
  const full = edge(row + 1) - edge(row) - thin;
  // What this walk has not come to is low: wasted and not called differ in shape too.
  const height = state === "ahead" || state === "earlier" ? Math.max(1, Math.round(full / 2)) : full;
  const y = edge(row) + full - height;
  pen.clearRect(edge(column), edge(row), edge(column + count) - edge(column), full);
  pen.fillStyle = colours[state];
  if (thin === 0) pen.fillRect(edge(column), y, edge(column + count) - edge(column), height);
  else
    for (let k = column; k < column + count; k++)
      pen.fillRect(edge(k), y, edge(k + 1) - edge(k) - thin, height);
}
