// SPDX-License-Identifier: GPL-2.0-only
// From the name of a built-in scenario, and what the viewer added to it, to plays of it.

import {
  BASIC,
  goingTo,
  type Play,
  playing,
  readingScenario,
  type Scenario,
  tA12,
  type VariantId,
} from "../../engine/index.ts";
import type { LoadedScenario, OpenCaptures } from "./capture.ts";
import { type Both, momentAt, type SharedClock, standing } from "./clock.ts";
import { inSlices } from "./inSlices.ts";
import type { LiveRun } from "./liveRun.ts";
import { LoadTrouble } from "./loadTrouble.ts";
import type { LoadEnv } from "./loadEnv.ts";
import type { Place } from "./place.ts";

/** What the page shows first; the one scenario that is there without being fetched. */
export const OPENING = "t-a-12";

/**
 * Reads what `place` names, with its punches added. A recording that is opened on the way is put with `open`.
 *
 * Throws LoadTrouble where it cannot be had or read, or where a punch is of a file that it does not have.
 */
export async function loadScenario(place: Place, env: LoadEnv, open: OpenCaptures): Promise<LoadedScenario> {
  await env.pause();
  const { scenario: name, punches } = place;
  if (name === OPENING && punches.length === 0)
    return { scenario: await inSlices(readingScenario(tA12(), BASIC), env.pause), capture: null };
  try {
    const { anyScenario } = await import("./anyScenario.ts");
    return await anyScenario(place, env, open);
  } catch (error) {
    if (error instanceof LoadTrouble) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new LoadTrouble(
      `The scenario ${name} could not be fetched (${why}). See that the page is still being served, then choose the scenario again.`,
    );
  }
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
