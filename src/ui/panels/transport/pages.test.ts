// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { pageTime } from "./pages.ts";

const clock = (...begins: number[]) => ({ operations: [[], []] as const, begins });

it("in one operation a page is a tenth of it, one step at least, and stops at the ends", () => {
  expect(pageTime(clock(0, 38), 10, 1)).toBe(14);
  expect(pageTime(clock(0, 38), 10, -1)).toBe(6);
  expect(pageTime(clock(0, 38), 37, 1)).toBe(38);
  expect(pageTime(clock(0, 38), 2, -1)).toBe(0);
  expect(pageTime(clock(0, 3), 1, 1)).toBe(2);
  expect(pageTime(clock(0), 0, 1)).toBe(0);
});

it("with several operations a page leads to where the next one begins, or back to where this one did", () => {
  const three = clock(0, 10, 10, 25);
  expect([0, 4, 10, 25].map((time) => pageTime(three, time, 1))).toEqual([10, 10, 25, 25]);
  expect([25, 12, 10, 0].map((time) => pageTime(three, time, -1))).toEqual([10, 10, 0, 0]);
});
