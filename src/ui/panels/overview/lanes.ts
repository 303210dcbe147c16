// SPDX-License-Identifier: GPL-2.0-only
// The overview as shapes: where each punch lies in time and in the files, and the calls so far of each design.

import { bisectLeft, bisectRight } from "../../scene/bisect.ts";
import type { CaptureView, Costs } from "../../worker/protocol.ts";
import { positionsOf, type Span } from "./span.ts";

/** A stretch of one column of pixels that some punch covers. */
export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Files one under the other, each as high as its share of all pages. */
export function filesOver(
  { files }: CaptureView,
  height: number,
): { name: string; top: number; height: number }[] {
  const all = Math.max(
    1,
    files.reduce((sum, { pages }) => sum + pages, 0),
  );
  let before = 0;
  return files.map(({ name, pages }) => {
    const top = (before / all) * height;
    before += pages;
    return { name, top, height: (pages / all) * height };
  });
}

/** The least height of a bar: a page of a gigabyte would not be seen. */
const LEAST = 2;

/**
 * What the punches in `span` cover of an area of `width` by `height` pixels: in each column of pixels the stretches of
 * pages that any of them is about.
 */
export function punchBars(view: CaptureView, span: Span, width: number, height: number): Bar[] {
  const { kind, file, start, end } = view.columns;
  const positions = positionsOf(view.columns);
  const tops = filesOver(view, height);
  const bars: Bar[] = [];
  const rows = new Uint8Array(height);
  let column = -1;
  const flush = () => {
    for (let y = 0; y < height; y++) {
      if (rows[y] === 0) continue;
      const from = y;
      while (y < height && rows[y] === 1) y++;
      bars.push({ x: column, y: from, height: y - from });
    }
    rows.fill(0);
  };
  const past = bisectLeft(positions, span.end);
  for (let k = bisectLeft(positions, span.start); k < past; k++) {
    if (kind[k] !== 0) continue;
    const x = Math.floor((((positions[k] as number) - span.start) / (span.end - span.start)) * width);
    if (x !== column) {
      flush();
      column = x;
    }
    const own = tops[file[k] as number];
    const pages = view.files[file[k] as number]?.pages ?? 0;
    if (own === undefined || pages === 0) continue;
    const from = Math.floor(own.top + ((start[k] as number) / pages) * own.height);
    const to = Math.ceil(own.top + (Math.min(end[k] as number, pages) / pages) * own.height);
    rows.fill(1, Math.min(from, height - LEAST), Math.max(from + LEAST, Math.min(to, height)));
  }
  flush();
  return bars;
}

/** The line of `costs`' calls so far across `width` pixels, `most` calls being `height` high; as an SVG path. */
export function callsLine(
  view: CaptureView,
  costs: Costs,
  span: Span,
  { width, height, most }: { width: number; height: number; most: number },
): string {
  const positions = positionsOf(view.columns);
  const points: string[] = [];
  let last = -1;
  for (let x = 0; x <= width; x++) {
    const at = span.start + (x / width) * (span.end - span.start);
    const calls = costs.callsBefore[bisectRight(positions, at)] as number;
    const y = Math.round((height - (calls / Math.max(1, most)) * height) * 10) / 10;
    if (y === last && x < width) continue;
    points.push(last < 0 ? `M${x} ${y}` : `H${x}V${y}`);
    last = y;
  }
  return points.join("");
}

/** The columns of pixels in which some memslot is created or deleted, ascending. */
export function slotTicks(view: CaptureView, span: Span, width: number): number[] {
  const { kind } = view.columns;
  const positions = positionsOf(view.columns);
  const ticks = new Set<number>();
  const past = bisectLeft(positions, span.end);
  for (let k = bisectLeft(positions, span.start); k < past; k++)
    if (kind[k] === 1 || kind[k] === 2)
      ticks.add(Math.floor((((positions[k] as number) - span.start) / (span.end - span.start)) * width));
  return [...ticks];
}
