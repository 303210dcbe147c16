// SPDX-License-Identifier: GPL-2.0-only
// The shared clock: two designs begin each operation together, and the one that is done waits for the other.

import { type OperationSteps, operationSteps, type Play } from "../../engine/index.ts";

/** One value for each of the two designs on screen, upper one first. */
export type Both<T> = readonly [T, T];

/** Maps the value of each design. */
export const both = <T, U>([upper, lower]: Both<T>, map: (value: T, design: 0 | 1) => U): Both<U> => [
  map(upper, 0),
  map(lower, 1),
];

export interface SharedClock {
  readonly operations: Both<readonly OperationSteps[]>;
  /** The time at which each operation begins, and one more: the time at which the last one ends. */
  readonly begins: readonly number[];
}

/** A time as it is shown: `step` 0 of the first operation is the end of the set-up. */
export interface Moment {
  readonly operation: number;
  /** Steps into the operation, from 0 to its length, both included. */
  readonly step: number;
}

const stepsOf = (operation: OperationSteps | undefined) =>
  operation === undefined ? 0 : operation.last - operation.first + 1;

/**
 * The clock of two plays of one scenario. An operation lasts as long as it does in the slower design; where one is
 * shown alone (`only`), as long as it does in that one.
 */
export function clockOf(plays: Both<Play>, only: 0 | 1 | null = null): SharedClock {
  const operations = both(plays, operationSteps);
  const shown = only === null ? operations : [operations[only]];
  const begins = [0];
  for (let k = 0; k < Math.max(operations[0].length, operations[1].length); k++)
    begins.push((begins[k] ?? 0) + Math.max(...shown.map((own) => stepsOf(own[k]))));
  return { operations, begins };
}

/** The last time: 0 where nothing happens at all. */
export const timeMax = ({ begins }: SharedClock) => begins.at(-1) ?? 0;

/** How long operation `k` lasts. */
export const lengthOf = ({ begins }: SharedClock, k: number) => (begins[k + 1] ?? 0) - (begins[k] ?? 0);

/** What is shown at `time`. Between two operations that is the end of the earlier one. */
export function momentAt({ begins }: SharedClock, time: number): Moment {
  let operation = 0;
  while (operation + 2 < begins.length && (begins[operation + 1] ?? 0) < time) operation++;
  return { operation, step: time - (begins[operation] ?? 0) };
}

/** Where one design stands: steps taken in its run, and whether it is done while the other goes on. */
export function standing(
  clock: SharedClock,
  design: 0 | 1,
  { operation, step }: Moment,
): { step: number; waiting: boolean } {
  const own = clock.operations[design][operation] ?? { first: 1, last: 0 };
  const ended = step >= stepsOf(own);
  return {
    step: ended ? own.last : own.first - 1 + step,
    waiting: ended && step < lengthOf(clock, operation),
  };
}

/** The time at which `moment` is shown; a step that its operation does not have is its last one. */
export const timeOf = (clock: SharedClock, { operation, step }: Moment): number =>
  (clock.begins[operation] ?? timeMax(clock)) + Math.min(step, lengthOf(clock, operation));

/** The time at which `design` has taken `step` steps of its run. */
export function timeOfStep(clock: SharedClock, design: 0 | 1, step: number): number {
  const own = clock.operations[design];
  const found = own.findIndex(({ last }) => step <= last);
  const operation = found < 0 ? own.length - 1 : found;
  const first = own[operation]?.first ?? 1;
  return (clock.begins[operation] ?? 0) + Math.max(0, step - first + 1);
}
