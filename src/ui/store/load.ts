// SPDX-License-Identifier: GPL-2.0-only
// From the name of a built-in scenario to two plays of it.

import { builtIn, type Play, play, type Scenario, scenarioOf } from "../../engine/index.ts";
import type { Both } from "./clock.ts";
import { LoadTrouble } from "./loadTrouble.ts";

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
 * Throws LoadTrouble where the file cannot be had or read, and what play() throws.
 */
export async function loadBuiltIn(
  name: string,
  env: LoadEnv,
): Promise<{ scenario: Scenario; plays: Both<Play> }> {
  await env.pause();
  const scenario = await scenarioNamed(name, env);
  const [upper, lower] = scenario.show;
  const above = play(scenario, upper);
  await env.pause();
  return { scenario, plays: [above, play(scenario, lower)] };
}

async function scenarioNamed(name: string, env: LoadEnv): Promise<Scenario> {
  const known = builtIn(name);
  if (known === null) throw new LoadTrouble(`There is no scenario ${name}. Choose one from the list.`);
  if ("document" in known) return scenarioOf(known.document());
  const path = `scenarios/${known.file}`;
  const [text, { readScenario }] = await Promise.all([
    env.fetchText(path),
    import("./readScenario.ts"),
  ]).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new LoadTrouble(
      `${path} could not be fetched (${why}). See that the page is still being served, then choose the scenario again.`,
    );
  });
  return readScenario(name, text);
}
