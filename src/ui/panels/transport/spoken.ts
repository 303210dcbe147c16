// SPDX-License-Identifier: GPL-2.0-only
// The time as a sentence, for those who hear the scrubber instead of seeing the page.

import type { Frame } from "../../scene/frame.ts";
import type { Both, Moment } from "../../store/clock.ts";
import { variantName } from "../../text/index.ts";

const calls = ({ play, world }: Frame) => {
  const count = world.counters.startCallbacks + world.counters.endCallbacks;
  return `${variantName(play.variant)}: ${count} ${count === 1 ? "call" : "calls"}`;
};

/** `Step 14 of 38. LIST: 12 calls. XARRAY: 2 calls.`, with the operation in front where there are several. */
export function spokenTime(
  { operation, step }: Moment,
  length: number,
  operations: number,
  frames: Both<Frame>,
): string {
  const place = operations > 1 ? `Operation ${operation + 1} of ${operations}, step` : "Step";
  return `${place} ${step} of ${length}. ${frames.map(calls).join(". ")}.`;
}
