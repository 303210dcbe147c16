// SPDX-License-Identifier: GPL-2.0-only
// Reads the text of a scenario file. Imported only when a file is chosen: the opening scenario needs no schema.

import { parseScenario, problemText, type Scenario } from "../../engine/index.ts";
import { LoadTrouble } from "./loadTrouble.ts";

/** The scenario that `text` says; `name` stands in the complaint. Throws LoadTrouble where it says none. */
export function readScenario(name: string, text: string): Scenario {
  const parsed = parseScenario(text);
  if (parsed.ok) return parsed.scenario;
  const [first] = parsed.problems;
  const what = first === undefined ? "" : ` ${problemText(first)}.`;
  throw new LoadTrouble(`The scenario ${name} cannot be read.${what} Choose another one.`);
}
