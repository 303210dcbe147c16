// SPDX-License-Identifier: GPL-2.0-only
// Any of the built-in scenarios. Imported only when one is chosen: the one that the page opens with needs neither
// the others nor the schema of the files.

import { builtIn, parseScenario, problemText, readingScenario, type Scenario } from "../../engine/index.ts";
import { inSlices } from "./inSlices.ts";
import type { OpenCapture } from "./capture.ts";
import type { LoadEnv } from "./loadEnv.ts";
import { LoadTrouble } from "./loadTrouble.ts";

/**
 * The scenario `name`, or the recording that it is a part of.
 *
 * Throws LoadTrouble where there is none of that name, or its file says none, and what fetching throws.
 */
export async function builtInScenario(
  name: string,
  { fetchBlob, pause }: LoadEnv,
): Promise<Scenario | OpenCapture> {
  const known = builtIn(name);
  if (known === null) throw new LoadTrouble(`There is no scenario ${name}. Choose one from the list.`);
  if ("document" in known) return inSlices(readingScenario(known.document()), pause);
  if ("capture" in known) {
    const { builtInCapture } = await import("./builtInCapture.ts");
    return builtInCapture(name, known.capture, fetchBlob);
  }
  const parsed = parseScenario(await (await fetchBlob(`scenarios/${known.file}`)).text());
  if (parsed.ok) return parsed.scenario;
  const [first] = parsed.problems;
  const what = first === undefined ? "" : ` ${problemText(first)}.`;
  throw new LoadTrouble(`The scenario ${name} cannot be read.${what} Choose another one.`);
}
