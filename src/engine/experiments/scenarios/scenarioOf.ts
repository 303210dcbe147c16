// SPDX-License-Identifier: GPL-2.0-only
// A scenario at once, whatever its operations are.

import { drain } from "../../sim/slices.ts";
import { ANY } from "./anyRepertoire.ts";
import type { ScenarioDocument } from "./document.ts";
import { readingScenario } from "./readingScenario.ts";
import type { Scenario } from "./scenario.ts";

/** readingScenario() to its end. */
export const scenarioOf = (document: ScenarioDocument): Scenario => drain(readingScenario(document, ANY));
