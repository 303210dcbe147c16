// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { present } from "../../assert.ts";
import { newMemory } from "../../kernel/shmem/memory.ts";
import { goTo } from "../../sim/recording.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { play } from "./play.ts";
import { scenarioOf } from "./scenarioOf.ts";
import type { VariantId } from "../machine/variants.ts";

/** Two slots of one file with a gap between them: pages [0, 100) and [120, 200) at gfns 1000 and 2000. */
const SLOTS: OperationDocument[] = [
  { op: "createSlot", vm: "vm0", slot: 0, pages: 100, gfn: 1000, file: "f0", pgoff: 0 },
  { op: "createSlot", vm: "vm0", slot: 1, pages: 80, gfn: 2000, file: "f0", pgoff: 120 },
];
const punch = (start: number, end: number): OperationDocument => ({ op: "punch", file: "f0", start, end });

function played(
  more: Partial<ScenarioDocument>,
  operations: OperationDocument[],
  variant: VariantId = "v10",
) {
  const document: ScenarioDocument = {
    ...{ format: FORMAT, title: "Assumed", files: { f0: { pages: 256 } }, vms: { vm0: {} } },
    ...{ setup: SLOTS, tasks: { P: operations }, assumed: ["present", "mapped"] },
    ...more,
  };
  const run = play(scenarioOf(document), variant);
  const { steps } = run.recording;
  const assumed = steps.flatMap(({ events }) => events.filter(({ type }) => type === "pages.assumed"));
  return { ...run, assumed, world: goTo(run.recording, steps.length).world };
}

describe("what is assumed of a punch's pages", () => {
  it.each(["v10", "review"] as const)("is there and mapped before it, under %s", (variant) => {
    const { counters, assumed, findings } = played({}, [punch(90, 130)], variant);
    expect(counters).toMatchObject({ pagesFreed: 20, sptesZapped: 20, tlbFlushes: 2 });
    expect(assumed).toEqual([
      { type: "pages.assumed", file: "f0", start: 90, end: 130, allocated: 20, mapped: 20 },
    ]);
    expect(findings).toEqual([]);
  });

  it("is there and mapped again before the next punch of the same page", () => {
    const { counters, assumed } = played({}, [punch(0, 10), punch(5, 8), punch(5, 15)]);
    expect(counters).toMatchObject({ pagesFreed: 23, sptesZapped: 23, tlbFlushes: 3 });
    expect(assumed.map((event) => "allocated" in event && event.allocated)).toEqual([10, 3, 10]);
  });

  it("takes no step of its own, and nothing outside of slots", () => {
    const assuming = played({}, [punch(100, 120)]);
    const { assumed: _, ...without } = assuming.scenario.document;
    expect(assuming.recording.steps.length).toBe(play(scenarioOf(without), "v10").recording.steps.length);
    expect(assuming.assumed).toEqual([]);
    expect(assuming.counters.pagesFreed).toBe(0);
  });

  it("may be that it is there and not mapped", () => {
    const { counters } = played({ assumed: ["present"] }, [punch(0, 10)]);
    expect(counters).toMatchObject({ pagesFreed: 10, sptesZapped: 0, tlbFlushes: 0 });
  });

  it("is nothing unless the scenario says so", () => {
    const { counters, world } = played({ assumed: undefined }, [punch(0, 10)]);
    expect(counters).toMatchObject({ pagesFreed: 0, sptesZapped: 0 });
    expect(world.assumed).toBeNull();
  });

  it("leaves alone what was really touched: its frame stays the one it was", () => {
    const { counters, assumed } = played(
      { setup: [...SLOTS, { op: "map", vm: "vm0", gfn: 1000, pages: 4 }] },
      [punch(0, 10)],
    );
    expect(assumed).toMatchObject([{ allocated: 6, mapped: 6 }]);
    expect(counters).toMatchObject({ pagesFreed: 10, sptesZapped: 10 });
  });

  it("is not mapped where the slot is not bound: no punch would reach it there (T-g2)", () => {
    const unbind: OperationDocument = { op: "unbind", file: "f0", start: 0, end: 1, notifier: "vm0/0" };
    const { assumed, findings } = played({ setup: [...SLOTS, unbind] }, [punch(0, 130)], "review");
    expect(assumed).toMatchObject([{ start: 0, end: 130, allocated: 110, mapped: 10 }]);
    expect(findings.map(({ invariant }) => invariant)).not.toContain("I8");
  });

  it("counts pages that lie whole in the hole only", () => {
    const { assumed } = played({}, [{ op: "punch", file: "f0", offset: 4096 + 1, len: 3 * 4096 }]);
    expect(assumed).toMatchObject([{ start: 2, end: 4, allocated: 2 }]);
  });

  it("is true of the slots that a design has: what it refused nobody had touched", () => {
    const setup: OperationDocument[] = [
      { op: "createSlot", vm: "vm0", slot: 0, pages: 100, gfn: 1000, file: "f0", pgoff: 0 },
      { op: "createSlot", vm: "vm0", slot: 1, pages: 100, gfn: 2000, file: "f0", pgoff: 100 },
    ];
    const freed = (variant: VariantId) => played({ setup }, [punch(90, 110)], variant).counters.pagesFreed;
    expect([freed("v10"), freed("review"), freed("review-seed")]).toEqual([20, 20, 10]);
  });
});

it("what was punched is remembered as runs that do not meet, and a copy has its own", () => {
  const { world, recording } = played({}, [
    punch(10, 20),
    punch(40, 50),
    punch(20, 30),
    punch(5, 12),
    punch(29, 41),
  ]);
  const punched = (step: number) => present(goTo(recording, step).world.assumed, "assumed").punched;
  expect(world.assumed?.punched).toEqual({ f0: [[5, 50]] });
  expect(punched(0)).toEqual({});
  const firstOf = (operation: number) =>
    recording.steps.findIndex((step) => step.operation === operation) + 1;
  expect(punched(firstOf(2))).toEqual({
    f0: [
      [10, 30],
      [40, 50],
    ],
  });
});

it("what was punched in the set-up is remembered too, and costs no pages", () => {
  const { world } = played({ setup: [...SLOTS, punch(0, 50)] }, []);
  expect(world.assumed?.punched).toEqual({ f0: [[0, 50]] });
  expect(world.memory).toEqual(newMemory());
});
