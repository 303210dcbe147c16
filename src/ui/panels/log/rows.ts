// SPDX-License-Identifier: GPL-2.0-only
// The events of a play as rows, one under the other, without making a list of them: a play may have 65,000.

import { bisectRight } from "d3";
import type { LabEvent, Play } from "../../../engine/index.ts";

type LabStep = Play["recording"]["steps"][number];

export interface EventRow {
  /** Number of the step, counting from 1. */
  readonly step: number;
  readonly record: LabStep;
  readonly event: LabEvent;
  /** It is the first row of its step. */
  readonly leads: boolean;
}

export interface EventRows {
  readonly count: number;
  /** Row `row`, counting from 0. */
  at(row: number): EventRow;
  /** The first row of step `step`; row 0 before the first step, `count` behind the last. */
  firstOf(step: number): number;
}

/** The rows of `play`. Costs one number a step. */
export function eventRows({ recording: { steps } }: Play): EventRows {
  const firsts = new Uint32Array(steps.length);
  let count = 0;
  for (const [k, { events }] of steps.entries()) {
    firsts[k] = count;
    count += events.length;
  }
  return {
    count,
    at(row) {
      const k = bisectRight(firsts, row) - 1;
      const record = steps[k] as LabStep;
      const within = row - (firsts[k] as number);
      return { step: k + 1, record, event: record.events[within] as LabEvent, leads: within === 0 };
    },
    firstOf: (step) => (step < 1 ? 0 : (firsts[step - 1] ?? count)),
  };
}
