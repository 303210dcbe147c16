// SPDX-License-Identifier: GPL-2.0-only
// The page axis that every row shares: which pages of which file stand in the 64 columns.

import { filePages } from "./filePages.ts";
import { aboutOf, type PageSpan } from "./about.ts";
import type { Frame } from "./frame.ts";
import { memslotsMayDiffer } from "./ownMemslots.ts";

/** Columns of the strip: as many as an xa_node has slots, so that a node can stand under its pages. */
export const CELLS = 64;

/** Files up to this size are shown whole: a column is at most 16 pages then. */
const WHOLE_MAX = 1024;

/** The width of a column on a page of the usual size; narrower ones come with a narrower gutter for the names. */
export const CELL_WIDE = 14;

/** How much of a node's range a window must be about for the node's range to be taken as the window. */
const NODE_SHARE = 1 / 8;

export interface Axis {
  readonly file: string;
  /** Pages [start, end) of the file; a power of two of them, at least one to a column. */
  readonly start: number;
  readonly end: number;
  /** Pages in a column. */
  readonly perCell: number;
  /** Width of a column in whole pixels, or the edges of the marks would blur. */
  readonly cell: number;
  /** The file's size in pages; the window may reach beyond it. */
  readonly filePages: number;
  /** A page that the operation is about: where the window zooms to. */
  readonly focus: number;
  /** Memslots change while the tasks run or differ from the start: each design then has a row of its own. */
  readonly memslots: "shared" | "own";
}

/**
 * The window that suits the operation shown, `zoom` times 64 nearer or, below 0, farther. It depends on the
 * operation and not on the step, so nothing moves while an operation is stepped through. `file` null leaves the
 * choice to the operation.
 */
export function axisFor(frames: readonly Frame[], zoom = 0, file: string | null = null): Axis {
  const about = aboutOf(frames, file);
  const scenario = frames[0]?.play.scenario;
  const pages = scenario === undefined ? 1 : Math.max(1, filePages(scenario, about.file));
  const chosen = chosenWindow(about.span, pages);
  const window = zoom === 0 ? chosen : zoomed(chosen, about.focus, zoom, pages);
  return {
    file: about.file,
    ...window,
    perCell: (window.end - window.start) / CELLS,
    cell: CELL_WIDE,
    filePages: pages,
    focus: about.focus,
    memslots: memslotsMayDiffer(frames) ? "own" : "shared",
  };
}

/** Pixels from the left edge of the strip to the left edge of `page`; outside of the window where the page is. */
export const xOf = (axis: Axis, page: number): number => ((page - axis.start) / axis.perCell) * axis.cell;

/** The strip's width in pixels. */
export const widthOf = (axis: Axis): number => CELLS * axis.cell;

/** The part of pages [start, end) that the window shows, or null. */
export function clipped({ start, end }: PageSpan, axis: Axis): PageSpan | null {
  const span = { start: Math.max(start, axis.start), end: Math.min(end, axis.end) };
  return span.start < span.end ? span : null;
}

const powerOfTwoFrom = (pages: number): number => {
  let size = CELLS;
  while (size < pages) size *= 2;
  return size;
};

const wholeFile = (filePages: number): PageSpan => ({ start: 0, end: powerOfTwoFrom(filePages) });

function chosenWindow(span: PageSpan, filePages: number): PageSpan {
  if (filePages <= WHOLE_MAX) return wholeFile(filePages);
  const smallest = windowAround(span, filePages);
  const size = smallest.end - smallest.start;
  let node = CELLS;
  while (node < size) node *= CELLS;
  const fills = (span.end - span.start) / node >= NODE_SHARE && node <= filePages;
  const start = Math.floor(span.start / node) * node;
  return fills && span.end <= start + node ? { start, end: start + node } : smallest;
}

/** The smallest window that holds `span`: aligned to its own size, or to half of it where the span lies across. */
function windowAround(span: PageSpan, filePages: number): PageSpan {
  const whole = wholeFile(filePages);
  for (let size = CELLS; size < whole.end; size *= 2) {
    for (const step of [size, size / 2]) {
      const start = Math.floor(span.start / step) * step;
      if (span.end <= start + size) return { start, end: start + size };
    }
  }
  return whole;
}

function zoomed({ start, end }: PageSpan, focus: number, zoom: number, filePages: number): PageSpan {
  const size = (end - start) / CELLS ** zoom;
  if (size >= filePages) return wholeFile(filePages);
  const pages = Math.max(size, CELLS);
  const first = Math.floor(focus / pages) * pages;
  // A page near the edge of its window is shown with what lies on its other side.
  const [near, far] = [first + pages / 4, first + (3 * pages) / 4];
  const shift = focus < near && first > 0 ? -pages / 2 : focus >= far ? pages / 2 : 0;
  return { start: first + shift, end: first + shift + pages };
}
