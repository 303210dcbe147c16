// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import {
  type Both,
  clockOf,
  lengthOf,
  momentAt,
  type SharedClock,
  standing,
  timeMax,
  timeOfStep,
} from "./clock.ts";
import { builtIn, parseDocument, type Play, play } from "../../engine/index.ts";

/** Three operations: 5 steps against 2, 3 against 3, 1 against 4. */
const clock: SharedClock = {
  operations: [
    [
      { first: 1, last: 5 },
      { first: 6, last: 8 },
      { first: 9, last: 9 },
    ],
    [
      { first: 1, last: 2 },
      { first: 3, last: 5 },
      { first: 6, last: 9 },
    ],
  ],
  begins: [0, 5, 8, 12],
};

const steps = (time: number) =>
  ([0, 1] as const).map((design) => {
    const { step, waiting } = standing(clock, design, momentAt(clock, time));
    return waiting ? `${step} waits` : step;
  });

/** Both plays of a built-in. */
function playsOf(name: string): Both<Play> {
  const known = builtIn(name);
  if (known === null || !("document" in known)) throw new Error(`${name} is not written in code`);
  const parsed = parseDocument(known.document());
  if (!parsed.ok) throw new Error(`${name} does not parse`);
  const { scenario } = parsed;
  return [play(scenario, scenario.show[0]), play(scenario, scenario.show[1])];
}

it("both designs begin each operation together, and the one that is done waits", () => {
  expect([0, 1, 2, 3, 4, 5, 6].map(steps)).toEqual([
    [0, 0],
    [1, 1],
    [2, "2 waits"],
    [3, "2 waits"],
    [4, "2 waits"],
    [5, 2],
    [6, 3],
  ]);
  expect([8, 9, 10, 12].map(steps)).toEqual([
    [8, 5],
    ["9 waits", 6],
    ["9 waits", 7],
    [9, 9],
  ]);
});

it("between two operations the end of the earlier one is shown, and the set-up's end belongs to the first", () => {
  expect(momentAt(clock, 0)).toEqual({ operation: 0, step: 0 });
  expect(momentAt(clock, 5)).toEqual({ operation: 0, step: 5 });
  expect(momentAt(clock, 6)).toEqual({ operation: 1, step: 1 });
  expect(momentAt(clock, 12)).toEqual({ operation: 2, step: 4 });
});

it("the time of a step is one at which the design stands there", () => {
  for (const design of [0, 1] as const)
    for (let step = 0; step <= 9; step++)
      expect(standing(clock, design, momentAt(clock, timeOfStep(clock, design, step))).step).toBe(step);
});

it("an operation lasts as long as in the slower design; with several tasks the scenario is one operation", () => {
  const several = clockOf(playsOf("t-c2"));
  expect(several.begins).toHaveLength(4);
  for (const k of [0, 1, 2]) {
    const own = several.operations.map((operations) => operations[k]!.last - operations[k]!.first + 1);
    expect(lengthOf(several, k)).toBe(Math.max(...own));
  }
  const plays = playsOf("t-b1");
  expect(plays[0].scenario.tasks.size).toBe(2);
  expect(clockOf(plays).begins).toEqual([
    0,
    Math.max(...plays.map(({ recording }) => recording.steps.length)),
  ]);
});

it("a clock without steps ends where it begins", () => {
  expect(timeMax({ operations: [[], []], begins: [0] })).toBe(0);
  expect(momentAt({ operations: [[], []], begins: [0] }, 0)).toEqual({ operation: 0, step: 0 });
});
