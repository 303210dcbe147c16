// SPDX-License-Identifier: GPL-2.0-only
import { percentile } from "./measure.ts";

/**
 * The 95th percentile, in milliseconds, of 200 calls of `goTo` with steps from 0 to `stepsMax`, both included. The
 * steps are drawn by a linear congruential generator with a fixed seed, so that two runs ask for the same ones.
 */
export function goToP95(goTo: (step: number) => void, stepsMax: number): number {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * (stepsMax + 1));
  };
  const times = Array.from({ length: 200 }, () => {
    const step = next();
    const started = performance.now();
    goTo(step);
    return performance.now() - started;
  });
  return percentile(times, 95);
}
