// SPDX-License-Identifier: GPL-2.0-only
// Motion in playback: it is over before the next step is due, and no mark moves so often that it flashes.

import type { Motion } from "./movement.ts";

/** `motions`, at the most `room` milliseconds long altogether. */
export function fitted(motions: readonly Motion[], room: number): Motion[] {
  const total = Math.max(0, ...motions.map(({ delay, duration }) => delay + duration));
  if (total <= room) return [...motions];
  const share = room / total;
  return motions.map((motion) => ({
    ...motion,
    delay: motion.delay * share,
    duration: motion.duration * share,
  }));
}

/** When each mark of a row began to go up and down, at most the last three times; milliseconds on one clock. */
export type Moved = Map<string, number[]>;

const FLASHES_MAX = 3;
const SECOND = 1000;

/**
 * The motions that may be played at `now`, and takes note of them: a motion makes its mark brighter and darker once at
 * the most, so no mark begins more than three of them in any second. What slides is as bright as it was.
 */
export function atMostThrice(moved: Moved, motions: readonly Motion[], now: number): Motion[] {
  const begins = new Map<string, number>();
  for (const { id, kind, delay } of motions)
    if (kind !== "slide") begins.set(id, Math.min(now + delay, begins.get(id) ?? Number.POSITIVE_INFINITY));
  const spared = new Set<string>();
  for (const [id, begin] of begins) {
    const times = moved.get(id) ?? [];
    const third = times.at(-FLASHES_MAX);
    if (third !== undefined && begin - third < SECOND) spared.add(id);
    else moved.set(id, [...times, begin].slice(-FLASHES_MAX));
  }
  return motions.filter(({ id, kind }) => kind === "slide" || !spared.has(id));
}
