// SPDX-License-Identifier: GPL-2.0-only
// What is counted is what stepping counts, operation by operation.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drain } from "../../sim/slices.ts";
import { booting } from "../machine/boot.ts";
import { newCounters } from "../machine/counters.ts";
import type { FallocateOperation } from "../machine/operation.ts";
import { VARIANTS, type VariantId } from "../machine/variants.ts";
import type { OperationDocument, ScenarioDocument } from "../scenarios/document.ts";
import { FORMAT } from "../scenarios/format.ts";
import { operationSteps } from "../scenarios/clock.ts";
import { play } from "../scenarios/play.ts";
import { scenarioOf } from "../scenarios/scenarioOf.ts";
import { billOf, countsBefore } from "./bill.ts";
import { countPunch } from "./punchCounts.ts";

const page = fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(0, 1, 63, 64, 65, 127, 128, 512, 513));
const length = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(64, 65, 512, 1000));
const file = fc.constantFrom("f0", "f0", "f1");
const vm = fc.constantFrom("vm0", "vm0", "vm1");
const slot = fc.nat({ max: 5 });

const createSlot = fc
  .record({ vm, slot, file, pgoff: page, pages: length, far: fc.constantFrom(4096, 8192, 12_288, 0) })
  .map(
    ({ far, ...own }): OperationDocument => ({
      op: "createSlot",
      ...own,
      gfn: own.pgoff + far + own.slot * 20_000,
    }),
  );
/** Its first gfn lies below its file page: the list's callback wraps around (T-o). */
const lowSlot = fc.record({ slot, pgoff: fc.constantFrom(300, 700) }).map(
  ({ slot: id, pgoff }): OperationDocument => ({
    op: "createSlot",
    vm: "vm1",
    slot: id,
    pages: 8,
    gfn: 0,
    file: "f0",
    pgoff,
  }),
);
const punch = fc
  .record({ file, start: page, pages: length })
  .map(({ start, pages, ...own }): OperationDocument => ({ op: "punch", ...own, start, end: start + pages }));
const others = fc.oneof(
  fc.record({ vm, slot }).map((own): OperationDocument => ({ op: "deleteSlot", ...own })),
  fc
    .record({ file, start: page })
    .map((own): OperationDocument => ({ op: "allocate", ...own, end: own.start + 3 })),
  fc.constant<OperationDocument>({ op: "punch", file: "f0", offset: 1, len: 8192 }),
  fc.constant<OperationDocument>({ op: "punch", file: "f0", offset: 0, len: 4096, mode: "PUNCH_HOLE" }),
  page.map((gfn): OperationDocument => ({ op: "map", vm: "vm0", gfn: gfn + 4096, pages: 2 })),
  fc.record({ vm, slot, start: page }).map(
    (own): OperationDocument => ({
      ...{
        op: "unbind",
        file: "f0",
        start: own.start,
        end: own.start + 64,
        notifier: `${own.vm}/${own.slot}`,
      },
    }),
  ),
  lowSlot,
);
const operation = fc.oneof(
  { weight: 8, arbitrary: punch },
  { weight: 3, arbitrary: createSlot },
  { weight: 1, arbitrary: others },
);

const documentOf = (
  setup: OperationDocument[],
  tasks: OperationDocument[],
  assumed: ScenarioDocument["assumed"],
): ScenarioDocument => ({
  ...{
    format: FORMAT,
    title: "Billed",
    files: { f0: { pages: 2048 }, f1: { pages: 64 } },
    vms: { vm0: {}, vm1: {} },
  },
  ...{ setup, tasks: { T: tasks }, assumed },
});

describe("a bill", () => {
  it("has the counts that a play has after each operation", () => {
    const freed = { most: 0, zapped: 0 };
    const assumed = fc.constantFrom<ScenarioDocument["assumed"]>(
      ["present", "mapped"],
      ["present", "mapped"],
      ["present"],
      undefined,
    );
    fc.assert(
      fc.property(
        fc.array(createSlot, { minLength: 2, maxLength: 8 }),
        fc.array(operation, { minLength: 2, maxLength: 14 }),
        assumed,
        fc.constantFrom(...VARIANTS),
        (setup, tasks, taken, variant) => {
          const scenario = scenarioOf(documentOf(setup, tasks, taken));
          const played = play(scenario, variant);
          const bill = billOf(scenario, variant, 1);
          expect(bill.total).toEqual(played.counters);
          // The play that ends earlier is the beginning of the longer one.
          const half = Math.floor(tasks.length / 2);
          const shorter = play(scenarioOf(documentOf(setup, tasks.slice(0, half), taken)), variant);
          expect(countsBefore(bill, half)).toEqual(shorter.counters);
          for (const [k, { first, last }] of operationSteps(played).entries()) {
            const events = played.recording.steps.slice(first - 1, last).flatMap((step) => step.events);
            const calls = events.filter(({ type }) => type === "notifier.start" || type === "notifier.end");
            expect(bill.calls[k]).toBe(calls.length);
            expect(bill.wasted[k]).toBe(calls.filter((event) => "hit" in event && !event.hit).length);
            const pages = events.map((event) => (event.type === "shmem.punched" ? event.pages : 0));
            expect(bill.freed[k]).toBe(pages.reduce((sum, own) => sum + own, 0));
          }
          freed.most = Math.max(freed.most, played.counters.pagesFreed);
          freed.zapped += played.counters.sptesZapped > 0 ? 1 : 0;
        },
      ),
      { numRuns: 500 },
    );
    expect(freed.most).toBeGreaterThan(500);
    expect(freed.zapped).toBeGreaterThan(50);
  });
});

describe("countPunch()", () => {
  const slots = (pgoff: number): OperationDocument[] => [
    { op: "createSlot", vm: "vm0", slot: 0, gfn: 9000, pages: 1000, file: "f0", pgoff },
    { op: "createSlot", vm: "vm0", slot: 1, gfn: 19_000, pages: 64, file: "f0", pgoff: 1536 },
  ];
  const counted = (setup: OperationDocument[], variant: VariantId, punch: OperationDocument) => {
    const scenario = scenarioOf(documentOf(setup, [punch], ["present", "mapped"]));
    const { world } = drain(booting(scenario, variant, () => {}));
    return [countPunch(world, scenario.tasks.get("T")?.[0] as FallocateOperation), world.counters] as const;
  };

  it("steps nothing where one slot is stored as several entries (T-d)", () => {
    const punch: OperationDocument = { op: "punch", file: "f0", start: 0, end: 1600 };
    for (const variant of VARIANTS) expect(counted(slots(5), variant, punch)[0]).toBe(true);
    expect(counted(slots(5), "review", punch)[1]).toMatchObject({
      ...{ startCallbacks: 4, startHits: 4, tlbFlushes: 2, sptesZapped: 1064, pagesFreed: 1064 },
    });
  });

  it("leaves a callback that wraps around to be stepped, and changes nothing (T-o)", () => {
    const low: OperationDocument = {
      op: "createSlot",
      vm: "vm0",
      slot: 2,
      gfn: 0,
      pages: 8,
      file: "f0",
      pgoff: 700,
    };
    const punch: OperationDocument = { op: "punch", file: "f0", start: 0, end: 10 };
    expect(counted([...slots(5), low], "v10", punch)).toEqual([false, newCounters()]);
    expect(counted([...slots(5), low], "review", punch)[0]).toBe(true);
  });
});
