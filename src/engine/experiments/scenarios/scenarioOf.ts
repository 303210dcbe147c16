// SPDX-License-Identifier: GPL-2.0-only
// From a document in code to a scenario. Apart from the parser: whoever needs no file needs no schema.

import { assert } from "../../assert.ts";
import type { ScenarioDocument } from "./document.ts";
import { problemText } from "./problem.ts";
import type { Scenario } from "./scenario.ts";
import { understand } from "./understand.ts";

/**
 * The scenario of a document that is written in code, where the compiler has checked what the schema checks.
 * Throws ModelBug where it is no scenario.
 */
export function scenarioOf(document: ScenarioDocument): Scenario {
  const { scenario, problems } = understand(document);
  assert(problems.length === 0, `built-in "${document.title}": ${problems.map(problemText).join("; ")}`);
  return scenario;
}
