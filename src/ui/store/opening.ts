// SPDX-License-Identifier: GPL-2.0-only
// Where a scenario opens: at the moment that shows what it is about, found in its runs and never written down.

import type { Play } from "../../engine/index.ts";
import { type Both, type SharedClock, timeMax, timeOfStep } from "./clock.ts";

/**
 * The time to open at. The first of these that there is:
 * the refusal of the largest slot; with several tasks, the first finding; the last start call that the design with
 * more of them makes in its first operation with any; a finding; the end, or of a part the beginning.
 */
export function openingTime(plays: Both<Play>, clock: SharedClock): number {
  const tasks = plays[0].scenario.tasks.size;
  return (
    largestRefusal(plays, clock) ??
    (tasks > 1 ? firstFinding(plays, clock) : null) ??
    lastStartCall(plays, clock) ??
    firstFinding(plays, clock) ??
    (plays[0].scenario.part === null ? timeMax(clock) : 0)
  );
}

function largestRefusal(plays: Both<Play>, clock: SharedClock): number | null {
  let largest = 0;
  let time: number | null = null;
  for (const design of [0, 1] as const)
    for (const [k, { events }] of plays[design].recording.steps.entries())
      for (const event of events)
        if (event.type === "bind.refused" && event.end - event.start > largest) {
          largest = event.end - event.start;
          time = timeOfStep(clock, design, k + 1);
        }
  return time;
}

function firstFinding(plays: Both<Play>, clock: SharedClock): number | null {
  const times = ([0, 1] as const).flatMap((design) =>
    // What is broken before the first step is not what a scenario is about.
    plays[design].findings.filter(({ step }) => step > 0).map(({ step }) => timeOfStep(clock, design, step)),
  );
  return times.length === 0 ? null : Math.min(...times);
}

function lastStartCall(plays: Both<Play>, clock: SharedClock): number | null {
  const design = plays[1].counters.startCallbacks > plays[0].counters.startCallbacks ? 1 : 0;
  const { steps } = plays[design].recording;
  for (const { first, last } of clock.operations[design])
    for (let step = last; step >= first; step--)
      if (steps[step - 1]?.events.some(({ type }) => type === "notifier.start"))
        return timeOfStep(clock, design, step);
  return null;
}
