// SPDX-License-Identifier: GPL-2.0-only
// The pages that a viewer is about to punch, from where the pointer was pressed to where it is. Whole pages where
// a column is a page, else whole columns; within one column as many pages of it as the pointer has crossed.

import type { PageSpan } from "./about.ts";
import { type Axis, widthOf, xOf } from "./axis.ts";

/** What is being dragged: a new range from a place, one edge of a known one, or all of it. */
export type Grip =
  | { readonly grip: "new"; readonly x: number }
  | { readonly grip: "start" | "end"; readonly span: PageSpan }
  | { readonly grip: "move"; readonly x: number; readonly span: PageSpan };

/** This near an edge, in pixels, the edge is gripped. */
const NEAR = 5;

/** What a press at `x` grips where `span` is drawn; with Alt held all of it. */
export function gripAt(axis: Axis, x: number, span: PageSpan | null, alt: boolean): Grip {
  if (span === null) return { grip: "new", x };
  const [left, right] = [xOf(axis, span.start), xOf(axis, span.end)];
  if (alt && x >= left - NEAR && x <= right + NEAR) return { grip: "move", x, span };
  // In a narrow band the nearer edge is meant, and its inside belongs to neither.
  const [toStart, toEnd] = [Math.abs(x - left), Math.abs(x - right)];
  if (Math.min(toStart, toEnd) <= NEAR) return { grip: toStart < toEnd ? "start" : "end", span };
  return { grip: "new", x };
}

/** The pages that dragging `grip` to `x` chooses: at least one, and within the file. */
export function draggedTo(axis: Axis, grip: Grip, x: number): PageSpan {
  switch (grip.grip) {
    case "new":
      return between(axis, grip.x, x);
    case "start":
      return stretched(axis, grip.span, "start", edgeAt(axis, x));
    case "end":
      return stretched(axis, grip.span, "end", edgeAt(axis, x));
    case "move": {
      const columns = Math.round((x - grip.x) / axis.cell);
      return movedBy(axis, grip.span, columns * axis.perCell);
    }
  }
}

/** `span` with its length, `pages` further on, as far as the file goes. */
export function movedBy({ filePages }: Axis, { start, end }: PageSpan, pages: number): PageSpan {
  const by = Math.min(Math.max(pages, -start), Math.max(0, filePages - end));
  return { start: start + by, end: end + by };
}

/** `span` with one of its edges at `page`; the other one stays, and a page between them. */
export const stretched = (
  { filePages }: Axis,
  { start, end }: PageSpan,
  edge: "start" | "end",
  page: number,
): PageSpan =>
  edge === "start"
    ? { start: Math.min(Math.max(page, 0), end - 1), end }
    : { start, end: Math.max(Math.min(page, filePages), start + 1) };

function between(axis: Axis, x1: number, x2: number): PageSpan {
  const [left, right] = [inside(axis, Math.min(x1, x2)), inside(axis, Math.max(x1, x2))];
  const [first, last] = [Math.floor(left / axis.cell), Math.floor(right / axis.cell)];
  const { start, perCell, cell } = axis;
  if (first === last && perCell > 1) {
    const pageAt = (x: number) => start + first * perCell + Math.floor((x / cell - first) * perCell);
    return within(axis, pageAt(left), pageAt(right) + 1);
  }
  return within(axis, start + first * perCell, start + (last + 1) * perCell);
}

/** The page boundary nearest to `x`: between columns, where these are several pages. */
const edgeAt = (axis: Axis, x: number): number => axis.start + Math.round(x / axis.cell) * axis.perCell;

const inside = (axis: Axis, x: number): number => Math.min(Math.max(x, 0), widthOf(axis) - 0.01);

function within({ filePages }: Axis, start: number, end: number): PageSpan {
  const first = Math.min(start, filePages - 1);
  return { start: first, end: Math.max(Math.min(end, filePages), first + 1) };
}
