// SPDX-License-Identifier: GPL-2.0-only
// Which punch of a recording costs most.

import type { CaptureView, Costs } from "../../worker/protocol.ts";

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
