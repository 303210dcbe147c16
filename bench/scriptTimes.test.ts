// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { scriptTimes, type TraceEvent } from "./scriptTimes.ts";

const event = (name: string, ms: number, took: number, tid = 1): TraceEvent => ({
  ...{ name, ph: "X", pid: 1, tid },
  ...{ ts: ms * 1000, tts: ms * 1000, tdur: took * 1000 },
});

it("a frame's time is all of its script, what is inside another counted once, other threads and paint left out", () => {
  const frames = [0, 17, 34, 51].map((ms) => event("FireAnimationFrame", ms, 2));
  const others = [
    event("FunctionCall", 0.5, 1),
    event("TimerFire", 5, 3),
    event("FunctionCall", 6, 1),
    event("RunMicrotasks", 20, 4),
    event("MinorGC", 40, 1),
    event("Layout", 10, 5),
    event("FunctionCall", 10, 5, 2),
  ];
  expect(scriptTimes([...others, ...frames])).toEqual([5, 6, 3]);
});

it("two callbacks of one frame are one frame, and without a frame there is no time", () => {
  const events = [0, 3, 17, 34].map((ms) => event("FireAnimationFrame", ms, 1));
  expect(scriptTimes(events)).toEqual([2, 1]);
  expect(scriptTimes([event("FunctionCall", 1, 1)])).toEqual([]);
});
