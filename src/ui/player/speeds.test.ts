// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { nextSpeed, openingSpeed, SPEEDS, STEPS_A_SECOND } from "./speeds.ts";

it("a run that can be followed opens at 1, a long one near to 40 seconds, the longest as fast as it goes", () => {
  expect([1, 38, 600].map(openingSpeed)).toEqual([1, 1, 1]);
  for (const steps of [700, 1_038, 4_000, 8_206, 20_000, 32_780]) {
    const seconds = (speed: number) => steps / STEPS_A_SECOND / speed;
    const off = (speed: number) => Math.abs(Math.log(seconds(speed) / 40));
    expect(off(openingSpeed(steps)), `${steps} steps`).toBe(Math.min(...SPEEDS.map(off)));
  }
  expect(openingSpeed(8_206)).toBe(64);
  expect(openingSpeed(1_000_000)).toBe(1024);
});

it("slower and faster walk the whole list and stay at its ends", () => {
  const walk = (from: number, by: 1 | -1) => {
    const seen = [from];
    for (let k = 1; k < SPEEDS.length; k++) seen.push(nextSpeed(seen.at(-1) ?? 0, by));
    return seen;
  };
  expect(walk(0.25, 1)).toEqual(SPEEDS);
  expect(walk(1024, -1)).toEqual([...SPEEDS].reverse());
  expect([nextSpeed(1024, 1), nextSpeed(0.25, -1)]).toEqual([1024, 0.25]);
  expect([nextSpeed(3, 1), nextSpeed(3, -1)]).toEqual([4, 2]);
});
