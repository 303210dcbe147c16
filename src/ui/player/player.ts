// SPDX-License-Identifier: GPL-2.0-only
// Plays: takes steps on the shared clock, at a calm rate in a short run. The page's only animation-frame loop.

import { timeMax } from "../store/clock.ts";
import type { Lab } from "../store/lab.ts";
import { turnKeeper } from "./turns.ts";

/** Steps a second in a short run: slow enough to follow each one. */
const STEPS_A_SECOND = 4;

/** A long run takes so many seconds: thousands of wasted calls are seen as many, not one by one. */
const RUN_SECONDS = 40;

const FRAMES_A_SECOND = 60;

/** Where the frames come from: the window, or a test. */
export interface FrameSource {
  requestAnimationFrame(callback: (now: number) => void): number;
  cancelAnimationFrame(handle: number): void;
}

/**
 * Steps on while the lab is playing, several a frame where the run is long, and stops at the end.
 *
 * Returns: what ends it for good.
 */
export function startPlayer({ store, goTo, setPlaying }: Lab, frames: FrameSource): () => void {
  let handle: number | null = null;
  let due = 0;
  const reach = turnKeeper();

  const tick = (now: number): void => {
    handle = frames.requestAnimationFrame(tick);
    const { time, loaded } = store.getState();
    if (now < due || loaded === null) return;
    const last = timeMax(loaded.clock);
    const rate = Math.max(STEPS_A_SECOND, last / RUN_SECONDS);
    const steps = Math.max(1, Math.round(rate / FRAMES_A_SECOND));
    due = now + (steps > 1 ? 0 : 1000 / rate);
    const then = reach(loaded, time, time + steps, now);
    goTo(then);
    if (then >= last) setPlaying(false);
  };

  const stop = (): void => {
    if (handle !== null) frames.cancelAnimationFrame(handle);
    handle = null;
  };

  const unsubscribe = store.subscribe(({ playing }) => {
    if (!playing) stop();
    else if (handle === null) {
      due = 0;
      handle = frames.requestAnimationFrame(tick);
    }
  });
  return () => {
    unsubscribe();
    stop();
  };
}
