// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { goToP95 } from "./goTo.ts";
import { commandTime, type Measure, percentile } from "./measure.ts";
import { isOver, tableOf } from "./table.ts";

const measure = (name: string, limit: number): Measure => ({ name, unit: "ms", limit, take: () => 0 });

it("the 95th percentile of 200 figures is the 190th, that of one is itself, and none has none", () => {
  const figures = Array.from({ length: 200 }, (_, at) => 200 - at);
  expect(percentile(figures, 95)).toBe(190);
  expect(percentile(figures, 50)).toBe(100);
  expect(percentile([7], 95)).toBe(7);
  expect(() => percentile([], 95)).toThrow(RangeError);
});

it("200 go-tos reach all over the run, both ends of it included in the range, and the same ones each time", () => {
  const drawn = () => {
    const steps: number[] = [];
    expect(goToP95((step) => steps.push(step), 9)).toBeGreaterThanOrEqual(0);
    return steps;
  };
  expect(drawn()).toHaveLength(200);
  expect([...new Set(drawn())].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(drawn()).toEqual(drawn());
});

it("a figure at its limit is ok, one above it is OVER, and the columns stand under one another", () => {
  const taken = [
    { measure: measure("a", 1000), figure: 1000 },
    { measure: measure("longer", 16), figure: 16.1 },
  ];
  expect(taken.map(isOver)).toEqual([false, true]);
  expect(tableOf(taken).split("\n")).toEqual([
    "measure     figure    limit",
    "a        1000.0 ms  1000 ms  ok",
    "longer     16.1 ms    16 ms  OVER",
  ]);
});

it("the time of a command that fails, or prints nothing, is no figure", () => {
  expect(commandTime(process.execPath, ["-p", "1"])).toBeGreaterThan(0);
  expect(() => commandTime(process.execPath, ["-e", "process.exit(3)"])).toThrow("status 3");
  expect(() => commandTime(process.execPath, ["-e", "0"])).toThrow("status 0");
});
