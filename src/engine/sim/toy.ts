// SPDX-License-Identifier: GPL-2.0-only
// A toy for tests: two counters and a lock. Small enough that what a run must do can be worked out by hand.

import { present } from "../assert.ts";
import { call, type Path, step, stepWhen } from "./gate.ts";
import type { Model } from "./run.ts";

/** `a` adds one to a; `b` makes b depend on the order of all that was before; a call holds further instructions. */
export type Instruction = "a" | "b" | "lock" | "unlock" | { readonly call: readonly Instruction[] };

/** By task: its operations, each a list of instructions. */
export type Program = Readonly<Record<string, readonly (readonly Instruction[])[]>>;

/** Plain data. The lock is no queue: whoever is chosen first once it is free has it. */
export interface ToyWorld {
  a: number;
  b: number;
  holder: string | null;
}

export interface ToyEvent {
  readonly type: "begun" | "a" | "b" | "locked" | "unlocked";
  /** What is counted, or who it was. */
  readonly object: string;
}

export const newToyWorld = (): ToyWorld => ({ a: 0, b: 0, holder: null });

/** The model of `program`. Every operation begins with a step of its own, as a system call does. */
export const toyModel = (program: Program): Model<ToyWorld, ToyEvent> => ({
  tasks: Object.entries(program).map(([name, operations]) => ({ name, operations: operations.length })),
  *begin(world, task, operation, emit) {
    const instructions = present(program[task]?.[operation], `operation ${operation} of ${task}`);
    yield* step("toy: begin", () => emit({ type: "begun", object: task }));
    yield* run(world, task, instructions, emit);
  },
  copy: (world) => ({ ...world }),
  reached: (event, name, object) => event.type === name && (object === null || event.object === object),
});

function* run(
  world: ToyWorld,
  task: string,
  instructions: readonly Instruction[],
  emit: (event: ToyEvent) => void,
): Path<void> {
  for (const instruction of instructions) {
    if (typeof instruction === "object")
      yield* call("toy: inside a call", run(world, task, instruction.call, emit));
    else yield* runOne(world, task, instruction, emit);
  }
}

function* runOne(
  world: ToyWorld,
  task: string,
  instruction: "a" | "b" | "lock" | "unlock",
  emit: (event: ToyEvent) => void,
): Path<void> {
  switch (instruction) {
    case "a":
      yield* step("toy: add to a", () => {
        world.a++;
        emit({ type: "a", object: String(world.a) });
      });
      break;
    case "b":
      yield* step("toy: mix a into b", () => {
        world.b = (world.b * 31 + world.a * 7 + task.charCodeAt(0)) % 1_000_003;
        emit({ type: "b", object: String(world.b) });
      });
      break;
    case "lock":
      yield* stepWhen(
        "toy: take the lock",
        () => world.holder === null,
        () => {
          world.holder = task;
          emit({ type: "locked", object: task });
        },
      );
      break;
    case "unlock":
      yield* step("toy: give the lock back", () => {
        if (world.holder !== task) return;
        world.holder = null;
        emit({ type: "unlocked", object: task });
      });
      break;
  }
}
