// SPDX-License-Identifier: GPL-2.0-only
// Pages that are there by assumption alone: those of the slots that are visible, until a punch comes for them. The
// world holds no frames for them.

import type { Frame } from "./frame.ts";
import { pagesOf, visibleMemslots } from "./memslots.ts";

/** Pages [start, end). */
type Run = readonly [start: number, end: number];

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The runs of such pages of `file` inside `span`, ascending; none where the scenario assumes nothing. */
export function assumedRuns(frame: Frame, file: string, span: Span): Run[] {
  const { assumed } = frame.world;
  if (assumed === null) return [];
  const punched = assumed.punched[file] ?? [];
  const runs: Run[] = [];
  let from = span.start;
  for (const memslot of visibleMemslots(frame, file).meeting(span)) {
    const pages = pagesOf(memslot);
    const end = Math.min(pages.end, span.end);
    const start = Math.max(pages.start, from);
    if (start < end) runs.push(...without([start, end], punched));
    from = Math.max(from, end);
  }
  return runs;
}

/** The runs of pages of one memslot, clipped to `span`, that its guest has mapped by assumption. */
export const assumedMapped = (
  frame: Frame,
  memslot: Parameters<typeof pagesOf>[0] & { file: string | null },
  span: Span,
): Run[] => {
  const { assumed } = frame.world;
  if (assumed === null || !assumed.mapped || memslot.file === null) return [];
  const { start, end } = pagesOf(memslot);
  return without([Math.max(start, span.start), Math.min(end, span.end)], assumed.punched[memslot.file] ?? []);
};

/** How many pages of `runs` lie in [start, end). */
export const pagesWithin = (runs: readonly Run[], start: number, end: number): number =>
  runs.reduce((sum, run) => sum + Math.max(0, Math.min(end, run[1]) - Math.max(start, run[0])), 0);

/** Whether `page` lies in one of `runs`. */
export const isWithin = (runs: readonly Run[], page: number): boolean =>
  runs.some(([start, end]) => start <= page && page < end);

/** What is left of a run without `others`, which ascend and do not meet. */
function without([start, end]: Run, others: readonly Run[]): Run[] {
  const runs: Run[] = [];
  let from = start;
  for (const other of others) {
    if (other[1] <= from) continue;
    if (other[0] >= end) break;
    if (other[0] > from) runs.push([from, other[0]]);
    from = other[1];
  }
  if (from < end) runs.push([from, end]);
  return runs;
}
