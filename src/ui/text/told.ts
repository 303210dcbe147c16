// SPDX-License-Identifier: GPL-2.0-only
// What a sentence may look at besides its event: the play, the step, and what the same task told before.

import type { LabEvent, LabEventType, Play } from "../../engine/index.ts";
import { type LabStep, taskOf } from "./names.ts";

/** The event of one of these types. */
export type Of<T extends LabEventType> = Extract<LabEvent, { type: T }>;

export interface Told {
  readonly play: Play;
  readonly step: LabStep;
  /** Name of the task that told it, the subject of every sentence. */
  readonly task: string;
}

export const toldOf = (play: Play, step: LabStep): Told => ({ play, step, task: taskOf(play, step) });

/**
 * What the task told in the same operation before `event`, the latest first. Without an event it ends with the
 * step's own. Reads backwards as far as it is asked to.
 */
export function* before({ play, step }: Told, event?: LabEvent): Generator<LabEvent> {
  const { steps } = play.recording;
  const from = event === undefined ? step.events.length : step.events.indexOf(event);
  for (let k = from - 1; k >= 0; k--) yield step.events[k] as LabEvent;
  for (let at = steps.lastIndexOf(step) - 1; at >= 0; at--) {
    const { task, operation, events } = steps[at] as LabStep;
    if (task !== step.task) continue;
    if (operation !== step.operation) return;
    for (let k = events.length - 1; k >= 0; k--) yield events[k] as LabEvent;
  }
}

/** The latest event of type `type` before `event` in the same operation. */
export function latest<T extends LabEventType>(told: Told, event: LabEvent, type: T): Of<T> | undefined {
  for (const earlier of before(told, event)) if (earlier.type === type) return earlier as Of<T>;
  return undefined;
}
