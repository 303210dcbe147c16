// SPDX-License-Identifier: GPL-2.0-only
// The stretch of a recording that is seen, [start, end): in microseconds where it has time stamps, else in operations.

import type { Columns } from "../../worker/protocol.ts";

export interface Span {
  readonly start: number;
  readonly end: number;
}

const indices = new WeakMap<Columns, Float64Array>();

/** Where each operation lies; ascending. */
export function positionsOf(columns: Columns): Float64Array {
  if (columns.time !== null) return columns.time;
  const known = indices.get(columns) ?? Float64Array.from(columns.kind, (_, k) => k);
  indices.set(columns, known);
  return known;
}

/** All of the recording, with a little room behind its last operation. */
export function wholeSpan(columns: Columns): Span {
  const positions = positionsOf(columns);
  const [start, last] = [positions[0] ?? 0, positions[positions.length - 1] ?? 0];
  return { start, end: last + Math.max(1, (last - start) / 100) };
}

/** No nearer than this many units: a screen's width of microseconds. */
const LEAST = 100;

/** `span` by `factor` (above 1 nearer), so that `at` stays where it is, and no further out than `whole`. */
export function zoomed(span: Span, whole: Span, at: number, factor: number): Span {
  const length = Math.max(Math.min(LEAST, whole.end - whole.start), (span.end - span.start) / factor);
  const share = (at - span.start) / (span.end - span.start);
  return moved({ start: at - share * length, end: at + (1 - share) * length }, whole, 0);
}

/** `span` moved by `by`, kept inside `whole`. */
export function moved({ start, end }: Span, whole: Span, by: number): Span {
  const length = Math.min(end - start, whole.end - whole.start);
  const from = Math.min(Math.max(start + by, whole.start), whole.end - length);
  return { start: from, end: from + length };
}

/** `span`, or one as long that begins a tenth before `at` where that is not in it. */
export function holding(span: Span, whole: Span, at: number): Span {
  if (span.start <= at && at < span.end) return span;
  return moved(span, whole, at - span.start - (span.end - span.start) / 10);
}
