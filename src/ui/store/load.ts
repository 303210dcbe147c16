// SPDX-License-Identifier: GPL-2.0-only
// From the name of a built-in scenario to two plays of it.

import { type Play, play, type Scenario, scenarioOf, tA12 } from "../../engine/index.ts";
import type { Both } from "./clock.ts";
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
 * Reads the built-in `name` and plays it under the two designs that it shows.
 *
 * Throws LoadTrouble where it cannot be had or read, and what play() throws.
 */
export async function loadBuiltIn(
  name: string,
  env: LoadEnv,
): Promise<{ scenario: Scenario; plays: Both<Play> }> {
  await env.pause();
  const scenario = name === OPENING ? scenarioOf(tA12()) : await fetched(name, env);
  const [upper, lower] = scenario.show;
  const above = play(scenario, upper);
  await env.pause();
  return { scenario, plays: [above, play(scenario, lower)] };
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
