// SPDX-License-Identifier: GPL-2.0-only
// A run is its list of choices: whatever the program, whatever the choices, and wherever one looks.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { present } from "../assert.ts";
import { type Choice, parseChoice } from "./choice.ts";
import { fork, goTo, type Recording, record, stepOn } from "./recording.ts";
import { newToyWorld, type Program, type ToyEvent, toyModel, type ToyWorld } from "./toy.ts";

const plain = fc.constantFrom("a", "b", "lock", "unlock") as fc.Arbitrary<"a" | "b" | "lock" | "unlock">;
const instruction = fc.oneof(
  { weight: 5, arbitrary: plain },
  { weight: 1, arbitrary: fc.record({ call: fc.array(plain, { maxLength: 3 }) }) },
);
const operations = fc.array(fc.array(instruction, { maxLength: 6 }), { maxLength: 4 });
const program: fc.Arbitrary<Program> = fc.record({ A: operations, B: operations, C: operations });
const task = fc.constantFrom("A", "B", "C");
const choice = fc
  .oneof(
    fc.tuple(task, fc.integer({ min: 1, max: 6 })).map(([name, steps]) => `${name}*${steps}`),
    fc.tuple(task, fc.constantFrom("a", "b", "locked", "unlocked", "a 3")).map((t) => t.join(" until ")),
    task.map((name) => `${name} to end`),
  )
  .map((text) => present(parseChoice(text), text));
const choices = fc.array(choice, { maxLength: 12 });

/** A recording, and the world after each of its steps as text; that of step 0 first. */
function recorded(given: Program, list: readonly Choice[]) {
  const worlds = [JSON.stringify(newToyWorld())];
  const recording = record(toyModel(given), newToyWorld(), list, {
    watch: (_, { world }) => worlds.push(JSON.stringify(world)),
  });
  return { recording, worlds };
}

/** The rest of a run after `step` steps, as one choice a step. */
const rest = ({ model, steps }: Recording<ToyWorld, ToyEvent>, step: number): Choice[] =>
  steps.slice(step).map((taken) => {
    const name = present(model.tasks[taken.task], "task").name;
    return { task: name, text: name, for: "steps", steps: 1 };
  });

/** How often each interesting place was come to. */
const seen = { putOff: 0, stuck: 0, taken: 0, whole: 0 };

describe("any program under any choices", () => {
  it("gives the same steps for the same choices, to the last field", () => {
    fc.assert(
      fc.property(program, choices, (given, list) => {
        const { recording } = recorded(given, list);
        expect(JSON.stringify(recorded(given, list).recording)).toBe(JSON.stringify(recording));
        if (recording.putOffs.length > 0) seen.putOff++;
        if (recording.stuck.length > 0) seen.stuck++;
        else seen.whole++;
        seen.taken += recording.steps.length;
      }),
      { numRuns: 300, seed: 64 },
    );
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(10);
  });

  it("shows the same world and tells the same events run at once, stepped through, and gone to", () => {
    fc.assert(
      fc.property(program, choices, (given, list) => {
        const { recording, worlds } = recorded(given, list);
        const stepped = goTo(recording, 0);
        for (let k = 0; ; k++) {
          expect(JSON.stringify(stepped.world)).toBe(worlds[k]);
          expect(JSON.stringify(goTo(recording, k).world)).toBe(worlds[k]);
          if (k === recording.steps.length) break;
          stepOn(recording, stepped);
          expect(JSON.stringify(stepped.events)).toBe(JSON.stringify(recording.steps[k]?.events));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is the same run again where it is left at any step and gone on with as it went on", () => {
    fc.assert(
      fc.property(program, choices, fc.nat(), (given, list, at) => {
        const { recording } = recorded(given, list);
        const step = at % (recording.steps.length + 1);
        const forked = fork(recording, step, rest(recording, step));
        expect(JSON.stringify(forked.steps)).toBe(JSON.stringify(recording.steps));
        expect(forked.stuck).toEqual(recording.stuck);
      }),
      { numRuns: 200 },
    );
  });

  it("left behind all its choices, goes on by itself as it did", () => {
    fc.assert(
      fc.property(program, fc.array(task, { maxLength: 8 }), fc.nat(), (given, names, at) => {
        // Single steps that are all taken at once: a run in which no choice is pending after them.
        const list = names.map((name): Choice => ({ task: name, text: name, for: "steps", steps: 1 }));
        const { recording } = recorded(given, list);
        fc.pre(recording.putOffs.length === 0 && recording.steps.length >= names.length);
        const step = names.length + (at % (recording.steps.length - names.length + 1));
        expect(JSON.stringify(fork(recording, step, []).steps)).toBe(JSON.stringify(recording.steps));
      }),
      { numRuns: 200 },
    );
  });

  it("never lets two tasks hold the lock, and never loses an addition", () => {
    fc.assert(
      fc.property(program, choices, (given, list) => {
        let holder: string | null = null;
        let additions = 0;
        const { recording } = recorded(given, list);
        for (const { events } of recording.steps)
          for (const { type, object } of events) {
            if (type === "locked") {
              expect(holder).toBeNull();
              holder = object;
            } else if (type === "unlocked") {
              expect(holder).toBe(object);
              holder = null;
            } else if (type === "a") expect(object).toBe(String(++additions));
          }
        expect(goTo(recording, recording.steps.length).world).toMatchObject({ a: additions, holder });
      }),
      { numRuns: 200 },
    );
  });
});
