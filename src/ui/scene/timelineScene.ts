// SPDX-License-Identifier: GPL-2.0-only
// The whole run of the shown designs on one line of time: who took which step, who held which lock, and where a VM's
// in_progress was not 0. Nothing in it depends on the step that is shown: it is computed once a run.

import { type DesignTimeline, designLanes, type TimelineRun } from "./timelineLanes.ts";

export interface TimelineScene {
  /** Pixels. */
  readonly height: number;
  /** Where each operation but the first begins, in pixels. */
  readonly borders: readonly number[];
  /** One above the other. */
  readonly designs: readonly DesignTimeline[];
}

/** Pixels between the lanes of two designs. */
const APART = 6;

/**
 * The timeline of the designs of `runs`, the upper one first, `width` pixels wide: time 0 is its left edge, the end of all its right one.
 * `begins` are the times at which the operations begin, and one more: the end.
 */
export function timelineScene(
  runs: readonly TimelineRun[],
  begins: readonly number[],
  width: number,
): TimelineScene {
  const end = begins.at(-1) ?? 0;
  const xOf = (time: number) => (end === 0 ? 0 : (time / end) * width);
  const scale = { begins, width, xOf };
  const designs: DesignTimeline[] = [];
  let height = 0;
  for (const run of runs) {
    const top = designs.length === 0 ? 0 : height + APART;
    const own = designLanes(run, scale, top, runs.length === 1);
    designs.push(own);
    height = top + own.height;
  }
  return { height, borders: begins.slice(1, -1).map(xOf), designs };
}
