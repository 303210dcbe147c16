// SPDX-License-Identifier: GPL-2.0-only
// The page axis with its figures, and the punched range that goes through all rows below.

import { type Axis, CELLS, clipped, widthOf, xOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { type Mark, pagesText, type Scene, textWidth } from "./mark.ts";
import { toldBy } from "./told.ts";

/** Of the row, and from its top to the figures, in pixels; the axis is on the last few. */
export const [HEIGHT, FIGURES] = [46, 18] as const;
const LINE = 42;

/** Columns between two figures. */
const EVERY = 8;

export function rulerScene(axis: Axis, frames: readonly Frame[]): Scene {
  const marks: Mark[] = [
    { shape: "text", key: "label", look: "label", x: -12, y: LINE - 8, text: "page offset", anchor: "end" },
    { shape: "path", key: "line", look: "axis", d: `M0 ${LINE}H${widthOf(axis)}${ticks(axis)}` },
  ];
  for (let column = 0; column <= CELLS; column += EVERY)
    if (hasRoom(axis, column))
      marks.push({
        ...{ shape: "text", key: `at${column}`, look: "figure", x: column * axis.cell, y: LINE - 8 },
        ...figureAt(axis, column),
      });
  const punches = new Map(
    frames.flatMap((frame) => punchedSpans(axis, frame)).map((span) => [`${span.start}-${span.end}`, span]),
  );
  for (const [key, { start, end }] of punches) marks.push(...bandName(axis, key, start, end));
  if (punches.size < 2) marks.push(...hint(axis, [...punches.values()][0] ?? null));
  const window = `Pages ${pagesText(axis.start, axis.end)} of file ${axis.file}.`;
  const holes = [...punches.values()].map(
    ({ start, end }) => `PUNCH_HOLE of ${end - start === 1 ? "page" : "pages"} ${pagesText(start, end)}.`,
  );
  return { height: HEIGHT, marks, says: [window, ...holes].join(" ") };
}

/** The punched ranges of the shown operation in the shown file, from the system calls that were entered. */
export const punchedSpans = (axis: Axis, frame: Frame) =>
  toldBy(frame).punches.filter((punch) => punch.file === axis.file && clipped(punch, axis) !== null);

/** The band behind a row of `height` pixels, one for each punched range. At least a hair wide. */
export function bands(axis: Axis, frame: Frame, height: number, y = 0): Mark[] {
  return punchedSpans(axis, frame).flatMap((punch, n): Mark[] => {
    const { x, width } = box(axis, punch);
    const key = `band${n}`;
    return [
      { shape: "rect", key, look: "band", x, y, width, height },
      { shape: "path", key: `${key}edge`, look: "bandEdge", d: edges(x, width, y, height) },
    ];
  });
}

const BAND_MIN = 2;

function box(axis: Axis, span: { start: number; end: number }): { x: number; width: number } {
  const { start, end } = clipped(span, axis) ?? span;
  const x = xOf(axis, start);
  return { x, width: Math.max(xOf(axis, end) - x, BAND_MIN) };
}

const edge = (x: number, y1: number, y2: number) => `M${x} ${y1}v${y2 - y1}`;

const edges = (x: number, width: number, y: number, height: number) =>
  edge(x, y, y + height) + edge(x + width, y, y + height);

/** Whether a line at `x` would go through a figure of the axis. */
function isAtFigure(axis: Axis, x: number): boolean {
  const column = Math.round(x / axis.cell / EVERY) * EVERY;
  if (!hasRoom(axis, column)) return false;
  const { text, anchor } = figureAt(axis, column);
  const width = textWidth(text);
  const from = column * axis.cell - { start: 0, middle: width / 2, end: width }[anchor];
  return from - 2 < x && x < from + width + 2;
}

function bandName(axis: Axis, key: string, start: number, end: number): Mark[] {
  const { x, width } = box(axis, { start, end });
  const text = `PUNCH_HOLE ${end - start === 1 ? "page" : "pages"} ${pagesText(start, end)}`;
  const half = (textWidth(text) * 1.1) / 2;
  const middle = Math.min(Math.max(x + width / 2, half), widthOf(axis) - half);
  const top = FIGURES;
  return [
    { shape: "rect", key: `band${key}`, look: "band", x, y: top, width, height: HEIGHT - top },
    {
      ...{ shape: "path", key: `edge${key}`, look: "bandEdge" },
      d: [x, x + width].map((at) => edge(at, isAtFigure(axis, at) ? LINE - 5 : top, HEIGHT)).join(""),
    },
    { shape: "text", key: `name${key}`, look: "bandText", x: middle, y: 13, text, anchor: "middle" },
  ];
}

/** What the pointer can do with the pages, beside the name of the punch or where that would stand. */
function hint(axis: Axis, punch: { start: number; end: number } | null): Mark[] {
  if (punch === null) {
    const text = "drag over the file pages to punch a hole";
    return [{ shape: "text", key: "hint", look: "note", x: 0, y: 13, text }];
  }
  const text = "drag an edge to change it";
  const [, , name] = bandName(axis, "", punch.start, punch.end);
  if (name?.shape !== "text") return [];
  const x = name.x + (textWidth(name.text) * 1.1) / 2 + 8;
  return x + textWidth(text) <= widthOf(axis)
    ? [{ shape: "text", key: "hint", look: "note", x, y: 13, text }]
    : [];
}

const ticks = (axis: Axis): string => {
  let d = "";
  for (let column = 0; column <= CELLS; column += EVERY) d += `M${column * axis.cell} ${LINE}v-5`;
  return d;
};

/** Beside the figures at the ends, which stand within the strip, the next one may have no room. */
const hasRoom = (axis: Axis, column: number): boolean => {
  const isNext = column === EVERY || column === CELLS - EVERY;
  const width = textWidth((axis.end - axis.perCell).toLocaleString("en-GB"));
  return !isNext || 1.5 * width + 6 <= EVERY * axis.cell;
};

/** Long figures at either end stay within the strip: what is beside it belongs to others. */
const figureAt = (axis: Axis, column: number) => {
  const text = (axis.start + column * axis.perCell).toLocaleString("en-GB");
  const isLong = text.length > 2;
  return {
    text,
    anchor: isLong && column === 0 ? "start" : isLong && column === CELLS ? "end" : "middle",
  } as const;
};
