// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type LabEvent, type Play, play, scenarioOf, tA12 } from "../../engine/index.ts";
import { type Both, both, clockOf, type SharedClock, timeMax, timeOfStep } from "./clock.ts";
import { type JumpKind, jumpTime, stepTime } from "./jumps.ts";
import { loadPlay, loadScenario } from "./load.ts";
import { placeNamed } from "./place.ts";

const env = {
  fetchBlob: async (path: string) =>
    new Blob([readFileSync(new URL(`../../../public/${path}`, import.meta.url))]),
  pause: async () => {},
};

async function played(name: string) {
  const { scenario } = await loadScenario(placeNamed(name), env, new Map());
  const [upper, lower] = scenario.show;
  const plays = [await loadPlay(scenario, upper, env), await loadPlay(scenario, lower, env)] as const;
  return { plays, clock: clockOf(plays), only: null };
}

type Played = { plays: Both<Play>; clock: SharedClock; only: 0 | 1 | null };

/** Every time that jumps lead to, one after the other. */
function all(run: Played, kind: JumpKind, by: 1 | -1): number[] {
  const times: number[] = [];
  let time: number | null = by > 0 ? -1 : timeMax(run.clock) + 1;
  for (;;) {
    time = jumpTime(run, kind, time, by);
    if (time === null) return times;
    if (time === times.at(-1)) throw new Error(`from ${time} the jump led to itself`);
    times.push(time);
  }
}

/** The times of the steps with an event that `fits` in either design, found the plain way. */
function timesWith({ plays, clock }: Played, fits: (event: LabEvent) => boolean): number[] {
  const times = ([0, 1] as const).flatMap((design) =>
    plays[design].recording.steps.flatMap(({ events }, k) =>
      events.some(fits) ? [timeOfStep(clock, design, k + 1)] : [],
    ),
  );
  return [...new Set(times)].sort((a, b) => a - b);
}

const isNeeded = (event: LabEvent) => "hit" in event && event.hit;

describe.each(["t-a-12", "t-c2", "t-d", "t-h", "t-b1", "q35-boot"])("%s", (name) => {
  it("jumps lead to every needed call of either design, and back over the same ones", async () => {
    const run = await played(name);
    const expected = timesWith(run, isNeeded);
    expect(all(run, "needed", 1)).toEqual(expected);
    expect(all(run, "needed", -1)).toEqual(expected.toReversed());
  });

  it("jumps lead to every finding and to no other step", async () => {
    const run = await played(name);
    const steps = ([0, 1] as const).flatMap((design) =>
      run.plays[design].findings.map(({ step }) => (step === 0 ? 0 : timeOfStep(run.clock, design, step))),
    );
    expect(all(run, "finding", 1)).toEqual([...new Set(steps)].sort((a, b) => a - b));
  });

  it("what is skipped is calls for nothing, and no call for nothing alone is stopped at", async () => {
    const run = await played(name);
    const kept = new Set(all(run, "notWasted", 1));
    for (const design of [0, 1] as const)
      for (const [k, { events }] of run.plays[design].recording.steps.entries())
        if (!kept.has(timeOfStep(run.clock, design, k + 1))) {
          expect(events.map(({ type }) => type).join()).toMatch(/notifier\.(start|end)/);
          expect(events.some(isNeeded)).toBe(false);
        }
  });
});

it("with several operations the punches of all of them are found, and nothing that only allocates", async () => {
  const document = tA12();
  const punch = { op: "punch", file: "f0", start: 40, end: 41 } as const;
  const tasks = { P: [...(document.tasks.P ?? []), { ...punch, op: "allocate" } as const, punch] };
  const scenario = scenarioOf({ ...document, tasks, expect: {} });
  const plays = both(scenario.show, (variant) => play(scenario, variant));
  const run = { plays, clock: clockOf(plays), only: null };
  const [first = 0, , third = 0] = run.clock.begins;
  expect(all(run, "punch", 1)).toEqual([first + 1, third + 1]);
  expect(all(run, "punch", -1)).toEqual([third + 1, first + 1]);
});

it("two punches at once begin at two times", async () => {
  expect(all(await played("t-h"), "punch", 1)).toHaveLength(2);
});

it("in t-a-12 the list's wasted calls are skipped where the xarray waits, and each needed one is a stop", async () => {
  const run = await played("t-a-12");
  const kept = all(run, "notWasted", 1);
  expect(kept).toEqual(expect.arrayContaining(timesWith(run, isNeeded)));
  const { last: done = 0 } = run.clock.operations[1][0] ?? {};
  const wasted = run.plays[0].recording.steps.flatMap(({ events }, k) =>
    k + 1 > done && events.some((event) => "hit" in event && !event.hit) ? [k + 1] : [],
  );
  expect(wasted.length).toBeGreaterThan(10);
  expect(kept.filter((time) => wasted.includes(time))).toEqual([]);
});

it("a step that skips ends with the run, and going back with its beginning", async () => {
  const run = await played("t-a-12");
  const end = timeMax(run.clock);
  expect(stepTime(run, 5, 1, false)).toBe(6);
  expect(stepTime(run, 1, -1, true)).toBe(0);
  expect(stepTime(run, end, 1, true)).toBe(end);
  const before = jumpTime(run, "notWasted", end, -1) ?? 0;
  expect(before).toBeLessThan(end - 5); // the end walk's last calls are all wasted
  expect(stepTime(run, before, 1, true)).toBe(end);
});

it("of 8,206 steps those that are worth a stop are few", async () => {
  const run = await played("t-a-4096");
  expect(timeMax(run.clock)).toBeGreaterThan(8_000);
  expect(all(run, "notWasted", 1).length).toBeLessThan(60);
});

it("with one design alone, jumps lead to what is in that one, on its own clock", async () => {
  const { plays } = await played("t-a-12");
  const alone: Played = { plays, clock: clockOf(plays, 1), only: 1 };
  const steps = plays[1].recording.steps.flatMap(({ events }, k) => (events.some(isNeeded) ? [k + 1] : []));
  expect(all(alone, "needed", 1)).toEqual(steps);
  expect(steps).toHaveLength(2);
});
