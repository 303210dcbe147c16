// SPDX-License-Identifier: GPL-2.0-only
// What is seen to move when a step is taken, in the scenarios that show it.
import { describe, expect, it } from "vitest";
import type { LabEvent } from "../../engine/index.ts";
import { type Axis, axisFor } from "./axis.ts";
import { callsScene } from "./callsScene.ts";
import type { Frame } from "./frame.ts";
import { framesOf, scenarioNamed } from "./framesOf.ts";
import { listScene } from "./listScene.ts";
import { mappingsScene } from "./mappingsScene.ts";
import type { Mark, Scene } from "./mark.ts";
import { memslotsScene } from "./memslotsScene.ts";
import { motionsOf } from "./motion.ts";
import type { Motion } from "./movement.ts";
import { pagesScene } from "./pagesScene.ts";
import { treeScene } from "./treeScene.ts";

type Row = (axis: Axis, frame: Frame) => Scene | null;
type Moment = number | ((event: LabEvent) => boolean);
const [LIST, XARRAY] = [0, 1] as const;

/** The motions of one row when `design` takes the step that ends at `moment` of the operation. */
function motions(name: string, operation: number, design: 0 | 1, moment: Moment, row: Row): Motion[] {
  const scenario = scenarioNamed(name);
  const after = framesOf(scenario, operation, moment)[design];
  const first = after.operations[operation]?.first ?? 1;
  const frames = framesOf(scenario, operation, after.step - first);
  const before = frames[design];
  const axis = axisFor(frames);
  const [was, is] = [row(axis, before), row(axis, after)];
  if (was === null || is === null) throw new Error(`${name} has no such row`);
  return motionsOf({ axis, scene: was }, { axis, scene: is }, { ...after, from: before.step });
}

const mapped =
  (vm: string): Row =>
  (axis, frame) =>
    mappingsScene(axis, frame, vm);

const of = (all: readonly Motion[], kind: Motion["kind"]) => all.filter((motion) => motion.kind === kind);
const told = (type: LabEvent["type"]) => (event: LabEvent) => event.type === type;
const endOf = ({ delay, duration }: Motion) => delay + duration;
const hits = (event: LabEvent) => event.type === "notifier.start" && event.hit;

describe("calls", () => {
  it("the ring slides along the link to the next notifier, and what it comes to is hatched after that", () => {
    const all = motions("t-a-12", 0, LIST, 4, listScene);
    const [ring] = of(all, "slide");
    expect(ring).toMatchObject({ id: "rect current", dy: 0, delay: 0, duration: 160, easing: "ease-in-out" });
    expect(ring?.kind === "slide" && ring.dx).toBeLessThan(0);
    expect(all).toContainEqual({
      ...{ id: "path hatch10", kind: "wipe", delay: 160, duration: 120, easing: "linear" },
    });
  });

  it("at the first notifier of a walk the ring waits already: there is nothing to wait for", () => {
    const all = motions("t-a-12", 0, LIST, 3, listScene);
    expect(of(all, "slide")).toEqual([]);
    expect(all.find(({ id }) => id === "path hatch11")).toMatchObject({ delay: 0, duration: 120 });
  });

  it("a needed call fills the disc, then its start square; the number turns light once the disc is dark", () => {
    const all = motions("t-a-12", 0, LIST, hits, listScene);
    const disc = all.find(({ id, kind }) => id === "rect notifier8" && kind === "fill");
    expect(disc).toMatchObject({ delay: 160, duration: 220, easing: "ease-out" });
    const number = all.find(({ id, kind }) => id === "text number8" && kind === "appear");
    expect(number?.delay).toBe(endOf(disc!));
    const squares = motions("t-a-12", 0, LIST, hits, callsScene);
    expect(of(squares, "fill")).toMatchObject([{ id: "rect start8", delay: endOf(disc!) }]);
  });

  it("no square is there before the walk has come to its notifier", () => {
    const squares = motions("t-a-12", 0, LIST, 4, callsScene);
    expect(of(squares, "appear").map(({ id, delay }) => [id, delay])).toEqual([
      ["rect start10", 160],
      ["rect end10", 160],
    ]);
  });

  it("in the end walk the disc is full: only the end square fills", () => {
    const ends = (event: LabEvent) => event.type === "notifier.end" && event.hit;
    expect(of(motions("t-a-12", 0, LIST, ends, listScene), "fill")).toEqual([]);
    const [square, ...more] = of(motions("t-a-12", 0, LIST, ends, callsScene), "fill");
    expect(square).toMatchObject({ id: "rect end8", delay: 160 });
    expect(more).toEqual([]);
  });

  it("what is about to be covered is still seen until it is", () => {
    const all = motions("t-a-12", 0, LIST, hits, listScene);
    expect(all.find(({ id, kind }) => id === "rect notifier8" && kind === "stay")).toMatchObject({
      ...{ delay: 0, duration: 380, ghost: { key: "notifier8", look: "notCalled" } },
    });
  });
});

describe("the look-up", () => {
  it("narrows from the node to the slot, one level after the other", () => {
    const levels = of(motions("t-a-12", 0, XARRAY, 2, treeScene), "narrow");
    expect(levels).toMatchObject([
      { delay: 0, duration: 200, easing: "ease-in-out", x: -2, width: 64 * 14 + 4 },
      { delay: 200, duration: 200, easing: "ease-in-out", x: -2, width: 64 * 14 + 4 },
    ]);
  });

  it("is seen again when the second walk comes to the same slot", () => {
    expect(of(motions("t-a-12", 0, XARRAY, 10, treeScene), "narrow")).toHaveLength(2);
  });

  it("goes on from slot to slot where the walk goes on in the same node", () => {
    const all = motions("t-d", 2, XARRAY, 7, treeScene);
    expect(of(all, "slide")).not.toEqual([]);
    expect(of(all, "slide").every(({ duration }) => duration === 200)).toBe(true);
  });

  it("opens the trapezoids again where only the window has become another", () => {
    const [, frame] = framesOf(scenarioNamed("t-a-12"), 0, 4);
    const axis = axisFor([frame]);
    const far = { ...axis, end: 64 * 64, perCell: 64 };
    const [was, is] = [treeScene(far, frame)!, treeScene(axis, frame)!];
    const all = motionsOf({ axis: far, scene: was }, { axis, scene: is }, frame);
    // The funnel from the axis, and the one between the two nodes.
    const open = { kind: "open", duration: 320, easing: "ease-in-out", width: 1 / 64 };
    expect(all).toMatchObject([open, open]);
  });
});

describe("pages and mappings", () => {
  it("squares become crosses from left to right, 40 ms apart", () => {
    const all = motions("t-a-12", 0, LIST, told("spte.zapped"), mapped("vm0"));
    const crosses = of(all, "turn");
    expect(crosses.map(({ id, delay }) => [id, delay])).toEqual(
      [18, 19, 20, 21].map((column, k) => [`path column${column}`, 40 * k]),
    );
    expect(crosses.every(({ duration, easing }) => duration === 180 && easing === "ease-out")).toBe(true);
    const squares = of(all, "shrink");
    expect(squares.map(({ delay }) => delay)).toEqual([0, 40, 80, 120]);
    expect(squares.map(({ ghost }) => ghost?.look)).toEqual(Array(4).fill("mapped"));
  });

  it("many crosses are done in 600 ms all the same", () => {
    const [frame] = framesOf(scenarioNamed("t-a-12"), 0, 8);
    const axis = axisFor([frame]);
    const columns = Array.from({ length: 64 }, (_, n) => `column${n}`);
    const box = { x: 0, y: 0, width: 7, height: 7 };
    const was = columns.map((key): Mark => ({ shape: "rect", key, look: "mapped", ...box }));
    const is = columns.map((key): Mark => ({ shape: "path", key, look: "zapped", d: "M0 0h8" }));
    const scene = (marks: Mark[]): Scene => ({ height: 24, marks, says: "" });
    const all = motionsOf({ axis, scene: scene(was) }, { axis, scene: scene(is) }, { ...frame, from: 7 });
    expect(all).toHaveLength(128);
    expect(Math.max(...all.map(endOf))).toBeLessThan(600);
    expect(new Set(of(all, "turn").map(({ delay }) => delay)).size).toBe(64);
  });

  it("a flush runs along the row of its VM to the right end, and along no other", () => {
    const [run, ...more] = motions("t-h", 0, LIST, told("tlb.flushed"), mapped("vm0"));
    expect(run).toMatchObject({ kind: "run", duration: 300, easing: "ease-out", ghost: { look: "flushed" } });
    expect(run?.kind === "run" && run.dx).toBeLessThan(0);
    expect(more).toEqual([]);
    expect(motions("t-h", 0, LIST, told("tlb.flushed"), mapped("vm1"))).toEqual([]);
  });

  it("a freed page runs empty, then it is crossed out", () => {
    const all = motions("t-a-12", 0, LIST, told("shmem.punched"), pagesScene);
    const drains = of(all, "drain");
    expect(drains.map(({ id }) => id)).toEqual([18, 19, 20, 21].map((n) => `rect page${n}`));
    for (const drain of drains)
      expect(drain).toMatchObject({
        share: 0,
        duration: 240,
        easing: "ease-in",
        ghost: { look: "allocated" },
      });
    expect(of(all, "wipe").map(({ id, delay }) => [id, delay])).toEqual(
      [18, 19, 20, 21].map((n) => [`path slash${n}`, 240]),
    );
  });

  it("a page that the guest touches fills up, and is mapped", () => {
    const rises = of(motions("t-d", 1, LIST, 1, pagesScene), "rise");
    expect(rises.length).toBeGreaterThan(0);
    expect(rises.every((motion) => motion.kind === "rise" && motion.share === 0)).toBe(true);
    expect(of(motions("t-d", 1, LIST, 1, mapped("vm0")), "appear").length).toBeGreaterThan(0);
  });
});

describe("memslots and what goes wrong", () => {
  it("a memslot comes, goes, and is refused plainly", () => {
    const made = motions("t-d", 0, LIST, told("slot.visible"), memslotsScene);
    expect(made).toMatchObject([{ id: "rect slot0", kind: "appear" }]);
    const gone = motions("t-b1", 0, LIST, told("slot.invisible"), memslotsScene);
    expect(gone).toMatchObject([{ kind: "fade", ghost: { key: "slot0" } }]);
    const refused = motions("t-c1", 1, LIST, told("bind.refused"), memslotsScene);
    expect(refused.map(({ kind }) => kind)).toContain("appear");
    expect(refused.map(({ id }) => id)).toContain("rect refusedvm0/1");
  });

  it("the call that does not pair is traced to the count once, in the step that breaks it", () => {
    expect(of(motions("t-b1", 0, LIST, told("slot.freed"), callsScene), "trace")).toMatchObject([
      { id: "rect broken0 trace", duration: 400, easing: "ease-out" },
    ]);
    expect(of(motions("t-b1", 0, LIST, 22, callsScene), "trace")).toEqual([]);
  });
});

it("nothing moves in a design that waits", () => {
  for (const row of [pagesScene, treeScene, callsScene, mapped("vm0"), memslotsScene]) {
    const frames = framesOf(scenarioNamed("t-a-12"), 0, 20);
    const axis = axisFor(frames);
    const frame = { ...frames[XARRAY], from: frames[XARRAY].step };
    const picture = { axis, scene: row(axis, frame)! };
    expect(motionsOf(picture, picture, frame)).toEqual([]);
  }
});
