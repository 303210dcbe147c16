// SPDX-License-Identifier: GPL-2.0-only
// For tests of paths that meet: each path is a task of one operation, and the test keeps the world itself.

import { assert, present } from "../assert.ts";
import { parseChoice } from "./choice.ts";
import type { Path } from "./gate.ts";
import { type Recording, record } from "./recording.ts";

interface Rehearsal<E> {
  /** In words, as scenarios write them. An OBJECT is any value of the event. */
  readonly choices?: readonly string[];
  /** Called after each step. */
  readonly watch?: (task: string, events: readonly E[]) => void;
}

/**
 * Runs `paths`, by task name, to their ends. The recording can't be replayed: nobody has copied the test's world.
 *
 * Throws ModelBug for a choice that is none.
 */
export function rehearse<E extends { readonly type: string }>(
  paths: Readonly<Record<string, (emit: (event: E) => void) => Path<unknown>>>,
  { choices = [], watch }: Rehearsal<E> = {},
): Recording<null, E> {
  const names = Object.keys(paths);
  return record(
    {
      tasks: names.map((name) => ({ name, operations: 1 })),
      *begin(_world, task, _operation, emit) {
        yield* present(paths[task], task)(emit);
      },
      copy: (world) => world,
      reached: (event: E, name, object) =>
        event.type === name && (object === null || Object.values(event).includes(object)),
    },
    null,
    choices.map((text) => {
      const choice = present(parseChoice(text), `the choice "${text}"`);
      assert(names.includes(choice.task), `there is no task ${choice.task}, there are ${names}`);
      return choice;
    }),
    { watch: ({ task, events }) => watch?.(names[task] ?? "", events) },
  );
}
