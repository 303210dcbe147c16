// SPDX-License-Identifier: GPL-2.0-only
// From the name of a built-in scenario to two plays of it.

import {
  builtIn,
  type Parsed,
  parseDocument,
  parseScenario,
  type Play,
  play,
  problemText,
  type Scenario,
} from "../../engine/index.ts";
import type { Both } from "./clock.ts";

/** What loading needs of the page around it. */
export interface LoadEnv {
  /** The text of a file that lies beside the page, by its path from there. Rejects where it cannot be had. */
  fetchText(path: string): Promise<string>;
  /** Lets the page paint and answer before work goes on. */
  pause(): Promise<void>;
}

/** Said to the viewer: what went wrong, and what to do. */
export class LoadTrouble extends Error {
  override name = "LoadTrouble";
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
  const parsed = await readBuiltIn(name, env);
  if (!parsed.ok) {
    const [first] = parsed.problems;
    const what = first === undefined ? "" : ` ${problemText(first)}.`;
    throw new LoadTrouble(`The scenario ${name} cannot be read.${what} Choose another one.`);
  }
  const { scenario } = parsed;
  const [upper, lower] = scenario.show;
  await env.pause();
  const above = play(scenario, upper);
  await env.pause();
  return { scenario, plays: [above, play(scenario, lower)] };
}

async function readBuiltIn(name: string, env: LoadEnv): Promise<Parsed> {
  const known = builtIn(name);
  if (known === null) throw new LoadTrouble(`There is no scenario ${name}. Choose one from the list.`);
  if ("document" in known) return parseDocument(known.document());
  const path = `scenarios/${known.file}`;
  const text = await env.fetchText(path).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new LoadTrouble(
      `${path} could not be fetched (${why}). See that the page is still being served, then choose the scenario again.`,
    );
  });
  return parseScenario(text);
}
