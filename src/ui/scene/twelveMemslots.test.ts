// SPDX-License-Identifier: GPL-2.0-only
// The rows of the first scenario, at its moments. Page 18 to 21 are punched; slot 3 is bound there.
import { describe, expect, it } from "vitest";
import type { LabEvent } from "../../engine/index.ts";
import { axisFor } from "./axis.ts";
import { billOf } from "./bill.ts";
import { callsScene } from "./callsScene.ts";
import { framesOf, scenarioNamed } from "./framesOf.ts";
import { listScene } from "./listScene.ts";
import { mappingsScene } from "./mappingsScene.ts";
import type { Look, Mark, Scene } from "./mark.ts";
import { memslotsScene } from "./memslotsScene.ts";
import { pagesScene } from "./pagesScene.ts";
import { rulerScene } from "./rulerScene.ts";
import { treeScene } from "./treeScene.ts";

const scenario = scenarioNamed("t-a-12");
const axis = axisFor(framesOf(scenario, 0, 0));
const at = (step: number | ((event: LabEvent) => boolean)) => framesOf(scenario, 0, step);
const END = 100;

const looks = (scene: Scene | null, look: Look): Mark[] =>
  (scene?.marks ?? []).filter((mark) => mark.look === look);
const keys = (scene: Scene | null, look: Look) => looks(scene, look).map(({ key }) => key);
const words = (scene: Scene | null) =>
  (scene?.marks ?? []).flatMap((mark) => ("text" in mark ? [mark.text] : []));

describe("the ruler", () => {
  it("names the punched pages once the system call has come, by their first and last", () => {
    expect(looks(rulerScene(axis, at(0)), "band")).toEqual([]);
    const scene = rulerScene(axis, at(1));
    expect(looks(scene, "band")).toMatchObject([{ x: 18 * axis.cell, width: 4 * axis.cell }]);
    expect(words(scene)).toContain("PUNCH_HOLE pages 18–21");
    expect(scene.says).toContain("18–21");
  });
});

describe("memslots", () => {
  it("are lit by the event that they were hit, not by the punched range", () => {
    const before = at((event) => event.type === "walk.begun");
    expect(looks(memslotsScene(axis, before[0]), "slotNeeded")).toEqual([]);
    const hit = at((event) => event.type === "notifier.start" && event.hit);
    expect(keys(memslotsScene(axis, hit[0]), "slotNeeded")).toHaveLength(1);
    expect(words(memslotsScene(axis, hit[0]))).toContain("slot 3");
  });

  it("leave a dash over the two pages that belong to none", () => {
    expect(looks(memslotsScene(axis, at(0)[0]), "unbound")).toHaveLength(1);
  });
});

describe("file pages", () => {
  it("are holes or allocated before the punch", () => {
    const scene = pagesScene(axis, at(0)[0]);
    const holes = [10, 11, 29, 30, 48, 49, 52, 53, 62, 63];
    expect(keys(scene, "hole")).toEqual(holes.map((page) => `hole${page}`));
    expect(looks(scene, "allocated")).toHaveLength(64 - holes.length);
  });

  it("have a lower edge while they are punched and still there, a slash once they are freed", () => {
    const before = pagesScene(axis, at(2)[1]);
    expect(keys(before, "cutEdge")).toEqual([18, 19, 20, 21].map((page) => `cut${page}`));
    const after = pagesScene(axis, at((event) => event.type === "shmem.punched")[1]);
    expect(keys(after, "cutEdge")).toEqual([]);
    expect(keys(after, "slash")).toEqual([18, 19, 20, 21].map((page) => `slash${page}`));
    expect(looks(after, "freed")).toHaveLength(4);
  });
});

describe("the list", () => {
  it("is a chain in list order, solid up to where the walk has come, each call needed or wasted", () => {
    const [list] = at((event) => event.type === "list.read" && event.notifier === 4);
    const scene = listScene(axis, list);
    expect(words(scene).slice(1)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
    expect(looks(scene, "needed")).toHaveLength(1);
    expect(looks(scene, "link")).toHaveLength(7);
    expect(looks(scene, "linkAhead")).toHaveLength(5);
    expect(scene?.says).toContain("The start walk is at slot 6.");
    expect(looks(scene, "current")).toHaveLength(1);
    // The notifier of slot 7 has been read, and called in no step yet: the walk is at the one it has called.
    expect(looks(scene, "wasted")).toHaveLength(6);
    expect(looks(scene, "notCalled")).toHaveLength(5);
  });

  it("shows the last call as the current one in the step that completes the walk, and none after it", () => {
    const completes = (event: LabEvent) => event.type === "walk.ended";
    const [list] = at(completes);
    expect(listScene(axis, list)?.says).toContain("The start walk is at slot 11.");
    const [later] = at((event) => event.type === "shmem.punched");
    expect(looks(listScene(axis, later), "current")).toEqual([]);
  });

  it("stands under the memslots, whose order it has here", () => {
    const circles = looks(listScene(axis, at(0)[0]), "notCalled").map((mark) =>
      "width" in mark ? mark.x + mark.width / 2 : 0,
    );
    expect(circles.slice(0, 3)).toEqual([2, 8, 14].map((page) => page * axis.cell));
  });

  it("is not what the other design keeps", () => {
    expect(listScene(axis, at(0)[1])).toBeNull();
    expect(treeScene(axis, at(0)[0])).toBeNull();
  });
});

describe("the xarray", () => {
  it("is its two real nodes: the top one with slot 0 in use, and the one that stands under the pages", () => {
    const scene = treeScene(axis, at(0)[1]);
    expect(looks(scene, "node")).toHaveLength(2);
    expect(words(scene)).toContain("shift 6");
    expect(words(scene)).toContain("shift 0");
    expect(looks(scene, "child")).toMatchObject([{ x: 1 }]);
    expect(looks(scene, "entry")).toHaveLength(12);
    expect(looks(scene, "lookup")).toEqual([]);
  });

  it("frames the index of the look-up in each node on the way, and fills the entry that was called", () => {
    const scene = treeScene(axis, at((event) => event.type === "notifier.start")[1]);
    expect(looks(scene, "lookup").map((mark) => ("width" in mark ? mark.x : -1))).toEqual([
      0,
      18 * axis.cell,
    ]);
    expect(looks(scene, "needed")).toMatchObject([{ x: 16 * axis.cell + 1, width: 8 * axis.cell - 2 }]);
    expect(looks(scene, "entry")).toHaveLength(11);
  });
});

describe("starts and ends", () => {
  it("are two squares under each memslot that was called, and nothing under the others", () => {
    const [list, xarray] = at(END);
    expect(looks(callsScene(axis, list), "wasted")).toHaveLength(22);
    expect(looks(callsScene(axis, list), "needed")).toHaveLength(2);
    const scene = callsScene(axis, xarray);
    expect(looks(scene, "needed")).toHaveLength(2);
    expect(looks(scene, "wasted")).toEqual([]);
    expect(words(scene)).toContain("11 memslots: no call");
  });

  it("say that a memslot was spared only when the start walk is over", () => {
    const [, during] = at((event) => event.type === "notifier.start");
    expect(words(callsScene(axis, during)).join()).not.toContain("no call");
  });
});

describe("guest mappings", () => {
  it("are there, were never there, or were zapped", () => {
    const before = mappingsScene(axis, at(0)[0], "vm0");
    expect(looks(before, "mapped")).toHaveLength(50);
    expect(looks(before, "zapped")).toEqual([]);
    const after = mappingsScene(axis, at(END)[0], "vm0");
    expect(looks(after, "mapped")).toHaveLength(46);
    expect(keys(after, "zapped")).toEqual([18, 19, 20, 21].map((page) => `column${page}`));
    // Pages 52 and 53 belong to no memslot: no guest could map them.
    expect(keys(after, "unmapped")).not.toContain("column52");
  });
});

describe("the bill", () => {
  it("counts the calls so far and those to come", () => {
    const [list, xarray] = at(END);
    expect(billOf(list)).toMatchObject({ calls: 24, needed: 2, wasted: 22, toGo: 0, refused: [] });
    expect(billOf(xarray)).toMatchObject({ calls: 2, needed: 2, wasted: 0, toGo: 0 });
    const [half] = at((event) => event.type === "shmem.punched");
    expect(billOf(half)).toMatchObject({ calls: 12, wasted: 11, toGo: 12 });
    const figure = (name: string) => billOf(xarray).figures.find((one) => one.name === name)?.value;
    expect(["xa_nodes read", "xa slots read", "SPTEs zapped", "pages freed"].map(figure)).toEqual([
      "4",
      "16",
      "4",
      "4",
    ]);
  });
});
