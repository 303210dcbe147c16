// SPDX-License-Identifier: GPL-2.0-only
// A recording: who took each step, what was told, and copies of the world from moments when nothing was
// suspended. A suspended generator can't be copied, so the past is reached by replaying from such a copy.

import { ModelBug, present } from "../assert.ts";
import type { Choice } from "./choice.ts";
import { isAtRest, type Model, repeatStep, type Run, type StepRecord, startRun, takeStep } from "./run.ts";
import { drain, type Slices } from "./slices.ts";
import { choose, newScheduler, type PutOff, stepTaken } from "./scheduler.ts";
import { isDone, type Task } from "./task.ts";

/** A world as it was after `step` steps, with every task between operations. */
interface Checkpoint<W> {
  readonly step: number;
  readonly world: W;
  readonly operations: readonly number[];
}

export interface Recording<W, E> {
  readonly model: Model<W, E>;
  readonly steps: readonly StepRecord<E>[];
  readonly putOffs: readonly PutOff[];
  readonly checkpoints: readonly Checkpoint<W>[];
  /** The tasks that wait, or fault, for ever at the end; empty where every task ended, or the model halted. */
  readonly stuck: readonly string[];
}

/** What is known of a run that has ended and was not recorded. */
export interface Ran {
  readonly steps: number;
  readonly putOffs: readonly PutOff[];
  /** The tasks that wait, or fault, for ever at the end; empty where every task ended, or the model halted. */
  readonly stuck: readonly string[];
}

export interface RecordOptions<W, E> {
  /** Called after each step, before the next is chosen. */
  readonly watch?: (record: StepRecord<E>, run: Run<W, E>) => void;
  /** Task indices of steps that are taken before the choices count. */
  readonly prefix?: readonly number[];
  readonly stepsMax?: number;
}

/** Thrown where a run would take more steps than it may. */
export class BoundReached extends Error {
  override name = "BoundReached";
}

/** Thrown where a replay tells something else than the recording did. */
export class ReplayDivergence extends Error {
  override name = "ReplayDivergence";
}

/** Some hundred bytes a step are kept, so this many fit where a browser or a small machine still answers. */
const STEPS_MAX = 1_000_000;

/** So many steps lie at least between two copies of the world: a replay of that length costs a few milliseconds. */
const CHECKPOINT_STEPS = 1_000;

/** Where there would be more copies, every second one goes, and the next ones come half as often. */
const CHECKPOINTS_MAX = 128;

/** A slice of a recording or of a replay ends after so many steps. */
const SLICE_STEPS = 256;

/** Runs `model` over `world` to its end and remembers it. Takes the world over. */
export const record = <W, E>(
  model: Model<W, E>,
  world: W,
  choices: readonly Choice[],
  options: RecordOptions<W, E> = {},
): Recording<W, E> => drain(recording(model, world, choices, options));

/** record() in slices. */
export function* recording<W, E>(
  model: Model<W, E>,
  world: W,
  choices: readonly Choice[],
  options: RecordOptions<W, E> = {},
): Slices<Recording<W, E>> {
  let checkpoints = [checkpoint(startRun(model, world))];
  let apart = CHECKPOINT_STEPS;
  const steps: StepRecord<E>[] = [];
  const { putOffs, stuck } = yield* running(model, world, choices, {
    ...options,
    watch: (taken, run) => {
      steps.push(taken);
      options.watch?.(taken, run);
      const newest = checkpoints[checkpoints.length - 1] as Checkpoint<W>;
      if (run.step - newest.step < apart || !isAtRest(run)) return;
      checkpoints.push(checkpoint(run));
      if (checkpoints.length > CHECKPOINTS_MAX) {
        checkpoints = checkpoints.filter((_, k) => k % 2 === 0);
        apart *= 2;
      }
    },
  });
  return { model, steps, putOffs, checkpoints, stuck };
}

/** Runs `model` over `world` to its end and remembers nothing of it, in slices. Takes the world over. */
export function* running<W, E>(
  model: Model<W, E>,
  world: W,
  choices: readonly Choice[],
  { watch, prefix = [], stepsMax = STEPS_MAX }: RecordOptions<W, E>,
): Slices<Ran> {
  const run = startRun(model, world);
  const scheduler = newScheduler(run.tasks, choices);
  const isHalted = () => model.halted?.(world) === true;
  while (!isHalted()) {
    const forced = prefix[run.step];
    const task = forced === undefined ? choose(scheduler, run.step + 1) : present(run.tasks[forced], "task");
    if (task === null) break;
    if (run.step >= stepsMax) throw new BoundReached(`the run takes more than ${stepsMax} steps`);
    const taken = takeStep(run, run.tasks.indexOf(task));
    // A forced step fulfils no choice, but where choices end, the task that ran last is the one to go on.
    if (forced !== undefined) scheduler.running = task;
    else
      stepTaken(scheduler, (name, object) =>
        taken.events.some((event) => model.reached(event, name, object)),
      );
    watch?.(taken, run);
    if (run.step % SLICE_STEPS === 0) yield;
  }
  // Where all has come to a stop nobody waits.
  const stuck = isHalted() ? [] : run.tasks.filter((task) => !isDone(task)).map(({ name }: Task) => name);
  return { steps: run.step, putOffs: scheduler.putOffs, stuck };
}

/** A live run that has taken the first `step` steps of `recording`. Checks no invariant. */
export const goTo = <W, E>(recording: Recording<W, E>, step: number): Run<W, E> =>
  drain(goingTo(recording, step));

/** goTo() in slices. */
export function* goingTo<W, E>(recording: Recording<W, E>, step: number): Slices<Run<W, E>> {
  const from = present(
    recording.checkpoints.findLast((copy) => copy.step <= step),
    () => `a copy of the world before step ${step}`,
  );
  const run = startRun(recording.model, recording.model.copy(from.world), from.step, from.operations);
  while (run.step < step) {
    stepOn(recording, run);
    if (run.step % SLICE_STEPS === 0) yield;
  }
  return run;
}

/** Takes the recording's next step in `run`, which came from goTo(). */
export function stepOn<W, E>(recording: Recording<W, E>, run: Run<W, E>): void {
  const recorded = present(recording.steps[run.step], () => `step ${run.step + 1}`);
  const { events, label } = repeatStep(run, recorded.task);
  if (events.length !== recorded.events.length || label !== recorded.at[recorded.at.length - 1])
    throw new ReplayDivergence(
      `Step ${run.step} of the replay told ${events.length} events at "${label}"; the recording has ` +
        `${recorded.events.length} at "${recorded.at.at(-1)}". The usual cause is a kernel path that reads something outside the world.`,
    );
}

/** Leaves `recording` after `step` steps and goes on with `choices`: a new recording with the same beginning. */
export const fork = <W, E>(
  from: Recording<W, E>,
  step: number,
  choices: readonly Choice[],
  options: Omit<RecordOptions<W, E>, "prefix"> = {},
): Recording<W, E> => drain(forking(from, step, choices, options));

/** fork() in slices. */
export function forking<W, E>(
  { model, checkpoints, steps }: Recording<W, E>,
  step: number,
  choices: readonly Choice[],
  options: Omit<RecordOptions<W, E>, "prefix"> = {},
): Slices<Recording<W, E>> {
  const first = checkpoints[0];
  if (first === undefined) throw new ModelBug("a recording without its first world");
  const prefix = steps.slice(0, step).map((taken) => taken.task);
  return recording(model, model.copy(first.world), choices, { ...options, prefix });
}

const checkpoint = <W, E>(run: Run<W, E>): Checkpoint<W> => ({
  step: run.step,
  world: run.model.copy(run.world),
  operations: run.tasks.map((task) => task.operation),
});
