// SPDX-License-Identifier: GPL-2.0-only
// A task runs its operations one after the other and stops at gates. It knows its stack of open calls.

import { assert, present } from "../assert.ts";
import { type Gate, isCallMark, type Path } from "./gate.ts";

/** One thread of control of a run. `path` is null exactly while it is between two operations. */
export interface Task {
  readonly name: string;
  readonly operations: number;
  /** Index of the operation it is in, or will begin next. */
  operation: number;
  path: Path<void> | null;
  gate: Gate | null;
  /** Labels of the open calls, outermost first. Replaced, never changed: recorded steps keep it. */
  calls: readonly string[];
}

/** A task before its operation `operation`. */
export const newTask = (name: string, operations: number, operation: number): Task => ({
  name,
  operations,
  operation,
  path: null,
  gate: null,
  calls: [],
});

export const isDone = (task: Task) => task.operation >= task.operations;

/** Whether the task could take a step now. Between operations it always can: entering a call waits for nobody. */
export const isRunnable = (task: Task) => !isDone(task) && (task.gate === null || task.gate.ready());

/** Where the task is: its open calls and the gate of this step, innermost last. */
export const standsAt = (task: Task): readonly string[] => [
  ...task.calls,
  present(task.gate, "the gate").label,
];

/** Begins the task's next operation and stops it at the first gate. Nothing may happen before that gate. */
export function enter(task: Task, path: Path<void>): void {
  assert(task.path === null, `task ${task.name} begins an operation inside another`);
  task.path = path;
  resume(task, undefined);
  assert(task.gate !== null, `operation ${task.operation} of task ${task.name} has no step`);
}

/** Gives `value` to the path and lets it run on to its next gate or to the end of the operation. */
export function resume(task: Task, value: unknown): void {
  const path = present(task.path, `the path of task ${task.name}`);
  let next = path.next(value);
  while (!next.done && isCallMark(next.value)) {
    const { call } = next.value;
    task.calls = call === null ? task.calls.slice(0, -1) : [...task.calls, call];
    next = path.next();
  }
  if (next.done) {
    assert(task.calls.length === 0, `task ${task.name} ended inside ${task.calls.join(" > ")}`);
    task.path = null;
    task.gate = null;
    task.operation++;
  } else {
    task.gate = next.value as Gate;
  }
}
