// SPDX-License-Identifier: GPL-2.0-only
// Page lists are told as runs: an event stays small where thousands of neighbours are freed at once.

import type { PageRange } from "./events.ts";

/** The half-open runs of `pages`, which ascend. */
export function runsOf(pages: readonly number[]): PageRange[] {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const newest = runs.at(-1);
    if (newest && newest[1] === page) newest[1] = page + 1;
    else runs.push([page, page + 1]);
  }
  return runs;
}
