// SPDX-License-Identifier: GPL-2.0-only
// From the name of a built-in scenario, and what the viewer added to it, to plays of it.

import {
  type AddedPunch,
  goingTo,
  type Play,
  playing,
  readingScenario,
  type Scenario,
  scenarioOf,
  tA12,
  type VariantId,
  withPunches,
} from "../../engine/index.ts";
import { type Both, momentAt, type SharedClock, standing } from "./clock.ts";
import { inSlices } from "./inSlices.ts";
import type { LiveRun } from "./liveRun.ts";
import { LoadTrouble } from "./loadTrouble.ts";

/** What the page shows first; the one scenario that is there without being fetched. */
export const OPENING = "t-a-12";

/** What loading needs of the page around it. */
export interface LoadEnv {
  /** The text of a file that lies beside the page, by its path from there. Rejects where it cannot be had. */
  fetchText(path: string): Promise<string>;
  /** Lets the page paint and answer before work goes on. */
  pause(): Promise<void>;
}

/**
 * Reads the built-in `name`, with `punches` added to it.
 *
 * Throws LoadTrouble where it cannot be had or read, or where a punch is of a file that it does not have.
 */
export async function loadScenario(
  name: string,
  punches: readonly AddedPunch[],
  env: LoadEnv,
): Promise<Scenario> {
  await env.pause();
  const scenario = name === OPENING ? scenarioOf(tA12()) : await fetched(name, env);
  const stray = punches.find(({ file }) => !scenario.files.has(file));
  if (stray !== undefined)
    throw new LoadTrouble(
      `The scenario ${name} has no file ${stray.file} to punch. Its files: ${[...scenario.files.keys()].join(", ")}.`,
    );
  return punches.length === 0
    ? scenario
    : inSlices(readingScenario(withPunches(scenario.document, punches)), env.pause);
}

/** Plays `scenario` under `variant`; the page can paint in between, however long the run is. */
export async function loadPlay(scenario: Scenario, variant: VariantId, env: LoadEnv): Promise<Play> {
  await env.pause();
  return inSlices(playing(scenario, variant), env.pause);
}

/** Live runs of `plays` that stand at `time`; the page can paint in between. */
export async function loadRuns(
  plays: Both<Play>,
  clock: SharedClock,
  time: number,
  env: LoadEnv,
): Promise<Both<LiveRun>> {
  const moment = momentAt(clock, time);
  const live = async (design: 0 | 1): Promise<LiveRun> => {
    const play = plays[design];
    const { step } = standing(clock, design, moment);
    return { play, run: await inSlices(goingTo(play.recording, step), env.pause) };
  };
  return [await live(0), await live(1)];
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
