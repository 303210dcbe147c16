// SPDX-License-Identifier: GPL-2.0-only
// Which rows are in the page. The scroll bar counts rows, not pixels: whatever it says is the first row, and the
// rows below it take the height that their text needs. So the rows that are not in the page need no height.

/** What one row is to the scroll bar, in pixels; the height of a row whose sentence fits on one line. */
export const ROW = 22;

/** So many rows are in the page at once, more than a log is ever high. */
export const ROWS = 40;

/** So many rows before the one that matters are looked at for a place above it. */
const BEFORE = 12;

/** So much of the log's height, from its top, may lie above the row that matters: the rest is what comes next. */
const ABOVE = 0.55;

/** With the last rows two lines each, so many of them fill a log. */
const LAST = 4;

/** The last row that may stand at the top. */
export const topMax = (count: number): number => Math.max(0, count - LAST);

/** The first row to lay out, that the heights above `row` can be measured. */
export const topBefore = (row: number): number => Math.max(0, row - BEFORE);

/**
 * How many of the rows laid out have to go from the top to bring rows [at, until) of them to their place: as many
 * as leave the first in the upper part of the log and the last in it, or fewer where all down to the very last
 * row of the log fits.
 *
 * `heights` in pixels from the first row laid out; `ends`: the last of them is the last of all.
 */
export function rowsToDrop(
  heights: readonly number[],
  [at, until]: readonly [number, number],
  ends: boolean,
  height: number,
): number {
  const drop = (end: number, room: number) => {
    let taken = 0;
    let first = end;
    while (first > 0 && taken + (heights[first - 1] as number) <= room) taken += heights[--first] as number;
    return first;
  };
  const place = Math.min(at, Math.max(drop(at, height * ABOVE), drop(until, height)));
  return ends ? Math.min(place, drop(heights.length, height)) : place;
}

/** Which row the keys move to from `active`; null for a key that means nothing here. */
export function rowForKey(key: string, active: number, count: number): number | null {
  const to = { ArrowUp: -1, ArrowDown: 1, PageUp: -8, PageDown: 8, Home: -count, End: count }[key];
  return to === undefined ? null : Math.max(0, Math.min(active + to, count - 1));
}
