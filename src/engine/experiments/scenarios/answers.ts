// SPDX-License-Identifier: GPL-2.0-only
// What became of each operation of a run: which were refused or held off, and which the design does not have.

import type { Errno } from "../../errno.ts";
import type { StepRecord } from "../../sim/run.ts";
import type { LabEvent } from "../machine/events.ts";
import type { Operation } from "../machine/operation.ts";

/** An operation that did not simply succeed. */
export interface Answer {
  readonly task: string;
  /** Its number within the task, from 0. */
  readonly index: number;
  readonly op: Operation["op"];
  /** The step in which it returned. */
  readonly step: number;
  /**
   * The errno; "absent" where the design has no such operation; "heldOff" where a guest has to try again, since an
   * open bracket covers what it touched. In the last two nothing was changed.
   */
  readonly answer: Errno | "absent" | "heldOff";
}

/** What step `step` tells of an operation that did not simply succeed; null of nearly all. `task` by its name. */
export function unhappyAnswer(
  { operation, events }: StepRecord<LabEvent>,
  task: string,
  step: number,
): Answer | null {
  const at = { task, index: operation, step };
  for (const event of events) {
    if (event.type === "operation.absent") return { ...at, op: event.op, answer: "absent" };
    if (event.type === "guest.refused") return { ...at, op: "map", answer: "heldOff" };
    if (event.type === "operation.returned" && event.errno !== null)
      return { ...at, op: event.op, answer: event.errno };
  }
  return null;
}
