// SPDX-License-Identifier: GPL-2.0-only
// The time as a sentence, for those who hear the scrubber instead of seeing the page.

import type { Frame } from "../../scene/frame.ts";
import { type Both, lengthOf, type Moment, type SharedClock } from "../../store/clock.ts";
import { countText, numberedIn, shownOperationText, variantName, whereText } from "../../text/index.ts";

/** `Step 14 of 38, P punches pages [18,22) of f0. LIST: 12 calls. XARRAY: 2 calls.` */
export function spokenTime(clock: SharedClock, moment: Moment, frames: Both<Frame>): string {
  const length = lengthOf(clock, moment.operation);
  const numbered = numberedIn(frames[0].play.scenario, moment.operation, clock.begins.length - 1);
  const where = whereText({ ...numbered, step: moment.step, length });
  const operation = shownOperationText(frames[0].play, moment.operation, frames[0].step);
  return `${[where, ...(operation === null ? [] : [operation])].join(", ")}. ${frames.map(calls).join(". ")}.`;
}

const calls = ({ play, world: { counters } }: Frame) =>
  `${variantName(play.variant)}: ${countText(counters.startCallbacks + counters.endCallbacks, "call")}`;
