// SPDX-License-Identifier: GPL-2.0-only
// What is done in slices comes to the same as what is done at once, and no slice is long.
import { describe, expect, it } from "vitest";
import { present } from "../../assert.ts";
import { goingTo, goTo } from "../../sim/recording.ts";
import type { Slices } from "../../sim/slices.ts";
import { ANY } from "./anyRepertoire.ts";
import type { VariantId } from "../machine/variants.ts";
import { builtIn } from "./catalogue.ts";
import { eventsHash, hashingEvents } from "./eventLines.ts";
import { play, playing } from "./play.ts";
import { readingScenario } from "./readingScenario.ts";
import { scenarioOf } from "./scenarioOf.ts";

function documentOf(name: string) {
  const entry = present(builtIn(name), name);
  if (!("document" in entry)) throw new Error(`${name} is fetched`);
  return entry.document();
}

/** What `work` returns, and after how many slices. */
function driven<T>(work: Slices<T>): { value: T; slices: number } {
  for (let slices = 1; ; slices++) {
    const next = work.next();
    if (next.done) return { value: next.value, slices };
  }
}

describe.each(["v10", "review"] satisfies VariantId[])("t-a-512 under %s", (variant) => {
  const document = documentOf("t-a-512");
  const whole = play(scenarioOf(document), variant);

  it("is read, played and hashed in slices to the same end", () => {
    const { value: scenario } = driven(readingScenario(document, ANY));
    expect(scenario).toEqual(scenarioOf(document));
    const played = driven(playing(scenario, variant));
    expect(played.value.recording.steps).toEqual(whole.recording.steps);
    expect(played.value.counters).toEqual(whole.counters);
    expect(played.value.memslots).toEqual(whole.memslots);
    expect(driven(hashingEvents(played.value)).value).toBe(eventsHash(whole));
    // 1,024 operations of set-up at 256 a slice, and what stands around them.
    expect(played.slices).toBeGreaterThan(6);
  });

  it("is gone to in slices to the same world", () => {
    // A step before the last one: after that there may be a copy of the world.
    const steps = whole.recording.steps.length - 1;
    const gone = driven(goingTo(whole.recording, steps));
    expect(gone.value.world).toEqual(goTo(whole.recording, steps).world);
    expect(gone.slices).toBe(1 + Math.floor(steps / 256));
  });
});

it("a play that two others are driven between is the same play", () => {
  const scenario = scenarioOf(documentOf("t-h"));
  const works = (["v10", "review", "v10"] as const).map((variant) => playing(scenario, variant));
  const plays = new Map<number, ReturnType<typeof play>>();
  while (plays.size < works.length)
    for (const [k, work] of works.entries()) {
      const next = plays.has(k) ? null : work.next();
      if (next?.done) plays.set(k, next.value);
    }
  for (const [k, variant] of (["v10", "review", "v10"] as const).entries())
    expect(plays.get(k)?.recording.steps).toEqual(play(scenario, variant).recording.steps);
});
