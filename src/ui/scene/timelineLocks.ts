// SPDX-License-Identifier: GPL-2.0-only
// The lane of the locks that one task holds: `rm->lock` as a bar, below it the lock of the inode inside; and where
// a punch has let go of the first between its walks, so that slots can come and go.

import { type Drawing, keepClear, type Lane, write } from "./timelineLane.ts";
import { draw } from "./timelineMark.ts";
import { caps, heldBar, line } from "./timelineShapes.ts";
import type { Hold, Span } from "./timelineSpans.ts";

/** From the top of the lane to its bars. */
export const [RM, INNER] = [6, 14] as const;

/** From the top of the lane to the baseline of its words: beside the lower bar, below the upper one. */
export const LOCK_BASELINE = 18.5;

/** A gap is drawn at least this wide, however long the run is: it is what the run is about. */
const GAP_MIN = 6;

const DROPPED = [
  "lock dropped here: slots can come and go",
  "lock dropped: slots can come and go",
  "lock dropped",
];

/** The bars of the lane's task. */
export function drawLocks(drawing: Drawing, lane: Lane): void {
  const { play, spans, xOf, ink } = drawing;
  const { top, task } = lane;
  const ends = ({ from, to }: Span): [number, number] => [xOf(from), xOf(to)];
  const bar = (hold: Hold, y: number, half: number, look: "held" | "heldRead" | "inner") => {
    const [x1, x2] = ends(hold);
    draw(ink, look, heldBar(x1, x2, y, look === "heldRead" ? "read" : "write"));
    if (x2 - x1 > 3) draw(ink, "cap", caps(x1, x2, y, half));
  };
  draw(ink, "lane", line(xOf(0), xOf(play.recording.steps.length), top + RM));
  for (const hold of spans.holds)
    if (hold.task === task) bar(hold, top + RM, 5, hold.mode === "read" ? "heldRead" : "held");
  const inner = spans.inner.filter((hold) => hold.task === task);
  for (const hold of inner) {
    const [x1, x2] = ends(hold);
    bar(hold, top + INNER, 3, "inner");
    keepClear(lane, x1, x2);
  }
  const gaps = spans.gaps.filter((gap) => gap.task === task).map((gap) => atLeast(ends(gap), GAP_MIN));
  for (const [x1, x2] of gaps) {
    draw(ink, "cleared", line(x1, x2, top + RM));
    draw(ink, "dropped", line(x1, x2, top + RM));
  }
  const first = gaps[0];
  if (first !== undefined) {
    const inside = inner.map(ends).filter(([x1, x2]) => first[0] <= x2 && x1 <= first[1]);
    const left = Math.min(first[1], ...inside.map(([x1]) => x1));
    const right = Math.max(first[0], ...inside.map(([, x2]) => x2));
    // A finding's line through the gap leaves room left of it.
    const lines = play.findings.map(({ step }) => xOf(step)).filter((x) => first[0] < x && x < first[1]);
    const spots = [[left, right], ...lines.map((x) => [x, Number.POSITIVE_INFINITY])] as [number, number][];
    const put = (text: string) => spots.some((spot) => write(drawing, lane, "violationText", spot, [text]));
    DROPPED.some(put);
  }
  if (inner[0] !== undefined) write(drawing, lane, "lockName", ends(inner[0]), ["inode->lock", "inode"]);
}

function atLeast([x1, x2]: readonly [number, number], width: number): [number, number] {
  const missing = Math.max(0, width - (x2 - x1)) / 2;
  return [x1 - missing, x2 + missing];
}
