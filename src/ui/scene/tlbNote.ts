// SPDX-License-Identifier: GPL-2.0-only
// How far a vCPU is with a flush, in a few words where its row has room for them.

import type { Play, Vcpu } from "../../engine/index.ts";
import { bisectRight } from "./bisect.ts";
import type { CachedLeaf } from "./cachedLeaves.ts";
import { type Frame, shownSteps } from "./frame.ts";
import { counted, type Mark, textWidth } from "./mark.ts";

interface Note {
  readonly look: "cutWord" | "word" | "heldWord";
  readonly text: string;
}

/** What there is to say of the flush of `vcpu`, which events call `name`; null where there is none. */
export function tlbNote(frame: Frame, name: string, vcpu: Vcpu, cached: readonly CachedLeaf[]): Note | null {
  if (vcpu.flushRequested && vcpu.state !== "guest") return { look: "word", text: "flush on entry" };
  if (vcpu.flushRequested) {
    const stale = cached.filter((own) => own.stale !== null).length;
    return { look: "cutWord", text: `IPI sent: ${counted(stale, "stale entry", "stale entries")}` };
  }
  const step = cached.length > 0 ? null : flushedIn(frame, name);
  return step === null ? null : { look: "heldWord", text: `flushed at step ${step}, TLB empty` };
}

/** The step of the shown operation in which `name` flushed last, counted from 1. */
function flushedIn(frame: Frame, name: string): number | null {
  const { first, end } = shownSteps(frame);
  const all = flushesOf(frame.play).get(name) ?? [];
  const step = all[bisectRight(all, end) - 1];
  return step === undefined || step <= first ? null : step - first;
}

const flushesOfPlay = new WeakMap<Play, ReadonlyMap<string, readonly number[]>>();

/** By vCPU the steps in which it dropped what it had cached, counted from 1. Read once a play. */
function flushesOf(play: Play): ReadonlyMap<string, readonly number[]> {
  const known = flushesOfPlay.get(play);
  if (known !== undefined) return known;
  const flushes = new Map<string, number[]>();
  for (const [k, { events }] of play.recording.steps.entries())
    for (const event of events)
      if (event.type === "vcpu.entered" && event.flushed > 0)
        flushes.set(event.vcpu, [...(flushes.get(event.vcpu) ?? []), k + 1]);
  flushesOfPlay.set(play, flushes);
  return flushes;
}

/** Around the words, in pixels. */
const CLEAR = 10;

/** `note` at the right end of the widest stretch up to `right` that none of `taken` reaches into. */
export function noteMarks(
  note: Note | null,
  right: number,
  taken: readonly (readonly [from: number, to: number])[],
  y: number,
): Mark[] {
  if (note === null) return [];
  let [from, widest, end] = [0, 0, 0];
  for (const [left, to] of [...taken, [right, right] as const]) {
    if (Math.min(left, right) - from > widest)
      [widest, end] = [Math.min(left, right) - from, Math.min(left, right)];
    from = Math.max(from, to);
  }
  if (widest < textWidth(note.text) + 2 * CLEAR) return [];
  return [{ shape: "text", key: "note", ...note, x: end - CLEAR, y, anchor: "end" }];
}
