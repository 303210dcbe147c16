// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BUILT_INS } from "../../engine/index.ts";
import { clockOf, momentAt, standing } from "./clock.ts";
import { loadPlay, loadScenario } from "./load.ts";
import { placeNamed } from "./place.ts";
import { openingTime } from "./opening.ts";

const env = {
  fetchBlob: async (path: string) =>
    new Blob([readFileSync(new URL(`../../../public/${path}`, import.meta.url))]),
  pause: async () => {},
};

/** The events that each design told in the step at which a scenario opens, upper design first. */
async function openingOf(name: string) {
  const { scenario } = await loadScenario(placeNamed(name), env, new Map());
  const [upper, lower] = scenario.show;
  const plays = [await loadPlay(scenario, upper, env), await loadPlay(scenario, lower, env)] as const;
  const clock = clockOf(plays);
  const moment = momentAt(clock, openingTime(plays, clock));
  const events = ([0, 1] as const).map(
    (design) => plays[design].recording.steps[standing(clock, design, moment).step - 1]?.events ?? [],
  );
  return { plays, clock, moment, events };
}

const types = (events: readonly { type: string }[] | undefined) => events?.map(({ type }) => type);

it("t-a-12 opens at the list's twelfth start call, the xarray done and waiting", async () => {
  const { plays, clock, moment, events } = await openingOf("t-a-12");
  expect(events[0]).toContainEqual(expect.objectContaining({ type: "notifier.start", memslot: "vm0/11" }));
  const calls = plays[0].recording.steps
    .slice(0, standing(clock, 0, moment).step)
    .flatMap((step) => step.events)
    .filter(({ type }) => type === "notifier.start");
  expect(calls).toHaveLength(12);
  expect(standing(clock, 1, moment)).toEqual({ step: 14, waiting: true });
});

it("q35-boot opens where the design as posted refuses the slot with nearly all of the RAM", async () => {
  const { events } = await openingOf("q35-boot");
  expect(events[1]).toContainEqual(
    expect.objectContaining({ type: "bind.refused", start: 256, end: 262_144, index: 256 }),
  );
  expect(types(events[0])).not.toContain("bind.refused");
});

describe("what the rule finds", () => {
  it.each(["t-c1", "t-f"])("%s opens at its refusal", async (name) => {
    const { events } = await openingOf(name);
    expect(events.flatMap(types)).toContain("bind.refused");
  });

  it.each(["t-b1", "t-b2"])("%s, with several tasks, opens at the first finding", async (name) => {
    const { plays, clock, moment } = await openingOf(name);
    expect(standing(clock, 0, moment).step).toBe(plays[0].findings[0]?.step);
  });

  it.each(["t-a-512", "t-c2", "t-c3", "t-d", "t-h"])("%s opens at a start call", async (name) => {
    const { events } = await openingOf(name);
    expect(events.flatMap(types)).toContain("notifier.start");
  });
});

it("every built-in opens inside its run", { timeout: 60_000 }, async () => {
  for (const { name } of BUILT_INS.filter((known) => !/4096|all|balloon/.test(known.name))) {
    const { moment } = await openingOf(name);
    expect(moment.step, name).toBeGreaterThan(0);
  }
});
