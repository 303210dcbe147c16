// SPDX-License-Identifier: GPL-2.0-only
// What the lanes of one design share while they are drawn.

import type { Play } from "../../engine/index.ts";
import type { Ink, TimelineLook, TimelineMark } from "./timelineMark.ts";
import type { Spans } from "./timelineSpans.ts";
import type { StepKind } from "./timelineSteps.ts";
import { placeWords, type Room } from "./timelineWords.ts";

/** A row of one design, 0 < `height`; `top` in pixels from the top of the timeline. */
export interface Lane {
  readonly kind: "task" | "vcpu" | "locks" | "count";
  /** What stands left of it. */
  readonly name: string;
  readonly top: number;
  readonly height: number;
  /** The task, as its index in the scenario; -1 where the lane is no task's. */
  readonly task: number;
  /** The VM whose count it is, else empty. */
  readonly vm: string;
  /** The vCPU, as events name it, else empty. Where its task does nothing else, this is the task's lane too. */
  readonly vcpu: string;
  /** Where words may stand, the best line first; none where it is too low for them. */
  readonly lines: readonly Line[];
}

/** A line of words. */
export interface Line {
  /** Pixels from the top of the timeline. */
  readonly baseline: number;
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

/** Writes the first of `texts` that has room beside [left, right] on a line of `lane`; returns whether one had. */
export function write(
  { words }: Drawing,
  { lines }: Pick<Lane, "lines">,
  look: TimelineLook,
  [left, right]: readonly [number, number],
  texts: readonly string[],
): boolean {
  for (const { baseline, room } of lines) {
    const placed = placeWords(room, left, right, texts);
    if (placed === null) continue;
    words.push({ shape: "text", key: `${look} ${baseline} ${placed.x}`, look, y: baseline, ...placed });
    return true;
  }
  return false;
}

/** No words from `from` to `to`, in pixels, on any line of `lane`. */
export function keepClear({ lines }: Pick<Lane, "lines">, from: number, to: number): void {
  for (const { room } of lines) room.taken.push({ from, to });
}
