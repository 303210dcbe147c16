// SPDX-License-Identifier: GPL-2.0-only
// A task runs its operations one after the other and stops at gates. It knows its stack of open calls.

import { assert, present } from "../assert.ts";
import type { Gate, Path } from "./gate.ts";
import { advance, newStack, openCalls, type Stack } from "./stack.ts";
import { inside } from "./whereabouts.ts";

/** One thread of control of a run. `stack` and `gate` are null exactly while it is between two operations. */
export interface Task {
  readonly name: string;
  readonly operations: number;
  /** Index of the operation it is in, or will begin next. */
  operation: number;
  stack: Stack | null;
  gate: Gate | null;
}

/** A task before its operation `operation`. */
export const newTask = (name: string, operations: number, operation: number): Task => ({
  name,
  operations,
  operation,
  stack: null,
  gate: null,
});

export const isDone = (task: Task) => task.operation >= task.operations;

/** Whether the task could take a step now. Between operations it always can: entering a call waits for nobody. */
export const isRunnable = (task: Task) => !isDone(task) && (task.gate === null || task.gate.ready());

/** Where the task is: its open calls and the gate of this step, innermost last. */
export const standsAt = ({ name, stack, gate }: Task): readonly string[] =>
  inside(
    openCalls(present(stack, () => `the stack of task ${name}`)),
    present(gate, () => `the gate of task ${name}`).label,
  ).labels;

/** Begins the task's next operation and stops it at the first gate. Nothing may happen before that gate. */
export function enter(task: Task, path: Path<void>): void {
  assert(task.stack === null, () => `task ${task.name} begins an operation inside another`);
  task.stack = newStack(path);
  task.gate = advance(task.stack, undefined);
  assert(task.gate !== null, () => `operation ${task.operation} of task ${task.name} has no step`);
}

/** Gives `value` to the path and lets it run on to its next gate or to the end of the operation. */
export function resume(task: Task, value: unknown): void {
  task.gate = advance(
    present(task.stack, () => `the stack of task ${task.name}`),
    value,
  );
  if (task.gate !== null) return;
  task.stack = null;
  task.operation++;
}
