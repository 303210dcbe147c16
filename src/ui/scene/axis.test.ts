// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { axisFor, CELLS, widthOf, xOf } from "./axis.ts";
import { framesOf, scenarioFrom, scenarioNamed } from "./framesOf.ts";

const q35 = scenarioFrom(
  JSON.parse(readFileSync(new URL("../../../public/scenarios/q35-boot.json", import.meta.url), "utf8")),
);

/** The operation in which the machine's RAM is made a memslot for the last time. */
const RAM = 34;

it("a file of 64 pages is shown whole, one page a column", () => {
  const axis = axisFor(framesOf(scenarioNamed("t-a-12"), 0, 0));
  expect(axis).toMatchObject({ file: "f0", start: 0, end: 64, perCell: 1, memslots: "shared" });
  expect(xOf(axis, 18)).toBe(18 * axis.cell);
  expect(widthOf(axis)).toBe(CELLS * axis.cell);
});

it("of 4,096 memslots the window shows the punched one and its neighbours, under the xa_node that holds them", () => {
  const axis = axisFor(framesOf(scenarioNamed("t-a-4096"), 0, 0));
  expect(axis).toMatchObject({ start: 0, end: 4096, perCell: 64, focus: 700 });
});

it("two punches far apart are both in the window", () => {
  expect(axisFor(framesOf(scenarioNamed("t-h"), 0, 0))).toMatchObject({ start: 0, end: 8192 });
});

it("where a bind is refused the window shows the index that is taken and what lies around it", () => {
  const axis = axisFor(framesOf(q35, RAM, 0));
  expect(axis).toMatchObject({ file: "f0", focus: 256, perCell: 2, memslots: "own" });
  expect(axis.start).toBeLessThanOrEqual(216);
  expect(axis.end).toBeGreaterThan(256);
});

it("an operation on an ordinary slot leaves the file of the one before on the axis", () => {
  expect(axisFor(framesOf(q35, 1, 0)).file).toBe("f0");
  expect(axisFor(framesOf(q35, 41, 0)).file).toBe("f3");
});

it("the window depends on the operation and not on the step", () => {
  for (const name of ["t-b1", "t-b2", "t-h", "t-c2"]) {
    const scenario = scenarioNamed(name);
    const windows = Array.from({ length: 30 }, (_, step) => axisFor(framesOf(scenario, 0, step)));
    expect(new Set(windows.map(({ start, end }) => `${start}-${end}`)).size, name).toBe(1);
  }
});

it("each zoom is 64 times nearer or farther, and ends at a page a column and at the file", () => {
  const frames = framesOf(scenarioNamed("t-a-4096"), 0, 0);
  const pages = (zoom: number) => {
    const { start, end, focus } = axisFor(frames, zoom);
    expect(start <= focus && focus < end, `zoom ${zoom} shows page ${focus}`).toBe(true);
    return end - start;
  };
  expect([-2, -1, 0, 1, 2].map(pages)).toEqual([2 ** 21, 2 ** 18, 4096, 64, 64]);
});

it("a page at the edge of its window is shown with what lies beyond", () => {
  const axis = axisFor(framesOf(scenarioNamed("t-c2"), 2, 0), 1);
  expect(axis.end - axis.start).toBe(64);
  expect(axis.start).toBeLessThan(512);
  expect(axis.end).toBeGreaterThan(513);
});
