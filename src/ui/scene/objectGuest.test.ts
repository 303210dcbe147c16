// SPDX-License-Identifier: GPL-2.0-only
// What can be pointed at in the rows of a guest, where it lights up, and what a design says of it.
import { describe, expect, it } from "vitest";
import type { LabEvent } from "../../engine/index.ts";
import { type Axis, axisFor } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { framesOf, scenarioNamed } from "./framesOf.ts";
import { gfnStripScene } from "./gfnStripScene.ts";
import { objectOf } from "./object.ts";
import { factOf } from "./objectFact.ts";
import type { GuestRow } from "./objectGuest.ts";
import { knownObject } from "./objectKnown.ts";
import { litIn, objectsIn, type StripRow } from "./objects.ts";
import { pickedGfn } from "./walkGfn.ts";

const ROWS = {
  leaves: { row: "leaves", vm: "vm0" },
  tlb: { row: "tlb", vm: "vm0", own: 0 },
  gfns: { row: "gfns", vm: "vm0" },
  walk: { row: "walk", vm: "vm0", own: null },
} as const satisfies Record<string, GuestRow>;

const END = 100_000;
const told = (type: LabEvent["type"]) => (event: LabEvent) => event.type === type;

function shown(name: string, moment: number | ((event: LabEvent) => boolean), design: 0 | 1 = 0) {
  const frames = framesOf(scenarioNamed(name), 0, moment);
  return { axis: axisFor(frames), frame: frames[design] };
}

const names = (axis: Axis, frame: Frame, row: keyof typeof ROWS) =>
  objectsIn(axis, frame, ROWS[row]).map(({ name }) => name);

/** How `name` shows in each row: `is`, `spans`. */
const lit = (axis: Axis, frame: Frame, name: string) => {
  const rows: readonly StripRow[] = [{ row: "pages" }, ...Object.values(ROWS)];
  return Object.fromEntries(
    rows.flatMap((row) => {
      const boxes = litIn(axis, frame, row, name);
      return boxes.length === 0 ? [] : [[row.row, `${boxes.length} ${boxes[0]!.how}`]];
    }),
  );
};

describe("t-e1: pages one by one", () => {
  const { axis, frame } = shown("t-e1", END);

  it("a mapped column is its leaf, an unmapped one its gfn", () => {
    const all = names(axis, frame, "leaves");
    expect(all.slice(19, 22)).toEqual(["gfn:vm0/19", "leaf:vm0/1/20", "gfn:vm0/21"]);
    expect(names(axis, frame, "gfns")).toEqual(["slot:vm0/0", "leaf:vm0/1/20"]);
    expect(names(axis, frame, "tlb")).toEqual(["tlb:vm0/0/20", "vcpu:vm0/0"]);
  });

  it("a walk is gone through from the root down, then entry by entry", () => {
    const all = names(axis, frame, "walk");
    expect(all.slice(0, 4)).toEqual(["spte:vm0/4/20", "spte:vm0/3/20", "spte:vm0/2/20", "spte:vm0/1/0"]);
    expect(all[3 + 20]).toBe("leaf:vm0/1/20");
    expect(all).toHaveLength(3 + 64);
  });

  it("a leaf, its gfn, its page and what is cached of it are lit in each other's rows", () => {
    for (const name of ["leaf:vm0/1/20", "gfn:vm0/20", "tlb:vm0/0/20", "page:f0/20"])
      expect(lit(axis, frame, name), name).toEqual({
        pages: name.startsWith("page") ? "1 is" : "1 spans",
        leaves: "1 is",
        tlb: "1 is",
        gfns: name.startsWith("leaf") ? "1 is" : "1 spans",
        walk: "1 is",
      });
    expect(lit(axis, frame, "vcpu:vm0/0")).toEqual({ tlb: "1 is" });
    expect(lit(axis, frame, "gfn:vm0/40")).toEqual({ walk: "1 is" });
  });

  it("every object has a fact, and every name is one that a link may carry", () => {
    for (const row of ["leaves", "tlb", "gfns", "walk"] as const)
      for (const name of names(axis, frame, row)) {
        expect(objectOf(name), name).not.toBeNull();
        expect(factOf(frame, name), name).toMatch(/^\S.+\.$/);
      }
  });
});

describe("t-m1: a large leaf", () => {
  it("is one object, and lights up as far as it reaches", () => {
    const { axis, frame } = shown("t-m1", told("guest.wrote"));
    expect(names(axis, frame, "leaves")).toContain("leaf:vm0/2/0");
    expect(names(axis, frame, "leaves")).not.toContain("gfn:vm0/0");
    expect(litIn(axis, frame, { row: "pages" }, "leaf:vm0/2/0")[0]).toMatchObject({ width: 64 * axis.cell });
    expect(factOf(frame, "leaf:vm0/2/0")).toMatch(
      /^Leaf of 2 MiB at level 2 for gfns 0x0–0x1ff: to pfn \d+, which holds .*; page 0 of f0 through slot 0\.$/,
    );
  });
});

describe("what there is to say", () => {
  it("t-b4: the leaf and the cached translation lead to a freed page, and whose data is read there", () => {
    const { frame } = shown("t-b4", END);
    const behind =
      /to pfn 5, which was freed, is page \d+ of f1 now and holds what vm1\S* wrote; page 5 of f0 through slot 0\.$/;
    expect(factOf(frame, "leaf:vm0/1/5")).toMatch(behind);
    expect(factOf(frame, "leaf:vm0/1/5")).toContain("for gfn 0x5 of vm0: STALE, ");
    expect(factOf(frame, "tlb:vm0/0/5")).toMatch(behind);
    expect(factOf(frame, "tlb:vm0/0/5")).toContain("has cached gfn 0x5 (4 KiB), stale since step 24: ");
    expect(factOf(shown("t-b4", END, 1).frame, "leaf:vm0/1/5")).not.toContain("STALE");
  });

  it("t-l5: between zap and flush the translation is stale and says since when, the entry says what it was", () => {
    const { frame } = shown("t-l5", told("tlb.requested"));
    const zap = frame.play.recording.steps.findIndex(({ events }) => events.some(told("spte.zapped"))) + 1;
    expect(factOf(frame, "tlb:vm0/0/5")).toContain(`stale since step ${zap}, when its leaf was zapped: `);
    expect(factOf(frame, "spte:vm0/1/5")).toBe(
      "Entry 5 of the PT of vm0: 0x0, no bit is set: zapped by this operation, present → 0x0; whoever walks here faults.",
    );
    expect(factOf(frame, "spte:vm0/2/5")).toMatch(
      /^Entry 0 of the PD of vm0: 0x\w+107, the PT below; read, write, execute, accessed\.$/,
    );
    expect(factOf(frame, "gfn:vm0/5")).toContain("held off, in_progress 1: a fault there is sent back.");
    expect(factOf(frame, "gfn:vm0/6")).toMatch(/not mapped; not held off\.$/);
  });

  it("t-l5: a vCPU is where it is because of something", () => {
    const kicked = (event: LabEvent) => event.type === "vcpu.exited" && event.reason === "kick";
    const { frame } = shown("t-l5", kicked);
    expect(factOf(frame, "vcpu:vm0/0")).toMatch(
      /^vCPU 0 of vm0: kicked out\. .* A flush was asked for.* Step \d+: vm0\/vcpu0 is kicked out of the guest/,
    );
  });

  it("a name from another run means nothing", () => {
    const { frame } = shown("t-e1", END);
    for (const name of [
      ...["gfn:vm9/1", "vcpu:vm0/7", "tlb:vm0/7/1", "spte:vm0/5/1", "leaf:vm0/2/1", `gfn:vm0/${2 ** 36}`],
      ...["leaf:vm0/4/0", "spte:vm0/0/0", "gfn:vm0/-1"],
    ])
      expect([knownObject(frame.play, name), factOf(frame, name)], name).toEqual([null, null]);
  });
});

describe("a gfn is picked", () => {
  const { frame } = shown("t-e1", END);
  it.each([
    ["gfn:vm0/7", 7],
    ["leaf:vm0/1/20", 20],
    ["spte:vm0/3/20", 20],
    ["tlb:vm0/0/20", 20],
    ["page:f0/9", 9],
    ["page:f0/99", null],
    ["slot:vm0/0", null],
    ["gfn:vm1/7", null],
    [null, null],
  ])("by %s", (name, gfn) => {
    expect(pickedGfn(frame, "vm0", name)).toBe(gfn);
  });
});

it("t-m4: of a large leaf that leads to one freed page the strip marks that page, and the fact names it", () => {
  const { axis, frame } = shown("t-m4", END);
  const stale = gfnStripScene(axis, frame, "vm0").marks.filter(({ look }) => look === "stale");
  expect(stale).toHaveLength(1);
  expect(factOf(frame, "leaf:vm0/2/0")).toContain(": STALE at gfn 0x3, to pfn 3, which was freed, is page ");
});
