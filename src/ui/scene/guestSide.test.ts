// SPDX-License-Identifier: GPL-2.0-only
// What stands below a design that is shown alone: all gfns of a guest, and the way through its tables.
import { describe, expect, it } from "vitest";
import type { LabEvent, Memslot } from "../../engine/index.ts";
import { axisFor } from "./axis.ts";
import { framesOf, scenarioFrom, scenarioNamed } from "./framesOf.ts";
import { gfnAxis, xOfGfn } from "./gfnAxis.ts";
import { gfnStripScene } from "./gfnStripScene.ts";
import { leavesScene } from "./leavesScene.ts";
import type { Scene } from "./mark.ts";
import { walkScene } from "./walkScene.ts";

const words = ({ marks }: Scene) => marks.flatMap((mark) => ("text" in mark ? [mark.text] : []));
const count = ({ marks }: Scene, look: string) => marks.filter((mark) => mark.look === look).length;

const shown = (name: string, until: number | ((event: LabEvent) => boolean)) => {
  const frames = framesOf(scenarioNamed(name), 0, until);
  const axis = axisFor(frames);
  return { frames, axis };
};

describe("the gfns of a guest", () => {
  const slot = (id: number, baseGfn: number, npages: number) =>
    ({ id, slot: id, vm: "vm0", baseGfn, npages, file: "f0", pgoff: 0, freed: false }) as unknown as Memslot;

  it("stand slot by slot, and what lies between two is folded", () => {
    const slots = [slot(0, 0, 8), slot(1, 8, 8), slot(2, 1_000_000, 8)];
    const axis = gfnAxis({ slotsByGfn: [0, 1, 2] } as never, slots, 896);
    const [a, b, c] = axis.segments;
    expect(axis.folds).toMatchObject([{ gfns: 1_000_000 - 16 }]);
    expect(a!.x + a!.width).toBeCloseTo(b!.x);
    expect(c!.x).toBeGreaterThan(b!.x + b!.width + 20);
    expect(c!.x + c!.width).toBeLessThanOrEqual(896);
    expect(xOfGfn(axis, 4n)).toBeCloseTo(a!.x + a!.width / 2);
    // Beyond the last slot, however far, is the edge.
    expect(xOfGfn(axis, 2n ** 64n - 90n)).toBe(896);
  });

  it("are as wide as they have pages, where the smallest one has room for its number then", () => {
    const widths = (...pages: number[]) => {
      const slots = pages.map((npages, k) => slot(k, 1000 * k, npages));
      const { segments } = gfnAxis({ slotsByGfn: slots.map(({ id }) => id) } as never, slots, 896);
      return segments.map(({ width }) => width);
    };
    const [small = 0, large = 0] = widths(2, 20);
    expect(large / small).toBeCloseTo(10);
    const [least = 0, most = 0] = widths(1, 100_000);
    expect(least).toBeGreaterThanOrEqual(28);
    expect(most / least).toBeLessThan(30);
  });

  it("of many slots sixteen stand there, around the one that is near, and the others are counted", () => {
    const slots = Array.from({ length: 32_764 }, (_, k) => slot(k, 8 * k, 8));
    const kvm = { slotsByGfn: slots.map(({ id }) => id) } as never;
    const middle = gfnAxis(kvm, slots, 896, 8 * 16_500 + 3);
    expect(middle.segments.map(({ memslot }) => memslot.slot)).toEqual(
      Array.from({ length: 16 }, (_, k) => 16_492 + k),
    );
    expect(middle.folds.map((fold) => fold.slots)).toEqual([16_492, 32_764 - 16_492 - 16]);
    const { x, width } = middle.segments.at(-1)!;
    expect(x + width).toBeLessThanOrEqual(896);
    const first = gfnAxis(kvm, slots, 896, 0);
    expect(first.segments[0]).toMatchObject({ memslot: { slot: 0 }, x: 0 });
    expect(first.folds).toMatchObject([{ slots: 32_748 }]);
  });

  it("t-l4: two slots far apart hold everything between them off", () => {
    const { frames, axis } = shown("t-l4", ({ type }) => type === "shmem.punched");
    const list = gfnStripScene(axis, frames[0], "vm0");
    expect(words(list)).toContain("held off: gfns 0x0–0xf4247, in_progress 2");
    expect(count(list, "heldOff")).toBe(1);
    expect(words(gfnStripScene(axis, frames[1], "vm0")).join()).not.toContain("0xf4247");
  });

  it("t-o: a range that wrapped around reaches beyond all of the VM", () => {
    const { frames, axis } = shown("t-o", ({ type }) => type === "spte.zapped");
    const strip = gfnStripScene(axis, frames[0], "vm0");
    expect(words(strip)).toContain("held off: from gfn 0x0 to beyond all of the VM, in_progress 1");
    expect(count(strip, "mapped")).toBe(0);
    // Whatever there is to say, the crosses of both slots go on to their right ends.
    const zapped = strip.marks.filter(({ look }) => look === "zapped");
    const ends = strip.marks.flatMap((mark) =>
      mark.shape === "rect" && mark.look === "slot" ? [mark.x + mark.width] : [],
    );
    const crosses = zapped.flatMap((mark) => ("d" in mark ? [Number(/^M([\d.]+)/.exec(mark.d)?.[1])] : []));
    expect(ends).toHaveLength(2);
    for (const end of ends) expect(crosses.some((x) => x > end - 16 && x < end)).toBe(true);
  });

  it("stand under their pages where one file's pages and they go the same way, with first and last gfn", () => {
    for (const [name, at] of [
      ["t-e1", 20],
      ["t-a-12", 18],
    ] as const) {
      const { frames, axis } = shown(name, 100_000);
      const [frame] = frames;
      const mark = (scene: Scene) =>
        scene.marks.flatMap((own) =>
          own.look === (name === "t-e1" ? "mapped" : "zapped") && own.shape !== "text"
            ? [
                own.shape === "path"
                  ? Number(/^M([\d.]+)/.exec(own.d)?.[1]) + 3.5
                  : "x" in own
                    ? own.x + 3
                    : 0,
              ]
            : [],
        )[0];
      expect(mark(gfnStripScene(axis, frame, "vm0"))).toBeCloseTo((at + 0.5) * axis.cell);
    }
    const { frames, axis } = shown("t-e1", 0);
    const strip = gfnStripScene(axis, frames[0], "vm0");
    expect(strip.marks.find(({ look }) => look === "slot")).toMatchObject({
      x: 0,
      width: 32 * axis.cell - 1,
    });
    expect(words(strip)).toEqual(expect.arrayContaining(["0x0", "slot 0", "0x1f"]));
  });

  it("t-l5: what is held off is said where it is", () => {
    const { frames, axis } = shown("t-l5", ({ type }) => type === "bracket.begun");
    const { marks } = gfnStripScene(axis, frames[0], "vm0");
    const held = marks.find(({ key }) => key === "held");
    expect(marks.find(({ key }) => key === "heldWord")).toMatchObject({
      text: expect.stringMatching(/^held off: gfn 0x5, /),
      x: held?.shape === "rect" ? held.x : null,
    });
  });

  it("t-m1: one leaf of 2 MiB is one bar", () => {
    const { frames, axis } = shown("t-m1", 0);
    const strip = gfnStripScene(axis, frames[0], "vm0");
    expect(count(strip, "mapped")).toBe(1);
    expect(words(strip)).toContain("2 MiB");
  });

  it("t-m1, t-m2: what comes back page by page is seen in the outline of the leaf that was zapped", () => {
    for (const [name, said] of [
      ["t-m1", "2 MiB leaf zapped, 2 of 512 pages back"],
      ["t-m2", "1 GiB leaf zapped, 2 of 262,144 pages back"],
    ] as const) {
      const { frames, axis } = shown(name, 100_000);
      for (const scene of [gfnStripScene, leavesScene].map((of) => of(axis, frames[0], "vm0"))) {
        expect(words(scene)).toContain(said);
        const gap = scene.marks.findIndex(({ key }) => /^gap/.test(key));
        const square = scene.marks.findIndex(
          ({ look, shape, key }) => look === "mapped" && shape === "rect" && !/^bar/.test(key),
        );
        // The outline is open where the square stands, and nothing lies over the square.
        expect(scene.marks.findIndex(({ look }) => look === "zappedLeaf")).toBeLessThan(gap);
        expect(gap).toBeGreaterThan(-1);
        expect(gap).toBeLessThan(square);
      }
    }
  });
});

describe("the way through the tables", () => {
  const tables = (scene: Scene) => words(scene).filter((text) => /^P\w+ \[/.test(text));
  const walkOf = (name: string, until: number | ((event: LabEvent) => boolean), design: 0 | 1 = 0) => {
    const { frames, axis } = shown(name, until);
    return (picked: number | null = null) => walkScene(axis, frames[design], "vm0", picked);
  };

  it("t-b4: ends at a leaf that leads to a freed page, and says so", () => {
    const walk = walkOf("t-b4", 100_000)();
    expect(words(walk)[0]).toBe("vm0/vcpu0 walk for gfn 0x5 = base 0x0 + 5, page 5 of f0");
    expect(tables(walk)).toEqual(["PML4 [0]", "PDPT [0]", "PD [0]", "PT [5]"]);
    expect(words(walk)).toContain("0x5377: STALE leaf of 4 KiB to pfn 5, which was freed");
    expect(count(walk, "stale")).toBe(1);
    expect(words(walkOf("t-b4", 100_000, 1)()).join()).not.toContain("STALE");
  });

  it("t-a-12: the last table stands under its pages, what was punched is zapped, holes were never mapped", () => {
    const walk = walkOf("t-a-12", 100_000)();
    const last = walk.marks.find(({ key }) => key === "open");
    expect(count(walk, "zapped")).toBe(4);
    expect(words(walk)).toContain("4 SPTEs zapped: present → 0x0");
    expect(words(walk)).toContain("entries 0–63 of 512 shown");
    // Ten holes, four pages that the guest has not touched; as in the row of mappings.
    expect(count(walk, "unmapped")).toBe(14);
    expect(walk.marks.find(({ look }) => look === "band")).toMatchObject({ x: 18 * 14, width: 4 * 14 });
    expect(last).toMatchObject({ shape: "rect", x: 0, width: 64 * 14 });
  });

  it("stands under its pages wherever the guest has them, unless that is across the end of a table", () => {
    const walkAt = (gfn: number) => {
      const scenario = scenarioFrom({
        ...{ format: "restricted-memory-lab/1", title: "t", about: "a", show: ["v10", "review"] },
        ...{ files: { f0: { pages: 64 } }, vms: { vm0: {} }, expect: {} },
        setup: [
          { op: "createSlot", vm: "vm0", slot: 0, gfn, pages: 64, file: "f0", pgoff: 0 },
          { op: "map", vm: "vm0", gfn: gfn + 10, pages: 1 },
        ],
        tasks: { P: [{ op: "punch", file: "f0", start: 11, end: 12 }] },
      });
      const [frame] = framesOf(scenario, 0, 3);
      return walkScene(axisFor([frame]), frame, "vm0", gfn + 10);
    };
    const mapped = (scene: Scene) => scene.marks.find(({ look }) => look === "mapped");
    expect(words(walkAt(37))).toContain("entries 37–100 of 512 shown");
    expect(mapped(walkAt(37))).toMatchObject({ x: 10.5 * 14 - 3.5 });
    expect(count(walkAt(37), "band")).toBe(1);
    expect(words(walkAt(500))).toContain("entries 448–511 of 512 shown");
    expect(count(walkAt(500), "band")).toBe(0);
  });

  it("ends where nothing is present; the frame is where the hardware has come to", () => {
    const walk = walkOf("t-b4", ({ type }) => type === "guest.walked")();
    expect(tables(walk)).toEqual(["PML4 [0]"]);
    expect(words(walk)).toContain("0x0, not present: the walk ends here");
    const again = (nth: number) => walkOf("t-l5", (event) => event.type === "guest.walked" && --nth < 1)();
    // The fault of the first walk has made the tables: the next one has four to read.
    const framed = (scene: Scene) =>
      scene.marks.flatMap((mark) => (mark.key === "walked" && "y" in mark ? mark.y : []));
    expect([2, 3, 4, 5].map((nth) => framed(again(nth))[0])).toEqual([23, 53, 83, 113]);
    expect(words(again(4)).join()).not.toContain("the walk ends here");
  });

  it("t-m1: a table that was made after the zap of a 2 MiB leaf shows none of its entries as zapped", () => {
    const walk = walkOf("t-m1", 100_000)();
    expect(tables(walk)).toEqual(["PML4 [0]", "PDPT [0]", "PD [0]", "PT [3]"]);
    expect(count(walk, "zapped")).toBe(0);
    expect(words(walk).join()).not.toContain("zapped");
    const before = walkOf("t-m1", ({ type }) => type === "spte.zapped")(0);
    expect(tables(before)).toEqual(["PML4 [0]", "PDPT [0]", "PD [0]"]);
    expect(words(before)).toContain("1 SPTE zapped: present → 0x0");
  });

  it("t-b3: as many SPTEs as the bill counts, though the table shows half of them", () => {
    expect(words(walkOf("t-b3", 100_000)()).join()).toContain("64 of the 128 SPTEs zapped");
  });

  it("t-m4: of a large leaf it is said how much of it was freed, and which page", () => {
    expect(words(walkOf("t-m4", 100_000)()).join()).toContain(
      "STALE leaf of 2 MiB to pfn 0, of which 1 of 512 was freed: page 3",
    );
  });

  it("leads to the hole where nobody has walked, and stops at a large leaf", () => {
    const walk = walkOf("t-m2", 0)();
    expect(tables(walk)).toEqual(["PML4 [0]", "PDPT [0]"]);
    expect(words(walk).join()).toMatch(/0x[0-9a-f]+f7: leaf of 1 GiB to pfn \d+/);
    expect(walk.says).toContain("level 3 entry 0: leaf");
  });

  it("leads to the gfn that was picked, and says where that is not mapped at all", () => {
    const walk = walkOf("t-l5", 100_000);
    const picked = walk(700);
    expect(words(picked)[0]).toBe("EPT walk for gfn 0x2bc = base 0x0 + 700, page 700 of f0");
    expect(words(picked)).toContain("Esc: back to the latest walk");
    expect(words(picked)).toContain("0x0, not present: the walk ends here");
    expect(tables(picked)).toEqual(["PML4 [0]", "PDPT [0]", "PD [1]"]);
    expect(words(walk(2 ** 30))[0]).toBe("EPT walk for gfn 0x40000000, in no memslot");
    expect(walk(2 ** 36).height).toBe(0);
  });
});
