// SPDX-License-Identifier: GPL-2.0-only
// What the other scenarios exist to show has to be seen: the marks at the moments that matter.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BUILT_INS, type LabEvent, newXarray } from "../../engine/index.ts";
import { axisFor, widthOf } from "./axis.ts";
import { billOf } from "./bill.ts";
import { callsScene } from "./callsScene.ts";
import type { Frame } from "./frame.ts";
import { framesOf, scenarioFrom, scenarioNamed } from "./framesOf.ts";
import { isLongList, listScene } from "./listScene.ts";
import { mappingsScene } from "./mappingsScene.ts";
import type { Look, Mark, Scene } from "./mark.ts";
import type { Box } from "./objectBox.ts";
import { memslotsScene } from "./memslotsScene.ts";
import { pagesScene } from "./pagesScene.ts";
import { CELL_STATES, type CellState } from "./rasterCells.ts";
import { rasterScene } from "./rasterScene.ts";
import { rulerScene } from "./rulerScene.ts";
import { instrumentsOf } from "./vmInstrument.ts";
import { treeScene } from "./treeScene.ts";

type Moment = number | ((event: LabEvent) => boolean);
const END = 100_000;

const q35 = scenarioFrom(
  JSON.parse(readFileSync(new URL("../../../public/scenarios/q35-boot.json", import.meta.url), "utf8")),
);

/** By name; kept, so that each is played once however many of its moments are looked at. */
const scenarios = new Map([["q35-boot", q35]]);
function scenarioOnce(name: string) {
  const scenario = scenarios.get(name) ?? scenarioNamed(name);
  scenarios.set(name, scenario);
  return scenario;
}

/** The frames of a scenario and the axis that they are drawn on. */
function shown(name: string, operation: number, moment: Moment) {
  const frames = framesOf(scenarioOnce(name), operation, moment);
  return { frames, upper: frames[0], lower: frames[1], axis: axisFor(frames) };
}

const looks = (scene: Scene | null, look: Look): Mark[] =>
  (scene?.marks ?? []).filter((mark) => mark.look === look);
const words = (scene: Scene | null) =>
  (scene?.marks ?? []).flatMap((mark) => ("text" in mark ? [mark.text] : []));
const wrong = (frame: Frame) => instrumentsOf(frame).shown.filter(({ isWrong }) => isWrong);

describe("calls that do not pair", () => {
  it("t-b1: the start of a memslot that is gone stays, ringed, and the count stays up", () => {
    const { upper, lower, axis } = shown("t-b1", 0, END);
    const scene = callsScene(axis, upper);
    expect(looks(scene, "needed")).toMatchObject([{ key: "start0" }]);
    expect(looks(scene, "notCalled")).toMatchObject([{ key: "end0" }]);
    expect(looks(scene, "broken")).toHaveLength(1);
    expect(scene.says).toContain("unpaired");
    expect(looks(callsScene(axis, lower), "broken")).toEqual([]);
    expect(wrong(upper)).toMatchObject([{ vm: "vm0", count: "1", word: "stuck" }]);
    expect(wrong(lower)).toEqual([]);
  });

  it("t-b1: nothing is ringed before the finding's step, and an open bracket alone is no mistake", () => {
    const { upper, axis } = shown("t-b1", 0, (event) => event.type === "notifier.start");
    expect(looks(callsScene(axis, upper), "broken")).toEqual([]);
    const open = shown("t-b1", 0, (event) => event.type === "bracket.begun");
    expect(wrong(open.upper)).toEqual([]);
  });

  it("t-b2: an end without a start stays, ringed, and the count falls below zero", () => {
    const { upper, axis } = shown("t-b2", 0, END);
    expect(looks(callsScene(axis, upper), "notCalled")).toMatchObject([{ key: "start0" }]);
    expect(looks(callsScene(axis, upper), "broken")).toHaveLength(1);
    expect(wrong(upper)).toMatchObject([{ vm: "vm0", count: "−1", word: "below zero" }]);
  });
});

it("t-b3: the frames of two pairs that do not pair stand beside each other", () => {
  const { upper, axis } = shown("t-b3", 0, END);
  const [left, right, ...more] = looks(callsScene(axis, upper), "broken") as (Mark & Box)[];
  expect(more).toEqual([]);
  expect(left!.x + left!.width).toBeLessThan(right!.x);
});

it("t-b2-5: how often a memslot was called stands outside of the frame around its pair", () => {
  const { upper, axis } = shown("t-b2-5", 0, END);
  const scene = callsScene(axis, upper);
  const [frame] = looks(scene, "broken") as (Mark & Box)[];
  const times = scene.marks.find((mark) => mark.shape === "text" && mark.text === "×2");
  expect(times?.shape === "text" && times.x > frame!.x + frame!.width).toBe(true);
});

it("the edges of a punch begin below a figure that they would go through, and else above the axis", () => {
  const edge = (name: string) => {
    const { upper, axis } = shown(name, 0, END);
    const [path] = looks(rulerScene(axis, [upper]), "bandEdge");
    return path?.shape === "path" ? path.d : "";
  };
  expect(edge("t-b4")).toMatch(/^M0 37v9M\d+ 37v9$/);
  expect(edge("t-a-12")).toMatch(/^M\d+ 18v28M\d+ 18v28$/);
});

describe("refusals", () => {
  it("q35-boot: the RAM slot is refused at index 256, which belongs to slot 7, and runs on beyond the window", () => {
    const { upper, lower, axis } = shown("q35-boot", 34, 4);
    const scene = memslotsScene(axis, lower);
    expect(words(scene)).toContain("slot 8 [256,262144) refused: index 256 is slot 7's");
    expect(looks(scene, "slotRefused")).toMatchObject([{ x: ((256 - axis.start) / 2) * axis.cell + 1 }]);
    const columns = looks(scene, "conflict").filter(({ shape }) => shape === "rect");
    expect(columns).toMatchObject([{ x: ((256 - axis.start) / 2) * axis.cell, width: axis.cell / 2 }]);
    expect(looks(scene, "conflict")).toHaveLength(2);
    expect(looks(memslotsScene(axis, upper), "slotRefused")).toEqual([]);
    const names = words(memslotsScene(axis, upper));
    expect(names).toEqual(expect.arrayContaining(["slot 6", "slot 7"]));
  });

  it("q35-boot: the bill lists all that was refused up to now", () => {
    expect(billOf(shown("q35-boot", 34, 4).lower).refused).toHaveLength(4);
    expect(billOf(shown("q35-boot", 42, END).lower).refused).toHaveLength(5);
    expect(billOf(shown("q35-boot", 42, END).upper).refused).toEqual([]);
  });

  it("t-c1: only the design as posted refuses the neighbour", () => {
    const { upper, lower, axis } = shown("t-c1", 1, END);
    expect(words(memslotsScene(axis, upper)).join()).toContain("index 512 is slot 0's");
    expect(looks(memslotsScene(axis, lower), "slotRefused")).toEqual([]);
    expect(looks(memslotsScene(axis, lower), "slot")).toHaveLength(2);
  });

  it("t-f: a bind that is not exclusive is refused for no index at all", () => {
    const { upper, axis } = shown("t-f", 0, END);
    const scene = memslotsScene(axis, upper);
    expect(words(scene).join()).toContain("does not ask for exclusive use");
    expect(looks(scene, "conflict")).toEqual([]);
  });

  it("refusals of the set-up are on the bill from the beginning", () => {
    const scenario = scenarioFrom({
      ...{ format: "restricted-memory-lab/1", title: "t", about: "a", show: ["v10", "review-seed"] },
      ...{ files: { f0: { pages: 1024 } }, vms: { vm0: {} } },
      setup: [0, 1].map((slot) => ({
        ...{ op: "createSlot", vm: "vm0", slot, pages: 512, file: "f0", pgoff: 512 * slot },
      })),
      tasks: { P: [{ op: "punch", file: "f0", start: 0, end: 1 }] },
      expect: { v10: { findings: [] } },
    });
    const [list, posted] = framesOf(scenario, 0, 0);
    expect(billOf(posted).refused).toEqual(["set-up: createSlot vm0/1 -EINVAL"]);
    expect(billOf(list).refused).toEqual([]);
    // One of them has a memslot that the other has not: each then shows its own.
    expect(axisFor([list, posted]).memslots).toBe("own");
  });
});

describe("xarrays that are not one node", () => {
  it("t-d: a binding of three runs is seen as such, and is called three times", () => {
    const { lower, axis } = shown("t-d", 2, END);
    expect(words(callsScene(axis, lower))).toContain("×3");
    const scene = treeScene(axis, lower);
    expect(looks(scene, "node")).toHaveLength(2);
    expect(looks(scene, "child")).toHaveLength(2);
  });

  it("t-c3: as posted, the page after the last is an entry of its own in a lower node", () => {
    const { upper, lower, axis } = shown("t-c3", 2, (event) => event.type === "notifier.start");
    expect(looks(treeScene(axis, upper), "child")).toHaveLength(1);
    expect(looks(treeScene(axis, lower), "child")).toEqual([]);
    expect(words(callsScene(axis, shown("t-c3", 2, END).upper))).toContain("×2");
  });

  it("t-a-4096: only the nodes on the way are drawn, and the last one stands under the pages", () => {
    const { lower, axis } = shown("t-a-4096", 0, END);
    const scene = treeScene(axis, lower);
    expect(words(scene).filter((text) => text.startsWith("shift"))).toEqual([
      "shift 18",
      "shift 12",
      "shift 6",
    ]);
    expect(looks(scene, "lookup")).toHaveLength(3);
    expect(looks(scene, "band")).toHaveLength(1);
  });

  it("an empty array says so, and one whose entry is in the head has no node", () => {
    const { lower, axis } = shown("t-b2", 0, 0);
    expect(treeScene(axis, lower)?.says).toContain("empty");
    const file = lower.world.files.f0!;
    const memslots = [
      { id: 0, vm: "vm0", slot: 4, baseGfn: 0, npages: 1, file: "f0", pgoff: 0, freed: false },
    ];
    const world = {
      ...lower.world,
      memslots: memslots as unknown as Frame["world"]["memslots"],
      files: { f0: { ...file, bindings: { ...newXarray(), head: 4 } } as typeof file },
    };
    // A world that no step of this play leads to, so a play of its own.
    const scene = treeScene(axis, { ...lower, world, play: { ...lower.play } });
    expect(scene?.says).toContain("slot 4 at index 0");
    expect(looks(scene, "node")).toHaveLength(1);
    expect(words(scene)).not.toContain("xa_node");
  });
});

describe("thousands of memslots", () => {
  it("t-a-4096: the list is a raster of a few marks, the needed cell has a ring, the walk's place another", () => {
    const { upper, axis } = shown("t-a-4096", 0, (event) => event.type === "notifier.end" && !event.hit);
    const scene = rasterScene(axis, upper);
    expect(scene?.marks.length).toBeLessThan(12);
    expect(looks(scene, "ring")).toHaveLength(1);
    expect(looks(scene, "current")).toHaveLength(1);
    const states = (state: CellState) =>
      scene.cells.states.filter((own) => CELL_STATES[own] === state).length;
    expect((["needed", "wasted", "earlier", "ahead"] as const).map(states)).toEqual([1, 2, 4093, 0]);
    expect(scene?.says).toMatch(/End walk.*to 2 of 4,096; 1 memslot needed/);
  });

  it("t-a-4096: calls outside of the window are counted in words", () => {
    const { upper, axis } = shown("t-a-4096", 0, END);
    const scene = callsScene(axis, upper);
    expect(looks(scene, "wasted")).toHaveLength(14);
    expect(looks(scene, "needed")).toHaveLength(2);
    expect(scene.says).toContain("4,088 memslots called outside");
  });

  it("t-a-4096: a column holds a page though most of it is hole, and shows that it is punched", () => {
    const { upper, axis } = shown("t-a-4096", 0, 2);
    const scene = pagesScene(axis, upper);
    expect(looks(scene, "allocated")).toHaveLength(8);
    expect(looks(scene, "hole")).toHaveLength(64);
    expect(looks(scene, "cutEdge")).toMatchObject([{ key: "cut10" }]);
  });

  it("t-a-all: memslots too narrow to be told apart are one block, hit or not, and their calls one pair a column", () => {
    const { upper, axis } = shown("t-a-all", 0, 9000);
    const slots = memslotsScene(axis, upper);
    expect([looks(slots, "slot").length, looks(slots, "slotNeeded").length]).toEqual([1, 1]);
    expect(looks(callsScene(axis, upper), "needed").length).toBeLessThanOrEqual(64);
  });
});

describe("two VMs and two punches", () => {
  it("t-h: names tell the VMs apart, both holes are named, each VM has its mappings", () => {
    const { frames, upper, axis } = shown("t-h", 0, END);
    expect(words(rulerScene(axis, frames))).toEqual(
      expect.arrayContaining(["PUNCH_HOLE pages 0–511", "PUNCH_HOLE pages 4,096–4,607"]),
    );
    expect(words(memslotsScene(axis, upper))).toEqual(expect.arrayContaining(["vm0/0", "vm1/1"]));
    expect(looks(mappingsScene(axis, upper, "vm0"), "zapped")).toMatchObject(
      [0, 1, 2, 3].map((n) => ({ key: `column${n}` })),
    );
    expect(looks(mappingsScene(axis, upper, "vm1"), "zapped")).toMatchObject([
      { key: "column32" },
      {},
      {},
      {},
    ]);
  });

  it("t-h: the chain keeps the list's order where the pages have another", () => {
    const { upper, axis } = shown("t-h", 0, 0);
    expect(words(listScene(axis, upper)).slice(1)).toEqual(["vm1/1", "vm0/0"]);
    const x = looks(listScene(axis, upper), "notCalled").map((mark) => ("width" in mark ? mark.x : 0));
    expect(x[0]).toBeLessThan(x[1]!);
  });
});

it("a mapping that is older than its frame has a shape of its own", () => {
  const { upper, axis } = shown("t-a-12", 0, 0);
  expect(looks(mappingsScene(axis, upper, "vm0"), "stale")).toEqual([]);
  for (const block of upper.world.memory.blocks)
    for (let frame = 0; frame < block.length; frame += 2) block[frame] = block[frame]! + 1;
  // No step of this play leads to that world, so a play of its own.
  const older = { ...upper, play: { ...upper.play } };
  expect(looks(mappingsScene(axis, older, "vm0"), "stale")).toHaveLength(50);
  expect(mappingsScene(axis, older, "vm0").says).toContain("50 lead to frames that have been freed");
});

const MOST = 700;

it.each(
  BUILT_INS.map(({ name }) => name).filter(
    (name) => name !== "t-a-all" && name !== "t-a-32764" && name !== "q35-balloon",
  ),
)(
  "%s: at every moment each row has a sentence, marks with keys of their own, and all of them on the strip",
  (name) => {
    const scenario = scenarioOnce(name);
    const operations = scenario.tasks.size > 1 ? 1 : [...scenario.tasks.values()][0]!.length;
    for (let operation = 0; operation < operations; operation += name === "q35-boot" ? 6 : 1)
      for (const step of [0, 1, 4, 9, 15, END]) {
        const frames = framesOf(scenario, operation, step);
        for (const zoom of [0, 1, -1]) {
          const axis = axisFor(frames, zoom);
          const scenes = frames.flatMap((frame) => [
            memslotsScene(axis, frame),
            pagesScene(axis, frame),
            isLongList(axis, frame)
              ? rasterScene(axis, frame)
              : (listScene(axis, frame) ?? treeScene(axis, frame)),
            callsScene(axis, frame),
            ...Object.keys(frame.world.vms).map((vm) => mappingsScene(axis, frame, vm)),
          ]);
          for (const scene of [rulerScene(axis, frames), ...scenes]) {
            if (scene === null) throw new Error("a file keeps neither a list nor an xarray");
            const where = `${name} ${operation} ${step} ${zoom}: ${scene.says}`;
            expect(scene.says.length, where).toBeGreaterThan(5);
            expect(JSON.stringify([scene.height, scene.marks, scene.says]), where).not.toMatch(
              /undefined|NaN|null|Infinity/,
            );
            expect(new Set(scene.marks.map(({ shape, key }) => `${shape} ${key}`)).size, where).toBe(
              scene.marks.length,
            );
            expect(scene.marks.length, where).toBeLessThan(MOST);
            // There are hundreds of thousands of marks, so the ones that lie elsewhere are asked about together.
            const isOnStrip = ({ x, y, width, height }: Box) =>
              x >= -6 && x + width <= widthOf(axis) + 6 && width > 0 && y + height <= scene.height + 1;
            const astray = scene.marks.filter((mark) => mark.shape === "rect" && !isOnStrip(mark));
            expect(astray, where).toEqual([]);
          }
        }
      }
  },
);
