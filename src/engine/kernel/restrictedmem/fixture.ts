// SPDX-License-Identifier: GPL-2.0-only
// For tests: a file's surroundings, with notifiers that take one step each and say that they were called.

import { type Path, step } from "../../sim/gate.ts";
import type { Pgoff } from "../../units.ts";
import type { MemslotId } from "../kvm/memslot.ts";
import { newMemory } from "../shmem/memory.ts";
import type { NotifierRef, RestrictedmemEnv } from "./env.ts";
import type { Edge } from "./events.ts";

/** A notifier was called with file pages [start, end). */
export interface CalledEvent {
  readonly type: "called";
  readonly edge: Edge;
  readonly notifier: MemslotId;
  readonly start: Pgoff;
  readonly end: Pgoff;
}

export type TestEvent = Parameters<RestrictedmemEnv["emit"]>[0] | CalledEvent;

/** Environments of one host, by task. */
export function testEnvs(): (task: string, emit: (event: TestEvent) => void) => RestrictedmemEnv {
  const memory = newMemory();
  return (task, emit) => {
    const called = (edge: Edge) =>
      function* (notifier: MemslotId, start: Pgoff, end: Pgoff): Path<void> {
        yield* step("test: the notifier is called", () =>
          emit({ type: "called", edge, notifier, start, end }),
        );
      };
    return {
      task,
      memory,
      ...{ pagesPerStep: null, fsizeMax: null, signalPending: () => false },
      emit,
      notifierOps: { invalidateStart: called("start"), invalidateEnd: called("end") },
    };
  };
}

export const notifierRef = (id: number): NotifierRef => ({ id: id as MemslotId, name: `vm0/${id}` });

/** An event in a word or two: `called start 3`, `lock.taken f0/rm->lock`, `walk.begun end`. */
export function short(event: TestEvent): string {
  const about: unknown[] = [];
  if ("edge" in event) about.push(event.edge);
  if ("lock" in event) about.push(event.lock);
  if (event.type === "called") about.push(event.notifier);
  return [event.type, ...about].join(" ");
}
