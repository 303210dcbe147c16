// SPDX-License-Identifier: GPL-2.0-only
// Turns choices into "who takes the next step". Deterministic: it looks at nothing but the tasks and the choices.
//
// A choice whose task can't run is put off. Before every later step the oldest put-off choice whose task can run
// goes first. Without choices the running task goes on until it blocks or ends, then the first in scenario order.

import type { Choice } from "./choice.ts";
import { isDone, isRunnable, type Task } from "./task.ts";

/** Told where a choice had to wait: before which step, and at which gate its task stood. */
export interface PutOff {
  /** The choice was put off before this step was taken. */
  readonly step: number;
  readonly task: string;
  readonly choice: string;
  /** Label of the gate at which the task stands. */
  readonly at: string;
}

/** What is left to do of one choice. */
interface Order {
  readonly choice: Choice;
  readonly task: Task;
  stepsLeft: number;
}

export interface Scheduler {
  readonly tasks: readonly Task[];
  readonly waiting: readonly Order[];
  /** The first of `waiting` that is neither fulfilled nor put off. */
  next: number;
  readonly putOff: Order[];
  readonly putOffs: PutOff[];
  /** The order that the next step is taken for; null where none is left. */
  current: Order | null;
  running: Task | null;
}

export const newScheduler = (tasks: readonly Task[], choices: readonly Choice[]): Scheduler => ({
  tasks,
  waiting: choices.flatMap((choice) => {
    const task = tasks.find((candidate) => candidate.name === choice.task);
    return task === undefined ? [] : [{ choice, task, stepsLeft: choice.for === "steps" ? choice.steps : 1 }];
  }),
  next: 0,
  putOff: [],
  putOffs: [],
  current: null,
  running: null,
});

/**
 * The task that takes step `step`, or null where none can.
 *
 * Null with a task not done means that the tasks wait for each other for ever.
 */
export function choose(scheduler: Scheduler, step: number): Task | null {
  const { putOff, waiting } = scheduler;
  drop(putOff);
  const resumed = putOff.find((order) => isRunnable(order.task));
  if (resumed) return runFor(scheduler, resumed);
  for (; scheduler.next < waiting.length; scheduler.next++) {
    const order = waiting[scheduler.next] as Order;
    if (isFulfilled(order)) continue;
    if (isRunnable(order.task)) return runFor(scheduler, order);
    putOff.push(order);
    const at = order.task.gate?.label ?? "";
    scheduler.putOffs.push({ step, task: order.task.name, choice: order.choice.text, at });
  }
  scheduler.current = null;
  const { running } = scheduler;
  const next = running && isRunnable(running) ? running : scheduler.tasks.find(isRunnable);
  scheduler.running = next ?? null;
  return next ?? null;
}

/** Tells the scheduler what the chosen step did, so that a choice knows when it is fulfilled. */
export function stepTaken(
  scheduler: Scheduler,
  reached: (event: string, object: string | null) => boolean,
): void {
  const order = scheduler.current;
  if (order === null) return;
  const { choice } = order;
  if (choice.for === "steps") order.stepsLeft--;
  if (choice.for === "event" && reached(choice.event, choice.object)) order.stepsLeft = 0;
}

function runFor(scheduler: Scheduler, order: Order): Task {
  scheduler.current = order;
  scheduler.running = order.task;
  return order.task;
}

/** Forgets the orders that are fulfilled or whose task has ended. */
function drop(orders: Order[]): void {
  for (let k = orders.length - 1; k >= 0; k--) {
    if (isFulfilled(orders[k] as Order)) orders.splice(k, 1);
  }
}

const isFulfilled = ({ stepsLeft, task }: Order) => stepsLeft === 0 || isDone(task);
