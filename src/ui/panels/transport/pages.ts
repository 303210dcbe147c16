// SPDX-License-Identifier: GPL-2.0-only
// What one press of Page Up or Page Down moves by: an operation, or where there is but one, a tenth of it.

import { type SharedClock, timeMax } from "../../store/clock.ts";

/** Where a page forward (+1) or back (-1) leads from `time`. Back from within an operation leads to its beginning. */
export function pageTime(clock: SharedClock, time: number, by: 1 | -1): number {
  const { begins } = clock;
  const end = timeMax(clock);
  if (begins.length < 3) return Math.min(Math.max(time + by * Math.max(1, Math.round(end / 10)), 0), end);
  return (by > 0 ? begins.find((at) => at > time) : begins.findLast((at) => at < time)) ?? time;
}
