// SPDX-License-Identifier: GPL-2.0-only
// What a recording has cost a design by any of its operations, and which punch costs most.

import type { CaptureView, Costs } from "../../worker/protocol.ts";

const sums = new WeakMap<Costs, Float64Array>();

/** Calls before operation k, by k; one more for all of them. */
export function callsBefore(costs: Costs): Float64Array {
  const known = sums.get(costs);
  if (known !== undefined) return known;
  const made = new Float64Array(costs.calls.length + 1);
  for (let k = 0; k < costs.calls.length; k++) made[k + 1] = (made[k] as number) + (costs.calls[k] as number);
  sums.set(costs, made);
  return made;
}

/** The punch with the most calls; of several the one that frees most, of those the first. Null where there is none. */
export function dearestPunch({ columns: { kind } }: CaptureView, { calls, freed }: Costs): number | null {
  let dearest: number | null = null;
  for (let k = 0; k < kind.length; k++) {
    if (kind[k] !== 0) continue;
    const more =
      dearest === null
        ? 1
        : (calls[k] as number) - (calls[dearest] as number) ||
          (freed[k] as number) - (freed[dearest] as number);
    if (more > 0) dearest = k;
  }
  return dearest;
}
