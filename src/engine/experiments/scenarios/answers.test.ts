// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { unhappyAnswers } from "./answers.ts";
import type { ScenarioDocument } from "./document.ts";
import { scenarioOf } from "./scenarioOf.ts";
import { play } from "./play.ts";
import { tF } from "./tF.ts";

const answersOf = (document: ScenarioDocument, variant: "v10" | "review") =>
  unhappyAnswers(play(scenarioOf(document), variant));

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
