// SPDX-License-Identifier: GPL-2.0-only
// A gate is where a task stops and another may run. Everything between two gates happens at once.
//
// Left out: preemption between gates. Where the kernel could be interrupted in a way that matters, the path has
// a gate there; a viewer never sees a task stop anywhere else.

/** A place where a task waits to be chosen. */
export interface Gate<T = unknown> {
  /** What the step does, in words that no other line of the sources has: whoever shows code looks them up. */
  readonly label: string;
  /** Whether the step could be taken now. Looks, and changes nothing. */
  ready(): boolean;
  /** Takes the step. What it returns goes back into the path. */
  act(): T;
}

/**
 * A labelled call: the task runs `path` and gives back what it returns. No step of its own, only a line on the
 * stack of open calls. The task keeps that stack itself, so that a step costs the same however deep it is.
 */
export interface Call {
  readonly call: string;
  readonly path: Path<unknown>;
}

/** A path that runs as a task: it yields gates, and the calls that it wants seen as open. */
export type Path<T> = Generator<Gate | Call, T, unknown>;

const always = () => true;

/**
 * One step that can be taken at any time.
 *
 * Gates: itself. Returns: what `act` returned.
 */
export function* step<T>(label: string, act: () => T): Path<T> {
  return (yield { label, ready: always, act }) as T;
}

/**
 * One step that waits until `ready` holds.
 *
 * Gates: itself. Returns: what `act` returned.
 */
export function* stepWhen<T>(label: string, ready: () => boolean, act: () => T): Path<T> {
  return (yield { label, ready, act }) as T;
}

/**
 * Runs `path` as an open call: until it returns, every event names `label` as one of the calls it happened in.
 *
 * Gates: those of `path`; the call itself is no step.
 */
export function* call<T>(label: string, path: Path<T>): Path<T> {
  return (yield { call: label, path }) as T;
}

/** Tells a call from a gate. */
export const isCall = (yielded: Gate | Call): yielded is Call => (yielded as Call).path !== undefined;
