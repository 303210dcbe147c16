// SPDX-License-Identifier: GPL-2.0-only
// One clock for two designs: (operation, step within it). With one task an operation is one of its own; with
// several the whole scenario is one, since operations of different tasks overlap.

import type { Play } from "./play.ts";

/** The steps of one operation, numbered from 1 in the run: first to last, both included. */
export interface OperationSteps {
  readonly first: number;
  readonly last: number;
}

/** The operations of `play` in order; `last` is `first - 1` where an operation took no step. */
export function operationSteps({ scenario, recording }: Play): OperationSteps[] {
  const { steps } = recording;
  if (scenario.tasks.size !== 1) return [{ first: 1, last: steps.length }];
  const operations = [...scenario.tasks.values()][0] ?? [];
  const result: OperationSteps[] = [];
  let first = 1;
  for (let k = 0; k < operations.length; k++) {
    let last = first - 1;
    while (steps[last]?.operation === k) last++;
    result.push({ first, last });
    first = last + 1;
  }
  return result;
}
