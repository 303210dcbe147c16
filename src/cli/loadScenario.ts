// SPDX-License-Identifier: GPL-2.0-only
// A scenario by its built-in name or from a file.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { builtIn, parseScenario, problemText, type Scenario, scenarioOf } from "../engine/index.ts";
import { EXIT, readTextFile } from "./io.ts";

export type Loaded =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly status: number; readonly why: string };

const BUILT_IN_FILES = new URL("../../public/scenarios/", import.meta.url);

/** Looks for a built-in first. `why` is one line: the place, what was expected there, and how to mend it. */
export function loadScenario(name: string): Loaded {
  const known = builtIn(name);
  if (known !== null && "document" in known) return { ok: true, scenario: scenarioOf(known.document()) };
  const path = known === null ? name : fileURLToPath(new URL(known.file, BUILT_IN_FILES));
  if (known === null && !existsSync(path))
    return refuse(
      `there is no built-in scenario and no file ${JSON.stringify(name)}; "lab list" names the built-in ones`,
    );
  const read = readTextFile(path);
  return read.ok ? checked(name, parseScenario(read.text)) : read;
}

function checked(name: string, parsed: ReturnType<typeof parseScenario>): Loaded {
  if (parsed.ok) return parsed;
  const [first, ...more] = parsed.problems;
  const rest = more.length === 0 ? "" : ` (and ${more.length} more)`;
  return refuse(`${name}: ${first === undefined ? "" : problemText(first)}${rest}`);
}

const refuse = (why: string): Loaded => ({ ok: false, status: EXIT.wrongInput, why });
