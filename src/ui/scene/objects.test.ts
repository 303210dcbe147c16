// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BUILT_INS, type Scenario } from "../../engine/index.ts";
import { type Axis, axisFor, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { framesOf, scenarioFrom, scenarioNamed } from "./framesOf.ts";
import { isLongList, listScene } from "./listScene.ts";
import type { Scene } from "./mark.ts";
import { memslotsScene } from "./memslotsScene.ts";
import { factOf } from "./objectFact.ts";
import { litIn, objectsIn, type StripRow } from "./objects.ts";
import { treeScene } from "./treeScene.ts";

const ROWS: readonly StripRow[] = [
  ...(["ruler", "memslots", "pages", "index", "calls"] as const).map((row) => ({ row })),
  { row: "mappings", vm: "vm0" },
];

const END = 100_000;
/** The same scenario each time, so that it is played once however many of its moments are looked at. */
const scenarioOnce = (load: () => Scenario) => {
  let loaded: Scenario | null = null;
  return () => {
    loaded ??= load();
    return loaded;
  };
};
const tA12 = scenarioOnce(() => scenarioNamed("t-a-12"));
const shown = (name: string, step = END, operation = 0, zoom = 0) => {
  const frames = framesOf(name === "t-a-12" ? tA12() : scenarioNamed(name), operation, step);
  return { axis: axisFor(frames, zoom), frames };
};
const names = (axis: Axis, frame: Frame, row: StripRow["row"]) =>
  objectsIn(axis, frame, ROWS.find((each) => each.row === row)!).map(({ name }) => name);
const fact = factOf;
/** The rows of both designs in which `name` shows, and how. */
const litRows = (axis: Axis, frames: readonly Frame[], name: string) =>
  frames.map((frame) =>
    ROWS.flatMap((row) => {
      const lit = litIn(axis, frame, row, name);
      return lit.length === 0 ? [] : [`${row.row} ${lit.length} ${lit[0]!.how}`];
    }),
  );

describe("t-a-12", () => {
  const { axis, frames } = shown("t-a-12");
  const [list, xarray] = frames;

  it("a column is a page, and each memslot is found in every row that has it", () => {
    expect(names(axis, list, "pages")).toEqual(Array.from({ length: 64 }, (_, page) => `page:f0/${page}`));
    const slots = Array.from({ length: 12 }, (_, slot) => `slot:vm0/${slot}`);
    for (const row of ["memslots", "index", "calls"] as const) expect(names(axis, list, row)).toEqual(slots);
    expect(names(axis, xarray, "index")).toEqual(["cell:f0/6/0", ...slots]);
    expect(names(axis, xarray, "calls")).toEqual(["slot:vm0/3"]);
    expect(names(axis, list, "mappings")).not.toContain("page:f0/52");
  });

  it("a memslot lights up in memslots, index and calls, and its pages do in the rows of pages", () => {
    const spans = ["ruler 1 spans", "memslots 1 is", "pages 1 spans", "index 1 is"];
    expect(litRows(axis, frames, "slot:vm0/3")).toEqual([
      [...spans, "calls 1 is", "mappings 1 spans"],
      [...spans, "calls 1 is", "mappings 1 spans"],
    ]);
    expect(litRows(axis, frames, "slot:vm0/6")[1]).toEqual([...spans, "mappings 1 spans"]);
  });

  it("a page lights up as a column, and as a cell where a cell is a page", () => {
    expect(litRows(axis, frames, "page:f0/18")).toEqual([
      ["ruler 1 is", "pages 1 is", "mappings 1 is"],
      ["ruler 1 is", "pages 1 is", "index 1 is", "mappings 1 is"],
    ]);
    const [cell] = litIn(axis, xarray, { row: "index" }, "page:f0/18");
    expect(cell?.x).toBe(18 * axis.cell + 1);
  });

  it("says what became of a memslot in this design and in the other", () => {
    expect(fact(list, "slot:vm0/6")).toBe(
      "Slot 6: pages 32–35, gfns 0x100020–0x100023; 7th of 12 in the list; called for nothing (1 start, 1 end): its pages do not overlap pages 18–21.",
    );
    expect(fact(xarray, "slot:vm0/6")).toBe(
      "Slot 6: pages 32–35, gfns 0x100020–0x100023; in cells 32–35 of the xa_node of shift 0; not called.",
    );
    expect(fact(xarray, "slot:vm0/3")).toContain("called and needed (1 start, 1 end).");
  });

  it("says what became of a page, step by step", () => {
    expect(fact(list, "page:f0/18")).toBe("Page 18: freed by this punch; slot 3's; its mapping is zapped.");
    expect(fact(list, "page:f0/52")).toBe("Page 52: a hole; in no memslot.");
    expect(fact(list, "page:f0/5")).toBe("Page 5: allocated; slot 1's; not mapped.");
    const [before] = shown("t-a-12", 2).frames;
    expect(fact(before, "page:f0/18")).toBe("Page 18: allocated, in the punched range; slot 3's; mapped.");
    expect(fact(list, "pages:f0/16-31")).toBe(
      "Pages 16–31: 10 of 16 allocated; 4 freed by this punch; in 3 memslots, 3 called, 1 needed; 10 mapped, 4 zapped.",
    );
  });

  it("says who held a lock, what a count was, what a step told, and where a cell leads", () => {
    expect(fact(list, "lock:f0/rm->lock")).toBe(
      "rm->lock: held by P in steps 2–19 and 23–38; dropped between the two walks in steps 19–23, where slots can come and go.",
    );
    expect(fact(xarray, "lock:f0/rm->lock")).toBe("rm->lock: held by P for reading in steps 2–14.");
    expect(fact(list, "count:vm0")).toBe("in_progress of vm0: 1 in steps 7–28.");
    expect(fact(list, "event:v10/14")).toBe(
      "Step 14: P calls invalidate_start() of slot 7: its pages [36,38) do not overlap [18,22), so it returns.",
    );
    expect(fact(xarray, "event:v10/14")).toBeNull();
    expect(fact(xarray, "cell:f0/6/0")).toBe(
      "Cell 0 of the xa_node of shift 6 leads to the xa_node of shift 0: pages 0–63.",
    );
    expect(fact(list, "cell:f0/6/0")).toBeNull();
  });

  it.each([
    ...["page:f9/1", "slot:vm0/99", "slot:vm7/1", "count:vm7", "lock:f9/rm->lock", "event:v10/4000"],
    ...[
      "event:v10/0",
      "cell:f0/7/0",
      "cell:f0/6/999999",
      "cell:f9/6/0",
      "count:toString",
      "lock:constructor/rm->lock",
      "page:f0/64",
      "pages:toString/0-4",
    ],
  ])("%s is nowhere, and there is nothing to say of it", (name) => {
    expect(frames.map((frame) => fact(frame, name))).toEqual([null, null]);
    expect(litRows(axis, frames, name).flat()).toEqual([]);
  });
});

it("t-a-4096: only what the window shows is listed, and a column names the pages that it stands for", () => {
  const { axis, frames } = shown("t-a-4096", 20);
  const [list, xarray] = frames;
  expect(names(axis, list, "pages")[8]).toBe("pages:f0/512-575");
  expect(names(axis, list, "memslots")).toHaveLength(8);
  // The list is a raster of its own; the nodes on the way are all there.
  expect(names(axis, list, "index")).toEqual([]);
  expect(names(axis, xarray, "index")).toContain("slot:vm0/1");
  expect(fact(list, "slot:vm0/1")).toContain("of 4,096 in the list");
  expect(fact(xarray, "pages:f0/512-575")).toMatch(/^Pages 512–575: \d+ of 64 allocated; .*in slot 1; /);
});

it("t-b1: a memslot that is freed is told so, and lights up where it was", () => {
  const { axis, frames } = shown("t-b1");
  expect(fact(frames[0], "slot:vm0/0")).toMatch(/; freed; called and needed \(1 start, 0 ends\)\.$/);
  expect(litIn(axis, frames[0], { row: "memslots" }, "slot:vm0/0")).toEqual([]);
  expect(litIn(axis, frames[0], { row: "pages" }, "slot:vm0/0")).toHaveLength(1);
});

it("t-h: two guests of one file are told apart", () => {
  const { axis, frames } = shown("t-h", 3);
  expect(names(axis, frames[0], "memslots")).toContain("slot:vm1/1");
  expect(fact(frames[0], "count:vm1")).toContain("in_progress of vm1");
  expect(fact(frames[1], "lock:f0/rm->lock")).toMatch(/held by P1 for reading .* and by P2 for reading/);
});

const boxOf = (scene: Scene | null, key: string) => {
  const mark = scene?.marks.find((each) => each.shape === "rect" && each.key === key);
  return mark !== undefined && "width" in mark ? mark : null;
};

it("boxes lie on what is drawn", () => {
  const { axis, frames } = shown("t-a-12");
  const near = (name: string, row: StripRow, key: string, frame: Frame, scene: Scene | null) => {
    const [object] = objectsIn(axis, frame, row).filter((each) => each.name === name);
    const mark = boxOf(scene, key);
    for (const side of ["x", "y", "width", "height"] as const)
      expect(Math.abs(object![side] - mark![side]), `${name} ${key} ${side}`).toBeLessThanOrEqual(1.5);
  };
  for (const id of [0, 5, 11]) {
    const slot = frames[0].world.memslots[id]!.slot;
    near(`slot:vm0/${slot}`, { row: "memslots" }, `slot${id}`, frames[0], memslotsScene(axis, frames[0]));
    near(`slot:vm0/${slot}`, { row: "index" }, `notifier${id}`, frames[0], listScene(axis, frames[0]));
  }
  const tree = treeScene(axis, frames[1]);
  const cell = tree?.marks.find(({ look }) => look === "child");
  near("cell:f0/6/0", { row: "index" }, cell!.key, frames[1], tree);
});

const q35 = scenarioFrom(
  JSON.parse(readFileSync(new URL("../../../public/scenarios/q35-boot.json", import.meta.url), "utf8")),
);
const scenarios = BUILT_INS.filter(({ name }) => name !== "t-a-all" && name !== "q35-balloon").map(
  ({ name }) => ({
    name,
    load: () => (name === "q35-boot" ? q35 : scenarioNamed(name)),
  }),
);

describe.each(scenarios)("$name", ({ load }) => {
  const scenario = scenarioOnce(load);
  it.each([0, 12, END])(
    "after %i steps every object lies in its strip, in order, with a name and a fact",
    (step) => {
      const own = scenario();
      const misplaced: string[] = [];
      const operations = framesOf(own, 0, 0)[0].operations.length;
      for (const operation of new Set([0, Math.floor(operations / 2), operations - 1]))
        for (const zoom of step === END ? [-1, 0, 1] : [0]) {
          const frames = framesOf(own, operation, step);
          const axis = axisFor(frames, zoom);
          for (const frame of frames)
            for (const row of ROWS) {
              let [x, y] = [-1, -1];
              const objects = objectsIn(axis, frame, row);
              const every = Math.ceil(objects.length / 16);
              for (const [k, placed] of objects.entries()) {
                const where = `${row.row} ${placed.name}`;
                const isInside = placed.x >= 0 && placed.x + placed.width <= widthOf(axis) + 0.001;
                // Nodes stand below each other.
                const isNext = placed.x >= x || (row.row === "index" && placed.y > y);
                if (!isInside || !isNext || placed.width <= 0) misplaced.push(where);
                [x, y] = [placed.x, placed.y];
                if (k % every > 0) continue;
                expect(factOf(frame, placed.name), where).toMatch(/^[A-Z].*[^.]\.$/);
                expect(litIn(axis, frame, row, placed.name).length, where).toBeGreaterThan(0);
              }
              if (isLongList(axis, frame) && row.row === "index") expect(y).toBe(-1);
            }
        }
      expect(misplaced).toEqual([]);
    },
  );
});
