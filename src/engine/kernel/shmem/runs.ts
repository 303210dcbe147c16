// SPDX-License-Identifier: GPL-2.0-only
// Page lists are told as runs: an event stays small where thousands of neighbours are freed at once.

import type { PageRange } from "./events.ts";

/** Runs that are being gathered. */
export type Runs = [start: number, end: number][];

/** The half-open runs of `pages`, which ascend. */
export function runsOf(pages: readonly number[]): PageRange[] {
  const runs: Runs = [];
  for (const page of pages) pushRun(runs, page, page + 1);
  return runs;
}

/** Adds [start, end), which begins at the end of the newest run or above it. */
export function pushRun(runs: Runs, start: number, end: number): void {
  const newest = runs.at(-1);
  if (newest && newest[1] === start) newest[1] = end;
  else runs.push([start, end]);
}
