// SPDX-License-Identifier: GPL-2.0-only
// A live run: a world, the tasks that change it, and the number of steps taken.

import { assert } from "../assert.ts";
import { enter, newTask, resume, standsAt, type Task } from "./task.ts";
import type { Path } from "./gate.ts";

/** What a run is made of. `W` is plain data; `E` is what its paths tell. */
export interface Model<W, E> {
  readonly tasks: readonly { readonly name: string; readonly operations: number }[];
  /** The path of operation `operation` of task `task`. It touches nothing before its first gate, which is ready. */
  begin(world: W, task: string, operation: number, emit: (event: E) => void): Path<void>;
  /** Whether all has come to a stop in `world`: no task takes a step any more, wherever it stands. */
  halted?(world: W): boolean;
  /** A world that shares nothing changeable with the given one. */
  copy(world: W): W;
  /** Whether `event` is the one that a choice waits for; `object` null stands for any. */
  reached(event: E, name: string, object: string | null): boolean;
}

/** One step as it is remembered: who took it, where its task stood, what came of it. */
export interface StepRecord<E> {
  readonly task: number;
  readonly operation: number;
  /** Labels of the open calls and of the gate, innermost last. */
  readonly at: readonly string[];
  readonly events: readonly E[];
}

export interface Run<W, E> {
  readonly model: Model<W, E>;
  readonly world: W;
  readonly tasks: readonly Task[];
  /** Steps taken so far; equally the number of the last one, counting from 1. */
  step: number;
  /** Events of the step that is being taken. */
  events: E[];
}

/** A run of `world` whose tasks stand before the operations given. Takes the world over: copy it first. */
export const startRun = <W, E>(
  model: Model<W, E>,
  world: W,
  step = 0,
  operations: readonly number[] = model.tasks.map(() => 0),
): Run<W, E> => ({
  model,
  world,
  tasks: model.tasks.map((task, k) => newTask(task.name, task.operations, operations[k] ?? 0)),
  step,
  events: [],
});

/**
 * Lets `tasks[index]` take one step: from the gate it stands at to its next one.
 *
 * Returns: the step's record. The caller has made sure that the task is runnable; ModelBug is thrown otherwise.
 */
export function takeStep<W, E>(run: Run<W, E>, index: number): StepRecord<E> {
  const task = standAtGate(run, index);
  const { operation } = task;
  const at = standsAt(task);
  return { task: index, operation, at, events: passGate(run, task) };
}

/** The same step where nobody asks for its record: what it told, and the label of its gate. */
export function repeatStep<W, E>(run: Run<W, E>, index: number): { events: readonly E[]; label: string } {
  const task = standAtGate(run, index);
  const label = task.gate?.label ?? "";
  return { label, events: passGate(run, task) };
}

/** Task `index` at the gate of its next step; between two operations it begins the later one. */
function standAtGate<W, E>(run: Run<W, E>, index: number): Task {
  const task = run.tasks[index] as Task;
  // What an operation tells on the way to its first gate belongs to that gate's step.
  run.events = [];
  if (task.stack === null) {
    const emit = (event: E) => {
      run.events.push(event);
    };
    enter(task, run.model.begin(run.world, task.name, task.operation, emit));
  }
  return task;
}

function passGate<W, E>(run: Run<W, E>, task: Task): readonly E[] {
  run.step++;
  const { gate } = task;
  const { events } = run;
  // Of a task between operations nobody could tell: its first gate is known only now.
  assert(
    gate?.ready() === true,
    () => `task ${task.name} does not wait at "${gate?.label}", which is not ready`,
  );
  resume(task, gate.act());
  return events;
}

/** Whether no path is suspended, so that world and operation numbers say all there is to say. */
export const isAtRest = <W, E>(run: Run<W, E>) => run.tasks.every((task) => task.stack === null);
