// SPDX-License-Identifier: GPL-2.0-only
// What stands below a design that is shown alone: all gfns of a guest, and the way through its tables.
import { describe, expect, it } from "vitest";
import type { LabEvent, Memslot } from "../../engine/index.ts";
import { axisFor, widthOf } from "./axis.ts";
import { framesOf, scenarioNamed } from "./framesOf.ts";
import { gfnAxis, xOfGfn } from "./gfnAxis.ts";
import { gfnStripScene } from "./gfnStripScene.ts";
import type { Scene } from "./mark.ts";
import { walkScene } from "./walkScene.ts";

const words = ({ marks }: Scene) => marks.flatMap((mark) => ("text" in mark ? [mark.text] : []));
const count = ({ marks }: Scene, look: string) => marks.filter((mark) => mark.look === look).length;

const shown = (name: string, until: number | ((event: LabEvent) => boolean)) => {
  const frames = framesOf(scenarioNamed(name), 0, until);
  const axis = axisFor(frames);
  return { frames, axis, width: widthOf(axis) };
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

  it("t-l4: two slots far apart hold everything between them off", () => {
    const { frames, width } = shown("t-l4", ({ type }) => type === "shmem.punched");
    const list = gfnStripScene(frames[0], "vm0", width);
    expect(words(list)).toContain("held off: gfns 0 to 1,000,007, in_progress 2");
    expect(count(list, "heldOff")).toBe(1);
    expect(words(gfnStripScene(frames[1], "vm0", width)).join()).not.toContain("1,000,007");
  });

  it("t-o: a range that wrapped around reaches beyond all of the VM", () => {
    const { frames, width } = shown("t-o", ({ type }) => type === "spte.zapped");
    const strip = gfnStripScene(frames[0], "vm0", width);
    expect(words(strip)).toContain("held off: gfns 0 to beyond all of the VM, in_progress 1");
    expect(count(strip, "zapped")).toBeGreaterThan(10);
    expect(count(strip, "mapped")).toBe(0);
  });

  it("t-m1: one leaf of 2 MiB is one bar", () => {
    const { frames, width } = shown("t-m1", 0);
    const strip = gfnStripScene(frames[0], "vm0", width);
    expect(count(strip, "mapped")).toBe(1);
    expect(words(strip)).toContain("2 MiB");
  });
});

describe("the way through the tables", () => {
  it("t-b4: ends at a leaf that leads to a freed page, and says so", () => {
    const { frames, axis } = shown("t-b4", 100_000);
    const walk = walkScene(axis, frames[0], "vm0");
    expect(words(walk)[0]).toBe("vm0/vcpu0 walk for gfn 0x5 = base 0x0 + 5, page 5 of f0");
    expect(words(walk).filter((text) => /^P/.test(text))).toEqual([
      "PML4 [0]",
      "PDPT [0]",
      "PD [0]",
      "PT [5]",
    ]);
    expect(words(walk).join()).toContain("STALE leaf to a freed page to pfn 5");
    expect(words(walkScene(axis, frames[1], "vm0")).join()).not.toContain("STALE");
  });

  it("ends where nothing is present, after as many reads as the hardware has made", () => {
    const { frames, axis } = shown("t-b4", ({ type }) => type === "guest.walked");
    const walk = walkScene(axis, frames[0], "vm0");
    expect(words(walk).filter((text) => /^P/.test(text))).toEqual(["PML4 [0]"]);
    expect(words(walk).join()).toContain("not present: 0x0");
    expect(count(walk, "tableRead")).toBe(1);
  });

  it("leads to the hole where nobody has walked, and stops at a large leaf", () => {
    const { frames, axis } = shown("t-m2", 0);
    const walk = walkScene(axis, frames[0], "vm0");
    expect(words(walk).filter((text) => /^P/.test(text))).toEqual(["PML4 [0]", "PDPT [0]"]);
    expect(walk.says).toContain("level 3 entry 0: leaf");
  });
});
