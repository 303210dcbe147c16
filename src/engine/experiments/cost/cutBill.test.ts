// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { drain } from "../../sim/slices.ts";
import { VARIANTS } from "../machine/variants.ts";
import type { ScenarioDocument } from "../scenarios/document.ts";
import { FORMAT } from "../scenarios/format.ts";
import { play } from "../scenarios/play.ts";
import { scenarioOf } from "../scenarios/scenarioOf.ts";
import { cutBilling, cutTrouble } from "./cutBill.ts";
import { cutInto } from "./layout.ts";

const PAGES = 5_000;

const recorded = (setup: ScenarioDocument["setup"]): ScenarioDocument => ({
  ...{
    format: FORMAT,
    title: "Recorded",
    files: { f0: { pages: PAGES }, f1: { pages: 64 } },
    vms: { vm0: {} },
  },
  setup: [
    ...(setup ?? []),
    { op: "createSlot", vm: "vm0", slot: 900, gfn: 90_000, pages: 64, file: "f1", pgoff: 0 },
  ],
  tasks: {
    VMM: [
      ...[0, 640, 4_999, 0].map((start) => ({ op: "punch" as const, file: "f0", start, end: start + 1 })),
      { op: "punch", file: "f1", start: 3, end: 9 },
      { op: "punch", file: "f0", start: 100, end: 1_900 },
    ],
  },
  assumed: ["present", "mapped"],
});

describe("a recording over a file that is cut", () => {
  it.each(VARIANTS)("counts under %s what stepping it over those slots counts", (variant) => {
    const own = scenarioOf(
      recorded([{ op: "createSlot", vm: "vm0", slot: 0, gfn: 0, pages: PAGES, file: "f0", pgoff: 0 }]),
    );
    const { startOf } = cutInto(300, PAGES);
    const slots = Array.from({ length: 300 }, (_, k) => ({
      ...{ op: "createSlot" as const, vm: "vm0", slot: k, file: "f0" },
      ...{ gfn: startOf(k), pgoff: startOf(k), pages: startOf(k + 1) - startOf(k) },
    }));
    const bill = drain(cutBilling(own, variant, 300));
    expect(bill.total).toEqual(play(scenarioOf(recorded(slots)), variant).counters);
    expect([bill.file, bill.slots, bill.bound]).toEqual(["f0", 300, variant === "review-seed" ? 150 : 300]);
  });

  it("says what cannot be cut, and into how many it could", () => {
    const own = scenarioOf(recorded([]));
    expect(cutTrouble(own, 5_000)).toBe(null);
    expect(cutTrouble(own, 5_001)).toContain("1 to 5000 memslots");
    expect(cutTrouble(own, 0)).toContain("not into 0");
    const { assumed: _, ...nothing } = recorded([]);
    expect(cutTrouble(scenarioOf(nothing), 4)).toContain('"present" and "mapped"');
  });
});
