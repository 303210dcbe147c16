// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import type { Motion } from "./movement.ts";
import { atMostThrice, fitted } from "./motionPace.ts";

const motion = (id: string, delay: number, duration: number): Motion => ({
  ...{ id, kind: "appear", delay, duration, easing: "linear" },
});

describe("fitted()", () => {
  it("leaves motions alone where there is room", () => {
    const motions = [motion("a", 0, 160), motion("b", 160, 120)];
    expect(fitted(motions, 280)).toEqual(motions);
    expect(fitted(motions, Number.POSITIVE_INFINITY)).toEqual(motions);
  });

  it("keeps their order and shares where there is not", () => {
    expect(fitted([motion("a", 0, 160), motion("b", 160, 160)], 80)).toEqual([
      motion("a", 0, 40),
      motion("b", 40, 40),
    ]);
  });
});

describe("atMostThrice()", () => {
  it("spares a mark its fourth motion within a second, and that one alone", () => {
    const moved = new Map();
    for (const now of [0, 300, 600]) expect(atMostThrice(moved, [motion("a", 0, 1)], now)).toHaveLength(1);
    const both = [motion("a", 0, 1), motion("b", 0, 1)];
    expect(atMostThrice(moved, both, 900).map(({ id }) => id)).toEqual(["b"]);
    expect(atMostThrice(moved, both, 1000).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(atMostThrice(moved, both, 1200).map(({ id }) => id)).toEqual(["b"]);
  });

  it("counts when a motion begins to be seen, not when its step was taken", () => {
    const moved = new Map();
    for (const now of [0, 300, 600]) atMostThrice(moved, [motion("a", 500, 1)], now);
    expect(atMostThrice(moved, [motion("a", 0, 1)], 1100)).toEqual([]);
  });

  it("takes a mark and what it leaves behind for one", () => {
    const moved = new Map();
    const pair = [motion("a", 0, 1), motion("a", 10, 1)];
    for (const now of [0, 300, 600]) expect(atMostThrice(moved, pair, now)).toHaveLength(2);
    expect(atMostThrice(moved, pair, 900)).toEqual([]);
  });
});
