// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import type { ScenarioDocument } from "./document.ts";
import { scenarioOf } from "./scenarioOf.ts";
import { tally } from "./tally.ts";
import { tF } from "./tF.ts";

const answersOf = (document: ScenarioDocument, variant: "v10" | "review") =>
  tally(scenarioOf(document), variant).answers;

it("a bind is absent from v10 and refused by review", () => {
  expect(answersOf(tF(), "v10")).toEqual([{ task: "U", index: 0, op: "bind", step: 1, answer: "absent" }]);
  expect(answersOf(tF(), "review")).toEqual([{ task: "U", index: 0, op: "bind", step: 4, answer: "EINVAL" }]);
});

it("an operation that succeeds is not listed, one behind a refusal goes on", () => {
  const document: ScenarioDocument = {
    ...tF(),
    expect: {},
    tasks: {
      U: [
        { op: "deleteSlot", vm: "vm0", slot: 7 },
        { op: "allocate", file: "f0", start: 0, end: 4 },
        { op: "punch", file: "f0", offset: 1, len: 4096 },
      ],
    },
  };
  expect(answersOf(document, "v10").map(({ index, op, answer }) => [index, op, answer])).toEqual([
    [0, "deleteSlot", "EINVAL"],
    [2, "punch", "EINVAL"],
  ]);
});

it("a guest that is held off by a bracket that lost its end is told, and so is what set-up could not do", () => {
  const document: ScenarioDocument = {
    ...tF(),
    expect: {},
    setup: [
      { op: "createSlot", vm: "vm0", slot: 0, pages: 64, file: "f0", pgoff: 0 },
      { op: "bind", file: "f0", start: 0, end: 4, notifier: "vm0/0", exclusive: true },
    ],
    tasks: {
      P: [
        { op: "punch", file: "f0", start: 0, end: 8 },
        { op: "createSlot", vm: "vm0", slot: 1, pages: 64, file: "f0", pgoff: 0 },
        { op: "map", vm: "vm0", gfn: 3, pages: 1 },
        { op: "map", vm: "vm0", gfn: 20, pages: 1 },
      ],
      U: [{ op: "deleteSlot", vm: "vm0", slot: 0 }],
    },
    choices: ["P until bracket.begun vm0", "P until lock.released mmu_lock", "U to end", "P to end"],
  };
  const played = tally(scenarioOf(document), "v10");
  expect(played.answers).toMatchObject([{ task: "P", index: 2, op: "map", answer: "heldOff" }]);
  expect(played.refusals).toMatchObject([{ index: 1, operation: { op: "bind" }, errno: null }]);
});
