// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { hitAt, indexForKey, standIn } from "./objectHit.ts";

const at = (name: string, x: number, y = 6) => ({ name, x, y, width: 10, height: 20 });
const ROW = [at("a", 0), at("b", 10), at("c", 40), at("a", 60, 40)];

it("a pointer means what is under it, or what it misses by little, and else nothing", () => {
  const hits = (x: number, y: number) => hitAt(ROW, x, y);
  expect([hits(5, 10), hits(15, 10), hits(15, 1), hits(41, 33)]).toEqual([0, 1, 1, 2]);
  expect([hits(38.5, 10), hits(30, 10), hits(65, 20), hits(65, 41)]).toEqual([2, -1, -1, 3]);
});

it("who stands at an object stays with it when the list changes, and else keeps the place", () => {
  expect(standIn(ROW, { name: "a", index: 3 })).toBe(3);
  expect(standIn(ROW, { name: "a", index: 1 })).toBe(0);
  expect(standIn(ROW.slice(1), { name: "b", index: 1 })).toBe(0);
  expect(standIn(ROW, { name: "gone", index: 2 })).toBe(2);
  expect(standIn(ROW, { name: "gone", index: 9 })).toBe(3);
  expect([standIn(ROW, null), standIn([], null), standIn([], { name: "a", index: 2 })]).toEqual([0, -1, -1]);
});

it("arrows go by one, Page keys by eight, Home and End to the ends, and no further", () => {
  const goes = (key: string, from: number) => indexForKey(key, from, 20);
  expect([goes("ArrowRight", 3), goes("ArrowLeft", 3), goes("ArrowLeft", 0)]).toEqual([4, 2, 0]);
  expect([goes("PageDown", 3), goes("PageUp", 3), goes("PageDown", 15)]).toEqual([11, 0, 19]);
  expect([goes("Home", 3), goes("End", 3), goes("x", 3), goes("toString", 3)]).toEqual([0, 19, null, null]);
});
