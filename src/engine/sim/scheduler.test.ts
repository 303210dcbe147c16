// SPDX-License-Identifier: GPL-2.0-only
// Who takes the next step. Every operation of the toy begins with a step of its own; it is counted here too.

import { describe, expect, it } from "vitest";
import { present } from "../assert.ts";
import { parseChoice } from "./choice.ts";
import { record, type RecordOptions } from "./recording.ts";
import { newToyWorld, type Program, type ToyEvent, toyModel, type ToyWorld } from "./toy.ts";

const run = (program: Program, choices: readonly string[], options?: RecordOptions<ToyWorld, ToyEvent>) => {
  const model = toyModel(program);
  const parsed = choices.map((text) => present(parseChoice(text), text));
  const { steps, putOffs, stuck } = record(model, newToyWorld(), parsed, options);
  /** The tasks in the order of their steps, a letter each. */
  const order = steps.map(({ task }) => model.tasks[task]?.name).join("");
  return { order, putOffs, stuck, steps };
};

const THREE: Program = { A: [["a", "a", "a"]], B: [["a", "a", "a"]], C: [["a", "a", "a"]] };

describe("a choice", () => {
  it("of a task alone is one step, and *N are N steps", () => {
    expect(run(THREE, ["C", "B*2", "A", "C"]).order.slice(0, 5)).toBe("CBBAC");
  });

  it("to the end runs all operations of the task", () => {
    const twoEach: Program = { A: [["a"], ["a"]], B: [["a"], ["a"]] };
    expect(run(twoEach, ["B to end"]).order).toBe("BBBBAAAA");
  });

  it("until an event runs to the end of the step that tells it, whatever the object", () => {
    const program: Program = { A: [["b", "lock", "b", "unlock"]], B: [["a"]] };
    expect(run(program, ["A until locked", "B"]).order.slice(0, 4)).toBe("AAAB");
  });

  it("until an event of an object waits for that object", () => {
    const counting: Program = { A: [["a", "a", "a", "a"]], B: [["a"]] };
    expect(run(counting, ["A until a", "B"]).order.slice(0, 3)).toBe("AAB");
    expect(run(counting, ["A until a 3", "B"]).order.slice(0, 5)).toBe("AAAAB");
  });

  it("until an event looks at the steps of its own task alone", () => {
    const program: Program = { A: [["a", "a"]], B: [["b", "a"]] };
    expect(run(program, ["A until a", "B until a", "A"]).order).toBe("AABBBA");
  });

  it("until an event that has passed already, or never comes, runs its task to the end", () => {
    expect(run(THREE, ["B until locked", "C"]).order.slice(0, 5)).toBe("BBBBC");
  });

  it("for a task that has ended is dropped without a word", () => {
    const { order, putOffs } = run(THREE, ["A to end", "A*5", "A until a", "A to end", "B"]);
    expect(order.slice(0, 5)).toBe("AAAAB");
    expect(putOffs).toEqual([]);
  });

  it("of more steps than its task has left ends with the task", () => {
    expect(run(THREE, ["B*100", "A"]).order.slice(0, 5)).toBe("BBBBA");
  });
});

describe("without choices", () => {
  it("the first task in scenario order runs to its end, then the next", () => {
    expect(run(THREE, []).order).toBe("AAAABBBBCCCC");
  });

  it("the task that a choice let run goes on", () => {
    expect(run(THREE, ["B*2"]).order).toBe("BBBBAAAACCCC");
  });

  it("a task that blocks makes room for the first one that can run, and goes on only when that one ends", () => {
    const program: Program = { A: [["lock", "a", "unlock"]], B: [["lock", "a", "unlock", "a"]], C: [["a"]] };
    // B begins, A takes the lock; the rest is the default rule from A on.
    expect(run(program, ["B", "A*2"]).order).toBe("BAAAABBBBCC");
    expect(run(program, ["A*2", "B"]).order).toBe("AABAABBBBCC");
  });
});

describe("a choice whose task can't run", () => {
  const program: Program = {
    A: [["lock", "a", "unlock", "a", "a"]],
    B: [["lock", "a", "unlock"]],
    C: [["lock", "a", "unlock"]],
    D: [["a", "a", "a", "a"]],
  };

  it("is put off, told with its step and gate, and goes first as soon as its task can run", () => {
    const { order, putOffs } = run(program, ["A*2", "B to end", "A to end", "D to end"]);
    // A's own choice is interrupted between `unlock` and what follows it.
    expect(order.slice(0, 10)).toBe("AABAABBBAA");
    expect(putOffs).toEqual([{ step: 4, task: "B", choice: "B to end", at: "toy: take the lock" }]);
  });

  it("half-way keeps the steps that are left to it", () => {
    expect(run(program, ["A*2", "B*3", "A*2", "D"]).order.slice(0, 8)).toBe("AABAABBD");
  });

  it("waits behind an older one, whatever the order of the scenario or who was put off for longer", () => {
    const { order, putOffs } = run(program, ["A*2", "C*2", "B*2", "D", "A*2", "D to end"]);
    expect(putOffs.map(({ task, step }) => [task, step])).toEqual([
      ["C", 4],
      ["B", 5],
    ]);
    // C's order comes first; it is fulfilled by one step, which takes the lock. B's has to wait for C to unlock.
    expect(order).toBe("AACBDAAC" + "DDDD" + "AA" + "CC" + "BBB");
  });

  it("before every later step the oldest put-off choice is looked at, also while another one runs", () => {
    const { order } = run(program, ["A*2", "C to end", "B to end", "D*2", "A*2", "D to end"]);
    expect(order).toBe("AA" + "C" + "B" + "DD" + "AA" + "CCC" + "BBB" + "DDD" + "AA");
  });

  it("is ignored where it is left over when all tasks have ended", () => {
    const { putOffs, stuck, order } = run({ A: [["a"]] }, ["A to end", "A*3", "A until locked"]);
    expect([order, putOffs, stuck]).toEqual(["AA", [], []]);
  });

  it("may never be able to: who waits for ever is told", () => {
    const deadlock: Program = { A: [["lock"]], B: [["lock", "a"]], C: [["a"]] };
    const { order, stuck, putOffs } = run(deadlock, ["A to end", "B to end"]);
    expect(order).toBe("AABCC");
    expect(stuck).toEqual(["B"]);
    expect(putOffs).toHaveLength(1);
  });
});
