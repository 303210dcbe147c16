// SPDX-License-Identifier: GPL-2.0-only
// How fast a run may play, and how fast it plays before anybody has said so.

import { timeMax } from "../store/clock.ts";
import type { Lab, Loaded } from "../store/lab.ts";

/** At speed 1: slow enough to follow each step. */
export const STEPS_A_SECOND = 4;

/** Every speed there is to choose, the slowest first: from one to be talked over to one that shows many as many. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 16, 64, 256, 1024] as const;

/** A run of more steps than this is not for following one by one. */
const CALM_STEPS_MAX = 600;

/** Such a run takes about so long. */
const LONG_RUN_SECONDS = 40;

/** The speed at which a run of `steps` opens: 1, or for a long one the speed that comes nearest to 40 seconds. */
export function openingSpeed(steps: number): number {
  if (steps <= CALM_STEPS_MAX) return 1;
  const wanted = steps / LONG_RUN_SECONDS / STEPS_A_SECOND;
  // Nearest as a factor: half as fast is as far off as twice as fast.
  const off = (speed: number) => Math.abs(Math.log(speed / wanted));
  return SPEEDS.reduce<number>((best, speed) => (off(speed) < off(best) ? speed : best), 1);
}

/** The next faster (+1) or slower (-1) speed there is; `speed` itself where there is none. */
export const nextSpeed = (speed: number, by: 1 | -1): number =>
  (by > 0 ? SPEEDS.find((other) => other > speed) : SPEEDS.findLast((other) => other < speed)) ?? speed;

/** Gives each run that opens the speed that suits its length, until the viewer has chosen one. Returns what ends it. */
export function offerSpeeds({ store, setSpeed }: Lab): () => void {
  let chosen = false;
  let offering = false;
  return store.subscribe(({ speed, loaded }, earlier) => {
    if (speed !== earlier.speed && !offering) chosen = true;
    if (loaded === null || chosen || !isAnother(loaded, earlier.loaded)) return;
    offering = true;
    setSpeed(openingSpeed(timeMax(loaded.clock)));
    offering = false;
  });
}

/** Another part of the same recording is no other run. */
const isAnother = (loaded: Loaded, earlier: Loaded | null) =>
  loaded !== earlier && (loaded.capture === null || loaded.capture.of !== earlier?.capture?.of);
