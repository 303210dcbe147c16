// SPDX-License-Identifier: GPL-2.0-only
// From the name of a built-in scenario to two plays of it.

import { goingTo, type Play, playing, type Scenario, scenarioOf, tA12 } from "../../engine/index.ts";
import { type Both, clockOf, momentAt, type SharedClock, standing } from "./clock.ts";
import { inSlices } from "./inSlices.ts";
import type { LiveRun } from "./liveRun.ts";
import { LoadTrouble } from "./loadTrouble.ts";
import { openingTime } from "./opening.ts";

/** What the page shows first; the one scenario that is there without being fetched. */
export const OPENING = "t-a-12";

/** What loading needs of the page around it. */
export interface LoadEnv {
  /** The text of a file that lies beside the page, by its path from there. Rejects where it cannot be had. */
  fetchText(path: string): Promise<string>;
  /** Lets the page paint and answer before work goes on. */
  pause(): Promise<void>;
}

/** A scenario that has been played, and live runs that stand at its opening time. */
interface Played {
  readonly scenario: Scenario;
  readonly plays: Both<Play>;
  readonly clock: SharedClock;
  readonly time: number;
  readonly lives: Both<LiveRun>;
}

/**
 * Reads the built-in `name`, plays it under the two designs that it shows and goes to where it opens; the page can
 * paint in between, however long the run is.
 *
 * Throws LoadTrouble where it cannot be had or read, and what play() throws.
 */
export async function loadBuiltIn(name: string, env: LoadEnv): Promise<Played> {
  await env.pause();
  const scenario = name === OPENING ? scenarioOf(tA12()) : await fetched(name, env);
  await env.pause();
  const plays = [
    await inSlices(playing(scenario, scenario.show[0]), env.pause),
    await inSlices(playing(scenario, scenario.show[1]), env.pause),
  ] as const;
  await env.pause();
  const clock = clockOf(plays);
  const time = openingTime(plays, clock);
  const moment = momentAt(clock, time);
  const live = async (design: 0 | 1): Promise<LiveRun> => {
    const play = plays[design];
    const { step } = standing(clock, design, moment);
    return { play, run: await inSlices(goingTo(play.recording, step), env.pause) };
  };
  return { scenario, plays, clock, time, lives: [await live(0), await live(1)] };
}

async function fetched(name: string, { fetchText, pause }: LoadEnv): Promise<Scenario> {
  try {
    const { builtInScenario } = await import("./builtInScenario.ts");
    return await builtInScenario(name, fetchText, pause);
  } catch (error) {
    if (error instanceof LoadTrouble) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new LoadTrouble(
      `The scenario ${name} could not be fetched (${why}). See that the page is still being served, then choose the scenario again.`,
    );
  }
}
