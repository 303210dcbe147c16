// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { type Both, clockOf } from "../../store/clock.ts";
import { loadPlay, loadScenario } from "../../store/load.ts";
import { placeNamed } from "../../store/place.ts";
import { scrubberMarks } from "./marks.ts";

const env = { fetchBlob: () => Promise.reject(new Error("not served")), pause: async () => {} };

async function marksOf(name: string) {
  const { scenario } = await loadScenario(placeNamed(name), env, new Map());
  const [upper, lower] = scenario.show;
  const plays = [await loadPlay(scenario, upper, env), await loadPlay(scenario, lower, env)] as const;
  const clock = clockOf(plays);
  const end = clock.begins.at(-1) ?? 0;
  const lanes = ([0, 1] as const).map((design) => scrubberMarks(plays[design], clock, design));
  const told = (design: 0 | 1) =>
    (lanes[design] ?? []).map(({ kind, at }) => `${kind} ${Math.round(at * end)}`);
  return { plays, clock, lanes, end, both: [told(0), told(1)] as Both<string[]> };
}

it("of 24 calls the list has two marks, those that did something, and one for the freed pages", async () => {
  const { plays, both } = await marksOf("t-a-12");
  for (const design of [0, 1] as const) {
    const expected = plays[design].recording.steps.flatMap(({ events }, k) =>
      events.flatMap((event) => {
        if (event.type === "shmem.punched") return [`cut ${k + 1}`];
        return "hit" in event && event.hit ? [`needed ${k + 1}`] : [];
      }),
    );
    expect(expected).toHaveLength(3);
    expect(both[design]).toEqual(expected);
  }
});

it("what breaks is marked where it breaks, a refusal and a finding alike, and only in its own design", async () => {
  const b1 = await marksOf("t-b1");
  expect(b1.both[0].filter((mark) => mark.startsWith("violation"))).toEqual([
    `violation ${b1.plays[0].findings[0]?.step}`,
  ]);
  expect(b1.both[1].join()).not.toContain("violation");
  const f = await marksOf("t-f");
  expect(f.both.map((marks) => marks.length)).toEqual([1, 1]);
});

it("in a long run the one needed call among a thousand keeps its mark, and marks stay apart", async () => {
  const { lanes, end } = await marksOf("t-a-512");
  expect(end).toBeGreaterThan(1_000);
  expect(lanes[0]?.map(({ kind }) => kind)).toEqual(["needed", "cut", "needed"]);
  expect(new Set(lanes[0]?.map(({ at }) => at)).size).toBe(3);
  expect(lanes.flat().every(({ at }) => at >= 0 && at <= 1)).toBe(true);
});

it("where marks fall together the rarest kind is drawn: freed pages before calls", async () => {
  const { plays, clock } = await marksOf("t-a-12");
  expect(scrubberMarks(plays[1], { ...clock, begins: [0, 100_000] }, 1)).toEqual([{ kind: "cut", at: 0 }]);
});
