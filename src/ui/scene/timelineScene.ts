// SPDX-License-Identifier: GPL-2.0-only
// The whole run of two designs on one line of time: who took which step, who held which lock, and where a VM's
// in_progress was not 0. Nothing in it depends on the step that is shown: it is computed once a run.

import { type DesignTimeline, designLanes, type TimelineRun } from "./timelineLanes.ts";

export interface TimelineScene {
  /** Pixels. */
  readonly height: number;
  /** Where each operation but the first begins, in pixels. */
  readonly borders: readonly number[];
  readonly designs: readonly [DesignTimeline, DesignTimeline];
}

/** Pixels between the lanes of the two designs. */
const APART = 8;

/**
 * The timeline of both designs, `width` pixels wide: time 0 is its left edge, the end of all its right one.
 * `begins` are the times at which the operations begin, and one more: the end.
 */
export function timelineScene(
  runs: readonly [TimelineRun, TimelineRun],
  begins: readonly number[],
  width: number,
): TimelineScene {
  const end = begins.at(-1) ?? 0;
  const xOf = (time: number) => (end === 0 ? 0 : (time / end) * width);
  const scale = { begins, width, xOf };
  const upper = designLanes(runs[0], scale, 0);
  const lower = designLanes(runs[1], scale, upper.height + APART);
  return {
    height: upper.height + APART + lower.height,
    borders: begins.slice(1, -1).map(xOf),
    designs: [upper, lower],
  };
}
