// SPDX-License-Identifier: GPL-2.0-only
// The rows of guests that run: leaves by size, and what vCPUs have cached.
import { describe, expect, it } from "vitest";
import type { LabEvent } from "../../engine/index.ts";
import { axisFor } from "./axis.ts";
import { framesOf, scenarioNamed } from "./framesOf.ts";
import { blocksOf } from "./largeLeaves.ts";
import { leavesScene } from "./leavesScene.ts";
import type { Look, Scene } from "./mark.ts";
import { vmsReaching } from "./reached.ts";
import { tlbScene } from "./tlbScene.ts";

const [LIST, XARRAY] = [0, 1] as const;

/** The rows of vm0 in one design, at the first step that tells such an event, or after so many steps. */
function rows(name: string, design: 0 | 1, moment: number | ((event: LabEvent) => boolean)) {
  const frames = framesOf(scenarioNamed(name), 0, moment);
  const axis = axisFor(frames);
  const frame = frames[design];
  return { axis, frame, leaves: leavesScene(axis, frame, "vm0"), tlb: tlbScene(axis, frame, "vm0", 0) };
}

const END = 100_000;
/** The nth such event of the design that is played first, LIST. */
const told =
  (type: LabEvent["type"], nth = 1) =>
  (event: LabEvent) =>
    event.type === type && --nth < 1;
const looks = (scene: Scene, look: Look) => scene.marks.filter((mark) => mark.look === look);
const keys = (scene: Scene, look: Look) => looks(scene, look).map(({ key }) => key);
const words = (scene: Scene) => scene.marks.flatMap((mark) => ("text" in mark ? [mark.text] : []));

describe("leaves by size (t-m1)", () => {
  it("a leaf of 2 MiB is one bar over its 512 pages, with its size, and no square stands in it", () => {
    const { axis, leaves } = rows("t-m1", LIST, 0);
    const [bar, ...more] = looks(leaves, "mapped");
    expect(more).toEqual([]);
    expect(bar).toMatchObject({ key: "barmapped0", x: 2, width: 64 * axis.cell - 4 });
    expect(words(leaves)).toEqual(["mapped", "2 MiB"]);
    expect(leaves.says).toBe("The guest of vm0 has 512 pages mapped here, with 1 leaf of 2 MiB.");
  });

  it("a hole of one page takes all of it down: a hollow bar, and nothing else", () => {
    const { leaves } = rows("t-m1", LIST, told("spte.zapped"));
    expect(keys(leaves, "zappedLeaf")).toEqual(["barzappedLeaf0"]);
    expect(looks(leaves, "mapped")).toEqual([]);
    expect(looks(leaves, "zapped")).toEqual([]);
    expect(words(leaves)).toEqual(["mapped", "2 MiB leaf zapped"]);
    expect(leaves.says).toContain(
      "0 pages mapped here; 512 were zapped by this operation, with 1 leaf of 2 MiB.",
    );
  });

  it("what comes back comes page by page, inside of what was one leaf", () => {
    const { leaves } = rows("t-m1", LIST, told("spte.installed"));
    expect(keys(leaves, "mapped")).toEqual(["column0"]);
    expect(keys(leaves, "zappedLeaf")).toHaveLength(1);
    expect(leaves.says).toContain("1 page mapped here; 511 were zapped");
  });

  it("the cached translation is as long as the leaf, and hollow from the zap to the flush", () => {
    const before = rows("t-m1", LIST, told("guest.wrote"));
    expect(looks(before.tlb, "cached")).toMatchObject([{ width: 63 * before.axis.cell + 6 }]);
    const zapped = rows("t-m1", LIST, told("spte.zapped"));
    expect(keys(zapped.tlb, "cachedStale")).toEqual(["cached0"]);
    const flushed = rows("t-m1", LIST, told("vcpu.entered", 2));
    expect(keys(flushed.tlb, "cachedStale")).toEqual([]);
  });
});

describe("leaves of a zap, from its runs and their number", () => {
  const GIB = 512 * 512;
  it.each([
    ["a page", [[3, 4]], 1, [[3, 1]]],
    ["2 MiB in one leaf", [[0, 512]], 1, [[0, 2]]],
    ["2 MiB page by page", [[0, 512]], 512, null],
    [
      "a large leaf between small ones",
      [[511, 1026]],
      4,
      [
        [511, 1],
        [512, 2],
        [1024, 1],
        [1025, 1],
      ],
    ],
    ["1 GiB", [[GIB, 2 * GIB]], 1, [[GIB, 3]]],
    ["1 GiB in leaves of 2 MiB: nobody knows which", [[0, GIB]], 512, null],
  ] as const)("%s", (_, runs, leaves, expected) => {
    const blocks = blocksOf(runs, leaves).map(({ gfn, level }) => [gfn, level]);
    expect(blocks).toEqual(expected ?? []);
  });
});

describe("a freed page (t-b4)", () => {
  it("is stale in the tables and in the TLB, where only one of the designs lets it come to that", () => {
    const freed = told("shmem.punched");
    const list = rows("t-b4", LIST, freed);
    expect(keys(list.leaves, "stale")).toEqual(["column0"]);
    expect(keys(list.tlb, "cachedStale")).toEqual(["cached5"]);
    expect(list.tlb.says).toBe(
      "vCPU 0 of vm0: in the guest. It has cached 1 translation: gfn 0x5, stale: its page was freed.",
    );
    const xarray = rows("t-b4", XARRAY, END);
    expect(looks(xarray.leaves, "stale")).toEqual([]);
    expect(keys(xarray.tlb, "cached")).toEqual(["cached5"]);
    expect(xarray.tlb.says).toContain("It has cached 1 translation: gfn 0x5.");
  });

  it("only guests that reach the file have rows", () => {
    const { axis, frame } = rows("t-b4", LIST, 0);
    expect(vmsReaching(axis, frame)).toEqual(["vm0"]);
    expect(vmsReaching({ ...axis, file: "f1" }, frame)).toEqual(["vm1"]);
    expect(vmsReaching({ ...axis, file: "f9" }, frame)).toEqual(["vm0", "vm1"]);
  });
});

describe("where a vCPU is (t-l5, t-l2, t-q)", () => {
  it.each([
    ["t-l5", 0, ["outside"], "tlbOut", false],
    ["t-l5", told("vcpu.entered"), ["in the guest"], "tlbIn", false],
    [
      "t-l5",
      (event: LabEvent) => event.type === "vcpu.exited" && event.reason === "violation",
      ["faulting on gfn 0x5"],
      "tlb",
      false,
    ],
    ["t-l5", told("tlb.requested"), ["IPI sent: 1 stale entry", "in the guest"], "tlbIn", true],
    [
      "t-l5",
      (event: LabEvent) => event.type === "vcpu.exited" && event.reason === "kick",
      ["flush on entry", "kicked out"],
      "tlbOut",
      true,
    ],
    [
      "t-l5",
      (event: LabEvent) => event.type === "vcpu.entered" && event.flushed > 0,
      ["flushed at step 31, TLB empty", "in the guest"],
      "tlbIn",
      false,
    ],
    ["t-l2", told("page.put"), ["retrying gfn 0x5"], "tlb", false],
    ["t-ah", END, ["flush on entry", "retrying gfn 0x3"], "tlb", true],
  ] as const)("%s: %#", (name, moment, said, look, asked) => {
    const { tlb } = rows(name, LIST, moment);
    expect(words(tlb)).toEqual(["vCPU 0", ...said]);
    expect(looks(tlb, look)).toHaveLength(1);
    expect(looks(tlb, "flushed")).toHaveLength(asked ? 1 : 0);
    expect(tlb.says).toContain(`: ${said.at(-1)}.`);
  });

  it("t-l5-4: flushed, still to be kicked, and outside stand side by side, under both designs", () => {
    const scenario = scenarioNamed("t-l5-4");
    const steps = framesOf(scenario, 0, END).map(({ play }) =>
      play.recording.steps.findIndex(({ events }) =>
        events.some((event) => event.type === "vcpu.entered" && event.flushed > 0),
      ),
    );
    for (const design of [0, 1] as const) {
      const step = (steps[design] ?? 0) + 1;
      const frame = framesOf(scenario, 0, step)[design];
      const axis = axisFor([frame]);
      expect([0, 1, 2, 3].map((id) => words(tlbScene(axis, frame, "vm0", id)).slice(1))).toEqual([
        [`flushed at step ${step}, TLB empty`, "in the guest"],
        ["IPI sent: 3 stale entries", "in the guest"],
        ["IPI sent: 1 stale entry", "in the guest"],
        ["flush on entry", "exited: MMIO"],
      ]);
    }
  });

  it("a leaf that is gone from the tables leaves its translation stale until the flush", () => {
    const zapped = rows("t-l5", LIST, told("spte.zapped"));
    expect(keys(zapped.tlb, "cachedStale")).toEqual(["cached5"]);
    expect(zapped.tlb.says).toContain("gfn 0x5, stale: its leaf is gone from the tables.");
    expect(keys(zapped.leaves, "zapped")).toEqual(["column0"]);
    // Mapped again, its column is what it was before.
    const again = rows("t-l5", LIST, told("spte.installed", 2));
    expect(keys(again.leaves, "mapped")).toEqual(["column0"]);
    expect(looks(again.leaves, "zapped")).toEqual([]);
  });
});
