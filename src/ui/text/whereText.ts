// SPDX-License-Identifier: GPL-2.0-only
// Where a run stands, as the transport counts: the operation, where there are several, and the step within it.

import type { Play } from "../../engine/index.ts";
import { operationOf } from "./names.ts";
import { numberText } from "./number.ts";
import { describeOperation } from "./operation.ts";

/** A time on the clock that both designs share. */
export interface Where {
  /** Its number, from 1, and how many there are. */
  readonly at: number;
  readonly count: number;
  readonly step: number;
  /** Steps of the operation. */
  readonly length: number;
}

/** `Step 14 of 38`, or with several operations `Operation 2 of 3, step 4 of 9`. */
export function whereText({ at, count, step, length }: Where): string {
  const place = count > 1 ? `Operation ${numberText(at)} of ${numberText(count)}, step` : "Step";
  return `${place} ${numberText(step)} of ${numberText(length)}`;
}

/**
 * What the shown operation does. With several tasks their operations overlap, and it is that of the task which took
 * `step`, a step of `play`'s own; null before the first.
 */
export function shownOperationText(play: Play, operation: number, step: number): string | null {
  const tasks = [...play.scenario.tasks.values()];
  const taken = play.recording.steps[step - 1];
  const shown = tasks.length === 1 ? tasks[0]?.[operation] : taken && operationOf(play, taken);
  return shown === undefined ? null : describeOperation(shown, play);
}
