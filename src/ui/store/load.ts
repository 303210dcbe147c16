// SPDX-License-Identifier: GPL-2.0-only
// From the name of a built-in scenario, and what the viewer added to it, to plays of it.

import {
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
import type { CapturePart, OpenCapture } from "./capture.ts";
import { type Both, momentAt, type SharedClock, standing } from "./clock.ts";
import { inSlices } from "./inSlices.ts";
import type { LiveRun } from "./liveRun.ts";
import { LoadTrouble } from "./loadTrouble.ts";
import type { LoadEnv } from "./loadEnv.ts";
import type { Place } from "./place.ts";

/** What the page shows first; the one scenario that is there without being fetched. */
export const OPENING = "t-a-12";

/** A scenario, and of a recording which part of it that is. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly capture: CapturePart | null;
}

/** Recordings that are open, by keyOf(). */
export type OpenCaptures = Map<string, OpenCapture>;

/** By what an open recording is found again: a built-in by its name, a viewer's own by its content. */
export const keyOf = ({ scenario, recording }: Pick<Place, "scenario" | "recording">): string =>
  recording === null ? scenario : `=${recording.print}`;

/**
 * Reads what `place` names, with its punches added. A recording that is opened on the way is put with `open`.
 *
 * Throws LoadTrouble where it cannot be had or read, or where a punch is of a file that it does not have.
 */
export async function loadScenario(place: Place, env: LoadEnv, open: OpenCaptures): Promise<LoadedScenario> {
  await env.pause();
  const { scenario: name, punches } = place;
  const read = await readPlace(place, env, open);
  if (punches.length === 0) return read;
  const { files, document } = read.scenario;
  const stray = punches.find(({ file }) => !files.has(file));
  if (stray !== undefined)
    throw new LoadTrouble(
      `The scenario ${name} has no file ${stray.file} to punch. Its files: ${[...files.keys()].join(", ")}.`,
    );
  const punched = await inSlices(readingScenario(withPunches(document, punches)), env.pause);
  return { ...read, scenario: { ...punched, part: read.scenario.part } };
}

async function readPlace(place: Place, env: LoadEnv, open: OpenCaptures): Promise<LoadedScenario> {
  const { scenario: name } = place;
  if (name === OPENING) return { scenario: scenarioOf(tA12()), capture: null };
  const known = open.get(keyOf(place));
  const fetched = known ?? (await fetchedBuiltIn(name, env));
  if (!("view" in fetched)) return { scenario: fetched, capture: null };
  open.set(keyOf(place), fetched);
  const { view } = fetched;
  const wanted = place.from ?? place.at?.operation ?? 0;
  const last = Math.max(0, view.columns.kind.length - 1);
  const from = Math.floor(Math.min(wanted, last) / view.every) * view.every;
  const { document, before } = await fetched.part(from);
  await env.pause();
  const scenario = await inSlices(readingScenario(document), env.pause);
  const total = new Map(view.costs.map((costs) => [costs.variant, costs.total]));
  return {
    scenario:
      before === null
        ? scenario
        : { ...scenario, part: { from, operations: view.columns.kind.length, before, total } },
    capture: { of: fetched, from },
  };
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

async function fetchedBuiltIn(name: string, env: LoadEnv): Promise<Scenario | OpenCapture> {
  try {
    const { builtInScenario } = await import("./builtInScenario.ts");
    return await builtInScenario(name, env);
  } catch (error) {
    if (error instanceof LoadTrouble) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new LoadTrouble(
      `The scenario ${name} could not be fetched (${why}). See that the page is still being served, then choose the scenario again.`,
    );
  }
}
