// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { tB1 } from "./tB.ts";
import type { ScenarioDocument } from "./document.ts";
import { unmetExpectations } from "./expectation.ts";
import { scenarioOf } from "./scenarioOf.ts";
import { play } from "./play.ts";

/** t-b1 under the list, which shows I3 and I4, one start and no end, held against what is declared. */
const unmet = (v10: NonNullable<ScenarioDocument["expect"]>[string]) =>
  unmetExpectations(play(scenarioOf({ ...tB1(), expect: { v10 } }), "v10"));

it("what is declared and shown is met, whatever the order, with or without a trap", () => {
  expect(unmet({ findings: ["I4", { invariant: "I3", trap: "T-b1" }], startCallbacks: 1 })).toEqual([]);
});

it("what is not declared is left open", () => {
  expect(unmet({})).toEqual([]);
  expect(unmet({ endCallbacks: 0 })).toEqual([]);
  const { expect: _, ...silent } = tB1();
  expect(unmetExpectations(play(scenarioOf(silent), "v10"))).toEqual([]);
});

it("the findings must be exactly those declared: one less or one more is told", () => {
  expect(unmet({ findings: ["I3"] })).toEqual(["v10: findings: expected I3, got I3 I4"]);
  expect(unmet({ findings: ["I4", "I3", "I16"] })).toEqual(["v10: findings: expected I3 I4 I16, got I3 I4"]);
  expect(unmet({ findings: [] })).toEqual(["v10: findings: expected none, got I3 I4"]);
});

it("each counter that differs has its line", () => {
  expect(unmet({ startCallbacks: 2, endCallbacks: 0, wasted: 1 })).toEqual([
    "v10: startCallbacks: expected 2, got 1",
    "v10: wasted: expected 1, got 0",
  ]);
});
