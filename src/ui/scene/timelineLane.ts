// SPDX-License-Identifier: GPL-2.0-only
// What the lanes of one design share while they are drawn.

import type { Play } from "../../engine/index.ts";
import type { Ink, TimelineLook, TimelineMark } from "./timelineMark.ts";
import type { Spans } from "./timelineSpans.ts";
import type { StepKind } from "./timelineSteps.ts";
import { placeWords, type Room } from "./timelineWords.ts";

/** A row of one design, 0 < `height`; `top` in pixels from the top of the timeline. */
export interface Lane {
  readonly kind: "task" | "locks" | "count";
  /** What stands left of it. */
  readonly name: string;
  readonly top: number;
  readonly height: number;
  /** The task, as its index in the scenario; 0 where the lane is no task's. */
  readonly task: number;
  /** The VM whose count it is, else empty. */
  readonly vm: string;
  readonly room: Room;
}

export interface Drawing {
  readonly play: Play;
  readonly kinds: readonly StepKind[];
  readonly spans: Spans;
  /** Where the end of a step lies, in pixels. */
  xOf(step: number): number;
  readonly ink: Ink;
  readonly words: TimelineMark[];
}

/** Writes the first of `texts` that has room beside [left, right]; returns whether one had. */
export function write(
  { words }: Drawing,
  lane: Lane,
  look: TimelineLook,
  [left, right]: readonly [number, number],
  texts: readonly string[],
  baseline = lane.top + lane.height / 2 + 4,
): boolean {
  const placed = placeWords(lane.room, left, right, texts);
  if (placed === null) return false;
  words.push({ shape: "text", key: `${look} ${baseline} ${placed.x}`, look, y: baseline, ...placed });
  return true;
}
