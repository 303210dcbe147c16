// SPDX-License-Identifier: GPL-2.0-only
// What became of each operation of a run: which were refused, and which the design does not have.

import type { Errno } from "../../errno.ts";
import type { Operation } from "../machine/operation.ts";
import type { Play } from "./play.ts";

/** An operation that did not simply succeed. */
export interface Answer {
  readonly task: string;
  /** Its number within the task, from 0. */
  readonly index: number;
  readonly op: Operation["op"];
  /** The step in which it returned. */
  readonly step: number;
  /** The errno, or "absent" where the design has no such operation and nothing was changed. */
  readonly answer: Errno | "absent";
}

/** The operations of `play`'s run that were refused or are absent, in the order in which they returned. */
export function unhappyAnswers({ scenario, recording }: Play): Answer[] {
  const tasks = [...scenario.tasks.keys()];
  return recording.steps.flatMap(({ task, operation, events }, k) =>
    events.flatMap((event): Answer[] => {
      const at = { task: tasks[task] ?? "", index: operation, step: k + 1 };
      if (event.type === "operation.absent") return [{ ...at, op: event.op, answer: "absent" }];
      if (event.type === "operation.returned" && event.errno !== null)
        return [{ ...at, op: event.op, answer: event.errno }];
      return [];
    }),
  );
}
