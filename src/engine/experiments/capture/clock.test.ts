// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { elapsed, newClock, tick } from "./clock.ts";

/** Microseconds at each stamp, and what the clock says it started at. */
function run(...stamps: string[]) {
  const clock = newClock();
  const times = stamps.map((stamp) => {
    tick(clock, stamp);
    return elapsed(clock);
  });
  return { times, started: clock.started };
}

it("a time of day starts the recording, with or without a fraction", () => {
  expect(run("08:02:32.964252", "08:02:33.000001")).toEqual({
    times: [0, 35_749],
    started: "08:02:32.964252",
  });
  expect(run("08:02:32", "08:02:34")).toEqual({ times: [0, 2_000_000], started: "08:02:32" });
});

it("a clock that passes midnight goes on growing, also twice", () => {
  const day = 86_400_000_000;
  const { times } = run("23:59:59.000000", "00:00:01.000000", "22:00:00", "21:00:00", "20:30:00.500000");
  // Less than an hour back is somebody setting the clock; a whole hour is still no more than that.
  expect(times).toEqual([0, 2_000_000, day - 7_199_000_000, day - 10_799_000_000, day - 12_598_500_000]);
  expect(run("12:00:00", "10:00:00", "09:00:00", "07:00:00").times).toEqual([
    0,
    day - 7_200_000_000,
    day - 10_800_000_000,
    2 * day - 18_000_000_000,
  ]);
});

it("a clock that is set back behind the first stamp stays at 0", () => {
  expect(run("12:00:00", "11:59:59", "12:00:01").times).toEqual([0, 0, 1_000_000]);
});

it("seconds of the epoch become a time of day in UTC", () => {
  expect(run("1795568401.777280", "1795568402.000000")).toEqual({
    times: [0, 222_720],
    started: "01:00:01.777280",
  });
});

it("times since the line before are summed up and start at no time of day", () => {
  expect(run("0.000000", "0.000123", "1.000000", "0.5")).toEqual({
    times: [0, 123, 1_000_123, 1_500_123],
    started: null,
  });
});

it("stamps of another kind than the first, and beyond all numbers, are passed over", () => {
  expect(run("08:00:00", "0.5", "1795568401.0", "08:00:01").times).toEqual([0, 0, 0, 1_000_000]);
  expect(run(`${"9".repeat(400)}.0`, "1795568401.0").times).toEqual([0, 0]);
  expect(run("1.0", ...Array<string>(100).fill("99999999.0")).times.every(Number.isSafeInteger)).toBe(true);
});
