// SPDX-License-Identifier: GPL-2.0-only
// Plays: takes steps on the shared clock at a calm rate. The page's only animation-frame loop.

import { timeMax } from "../store/clock.ts";
import type { Lab } from "../store/lab.ts";

/** Between two steps, in milliseconds. */
const STEP_MS = 250;

/** Where the frames come from: the window, or a test. */
export interface FrameSource {
  requestAnimationFrame(callback: (now: number) => void): number;
  cancelAnimationFrame(handle: number): void;
}

/**
 * Steps on while the lab is playing, one step a frame at most, and stops at the end.
 *
 * Returns: what ends it for good.
 */
export function startPlayer({ store, goTo, setPlaying }: Lab, frames: FrameSource): () => void {
  let handle: number | null = null;
  let due = 0;

  const tick = (now: number): void => {
    handle = frames.requestAnimationFrame(tick);
    if (now < due) return;
    due = now + STEP_MS;
    const { time } = store.getState();
    goTo(time + 1);
    const { loaded } = store.getState();
    if (loaded === null || time + 1 >= timeMax(loaded.clock)) setPlaying(false);
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
