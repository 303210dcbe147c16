// SPDX-License-Identifier: GPL-2.0-only
// From the name of a built-in scenario, and what the viewer added to it, to plays of it.

import {
  type AddedPunch,
  type Play,
  play,
  type Scenario,
  scenarioOf,
  tA12,
  type VariantId,
  withPunches,
} from "../../engine/index.ts";
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
  return punches.length === 0 ? scenario : scenarioOf(withPunches(scenario.document, punches));
}

/** Plays `scenario` under `variant`, the page painted before. Throws what play() throws. */
export async function loadPlay(scenario: Scenario, variant: VariantId, env: LoadEnv): Promise<Play> {
  await env.pause();
  return play(scenario, variant);
}

async function fetched(name: string, { fetchText }: LoadEnv): Promise<Scenario> {
  try {
    const { builtInScenario } = await import("./builtInScenario.ts");
    return await builtInScenario(name, fetchText);
  } catch (error) {
    if (error instanceof LoadTrouble) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new LoadTrouble(
      `The scenario ${name} could not be fetched (${why}). See that the page is still being served, then choose the scenario again.`,
    );
  }
}
