// SPDX-License-Identifier: GPL-2.0-only
// What is seen to move in the rows of a guest: zap, request, kick, flush, the walk, and what a fault brings back.
import { describe, expect, it } from "vitest";
import type { LabEvent } from "../../engine/index.ts";
import { type Axis, axisFor } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { framesOf, scenarioNamed } from "./framesOf.ts";
import { gfnStripScene } from "./gfnStripScene.ts";
import { leavesScene } from "./leavesScene.ts";
import type { Scene } from "./mark.ts";
import { motionsOf } from "./motion.ts";
import type { Motion } from "./movement.ts";
import { tlbScene } from "./tlbScene.ts";
import { walkScene } from "./walkScene.ts";

type Row = (axis: Axis, frame: Frame) => Scene;

const leaves: Row = (axis, frame) => leavesScene(axis, frame, "vm0");
const strip: Row = (axis, frame) => gfnStripScene(axis, frame, "vm0");
const tlb: Row = (axis, frame) => tlbScene(axis, frame, "vm0", 0);
const walk: Row = (axis, frame) => walkScene(axis, frame, "vm0", null);

/** The motions of one row in LIST's step that tells the nth event that fits. */
function motions(name: string, row: Row, fits: (event: LabEvent) => boolean, nth = 1): readonly Motion[] {
  const scenario = scenarioNamed(name);
  let left = nth;
  const [after] = framesOf(scenario, 0, (event) => fits(event) && --left < 1);
  const [before] = framesOf(scenario, 0, after.step - 1);
  const axis = axisFor([before]);
  const was = { axis, scene: row(axis, before) };
  return motionsOf(was, { axis, scene: row(axis, after) }, { ...after, from: before.step });
}

const told = (type: LabEvent["type"]) => (event: LabEvent) => event.type === type;
const exited = (reason: string) => (event: LabEvent) =>
  event.type === "vcpu.exited" && event.reason === reason;
const flushes = (event: LabEvent) => event.type === "vcpu.entered" && event.flushed > 0;
const kinds = (all: readonly Motion[]) => all.map(({ id, kind }) => `${id}: ${kind}`);

describe("zap", () => {
  it("t-m1, t-m2: a large leaf runs empty, and its outline is drawn after that has begun", () => {
    for (const name of ["t-m1", "t-m2"])
      for (const row of [leaves, strip]) {
        const all = motions(name, row, told("spte.zapped"));
        const drain = all.find(({ kind }) => kind === "drain");
        const outline = all.find(({ kind }) => kind === "wipe");
        expect(drain).toMatchObject({ ghost: { look: "mapped" }, duration: 240 });
        expect(outline?.id).toContain("zappedLeaf");
        expect(outline).toMatchObject({ delay: 120, duration: 400 });
      }
  });

  it("t-l5: the cross turns on every row that has the leaf, and the cached one is hollow after it", () => {
    for (const row of [leaves, strip, walk])
      expect(kinds(motions("t-l5", row, told("spte.zapped"))).join()).toMatch(/: turn.*: shrink/);
    const all = motions("t-l5", tlb, told("spte.zapped"));
    expect(kinds(all)).toEqual(["rect cached5: stay", "rect cached5: fill"]);
    expect(all[1]?.delay).toBe(180);
  });
});

describe("flush", () => {
  it("the request runs along the row to its vCPU, which is kicked out, and comes back without what it had", () => {
    const asked = motions("t-l5", tlb, told("tlb.requested"));
    expect(kinds(asked)).toEqual(["text note: appear", "path request: slide"]);
    expect(asked[1]).toMatchObject({ duration: 300 });
    expect(kinds(motions("t-l5", tlb, exited("kick")))).toEqual([
      "rect tlb: fade",
      "text note: appear",
      "text state: appear",
    ]);
    expect(kinds(motions("t-l5", tlb, flushes))).toEqual([
      "rect tlb: appear",
      "text note: appear",
      "text state: appear",
      "rect cached5: shrink",
      "path request: fade",
    ]);
  });

  it("runs along the row of mappings alone, where all of it is done", () => {
    expect(kinds(motions("t-l5", leaves, told("tlb.flushed")))).toEqual(["flush: run"]);
    for (const row of [strip, walk]) expect(motions("t-l5", row, told("tlb.flushed"))).toEqual([]);
  });
});

describe("walk and refault", () => {
  it("the frame goes on to the entry that is read, which then opens into the next table", () => {
    for (const [nth, level] of [
      [3, 3],
      [4, 2],
    ] as const) {
      const all = motions("t-l5", walk, told("guest.walked"), nth);
      expect(kinds(all)).toEqual(
        expect.arrayContaining([`path opens vm0/${level}: open`, "rect walked: slide"]),
      );
      expect(all.find(({ kind }) => kind === "open")?.delay).toBe(200);
    }
    expect(kinds(motions("t-l5", walk, told("guest.walked"), 5))).toEqual(["rect walked: slide"]);
  });

  it("the leaf that the fault brings back grows where its cross fades", () => {
    for (const row of [leaves, strip]) {
      const all = motions("t-l5", row, told("spte.installed"), 2);
      expect(kinds(all).join()).toMatch(/rect \S+: fill,path \S+: fade/);
    }
  });
});
