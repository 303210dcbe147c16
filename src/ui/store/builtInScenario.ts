// SPDX-License-Identifier: GPL-2.0-only
// Any of the built-in scenarios. Imported only when one is chosen: the one that the page opens with needs neither
// the others nor the schema of the files.

import { builtIn, parseScenario, problemText, readingScenario, type Scenario } from "../../engine/index.ts";
import { inSlices } from "./inSlices.ts";
import { LoadTrouble } from "./loadTrouble.ts";

/**
 * The scenario `name`; `fetchText` gets the text of a file that lies beside the page, `pause` lets it paint.
 *
 * Throws LoadTrouble where there is none of that name, or its file says none, and what fetchText throws.
 */
export async function builtInScenario(
  name: string,
  fetchText: (path: string) => Promise<string>,
  pause: () => Promise<void>,
): Promise<Scenario> {
  const known = builtIn(name);
  if (known === null) throw new LoadTrouble(`There is no scenario ${name}. Choose one from the list.`);
  if ("document" in known) return inSlices(readingScenario(known.document()), pause);
  const parsed = parseScenario(await fetchText(`scenarios/${known.file}`));
  if (parsed.ok) return parsed.scenario;
  const [first] = parsed.problems;
  const what = first === undefined ? "" : ` ${problemText(first)}.`;
  throw new LoadTrouble(`The scenario ${name} cannot be read.${what} Choose another one.`);
}
