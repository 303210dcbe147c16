// SPDX-License-Identifier: GPL-2.0-only
// Plays: takes steps on the shared clock as time goes by. The page's only animation-frame loop.

import { isBeforeMore } from "../store/capture.ts";
import { timeMax } from "../store/clock.ts";
import { jumpTime, stepTime } from "../store/jumps.ts";
import type { Lab, Loaded } from "../store/lab.ts";
import { STEPS_A_SECOND } from "./speeds.ts";
import { turnKeeper } from "./turns.ts";

/** So long the run stands at a step that breaks something, where it is slow enough to be followed at all. */
const HELD_MS = 4_000;
const HELD_SPEED_MAX = 4;

/** A frame that took longer counts as this long: a page that stood still does not catch up. */
const FRAME_MAX_MS = 100;

/** Where the frames come from, and whether anybody sees them: the window, or a test. */
export interface FrameSource {
  requestAnimationFrame(callback: (now: number) => void): number;
  cancelAnimationFrame(handle: number): void;
  readonly document: {
    readonly hidden: boolean;
    addEventListener(type: "visibilitychange", listener: () => void): void;
    removeEventListener(type: "visibilitychange", listener: () => void): void;
  };
}

/**
 * Steps on while the lab is playing, several steps a frame where that is due, and stops at the end or when the page
 * is hidden.
 *
 * Returns: what ends it for good.
 */
export function startPlayer({ store, goTo, setPlaying }: Lab, frames: FrameSource): () => void {
  const { document } = frames;
  let handle: number | null = null;
  let before = 0;
  /** Steps that are due, as a fraction. */
  let due = 0;
  /** Until then what broke is read. */
  let heldUntil = 0;
  const reach = turnKeeper();

  const tick = (now: number): void => {
    handle = frames.requestAnimationFrame(tick);
    const { time, loaded, speed, skipWasted } = store.getState();
    if (loaded === null) return;
    // The first frame after "play" takes its step at once, whatever the speed.
    due += before === 0 ? 1 : (Math.min(now - before, FRAME_MAX_MS) / 1000) * STEPS_A_SECOND * speed;
    before = now;
    const steps = Math.floor(due + 1e-9); // ten tenths are one
    if (steps === 0) return;
    due -= steps;
    if (now < heldUntil) return;
    const end = timeMax(loaded.clock);
    if (time === end && isBeforeMore(loaded)) {
      goTo(end + 1);
      return;
    }
    const whole = later(loaded, time, steps, skipWasted);
    const wanted = reach(loaded, time, whole, now);
    // What a turn has to wait for is not lost: the next one comes to where the run would be by then.
    if (!skipWasted) due = Math.min(due + whole - wanted, STEPS_A_SECOND * speed);
    const finding = speed > HELD_SPEED_MAX ? null : jumpTime(loaded, "finding", time, 1);
    const then = finding === null ? wanted : Math.min(wanted, finding);
    if (then === finding) heldUntil = now + HELD_MS;
    goTo(then);
    if (then === end && !isBeforeMore(loaded)) setPlaying(false);
  };

  const stop = (): void => {
    if (handle !== null) frames.cancelAnimationFrame(handle);
    handle = null;
  };

  const hidden = (): void => {
    if (document.hidden) setPlaying(false);
  };
  document.addEventListener("visibilitychange", hidden);

  const follow = (playing: boolean): void => {
    if (!playing) stop();
    else if (handle === null) {
      heldUntil = 0;
      before = 0;
      due = 0;
      handle = frames.requestAnimationFrame(tick);
    }
  };
  follow(store.getState().playing);
  const unsubscribe = store.subscribe(({ playing }) => follow(playing));
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    unsubscribe();
    stop();
  };
}

/** The time `steps` steps on, at most the end. */
function later(loaded: Loaded, time: number, steps: number, skip: boolean): number {
  const end = timeMax(loaded.clock);
  if (!skip) return Math.min(time + steps, end);
  let then = time;
  for (let k = 0; k < steps && then < end; k++) then = stepTime(loaded, then, 1, true);
  return then;
}
