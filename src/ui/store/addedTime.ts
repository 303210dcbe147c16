// SPDX-License-Identifier: GPL-2.0-only
// Where a run opens to which the viewer has added a punch.

import type { Play } from "../../engine/index.ts";
import { type Both, type SharedClock, timeMax, timeOfStep } from "./clock.ts";

/** The time before the first step of the punch that the viewer added last. */
export function addedTime(plays: Both<Play>, clock: SharedClock): number {
  const tasks = plays[0].scenario.tasks;
  if (tasks.size === 1) return clock.begins[clock.begins.length - 2] ?? 0;
  const own = tasks.size - 1;
  const operation = ([...tasks.values()].at(-1)?.length ?? 1) - 1;
  const times = ([0, 1] as const).flatMap((design) => {
    const k = plays[design].recording.steps.findIndex(
      (step) => step.task === own && step.operation === operation,
    );
    return k < 0 ? [] : timeOfStep(clock, design, k + 1) - 1;
  });
  return times.length === 0 ? timeMax(clock) : Math.min(...times);
}
