// SPDX-License-Identifier: GPL-2.0-only
// A scenario by its built-in name or from a file.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type BuiltIn,
  builtIn,
  documentOf,
  parseScenario,
  problemText,
  type Scenario,
  type ScenarioDocument,
  scenarioOf,
} from "../engine/index.ts";
import { EXIT, readTextFile } from "./io.ts";

export type Loaded =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly status: number; readonly why: string };

const PUBLIC = new URL("../../public/", import.meta.url);

/** Looks for a built-in first. `why` is one line: the place, what was expected there, and how to mend it. */
export function loadScenario(name: string): Loaded {
  const known = builtIn(name);
  if (known !== null) return builtInScenario(known);
  if (!existsSync(name))
    return refuse(
      `there is no built-in scenario and no file ${JSON.stringify(name)}; "lab list" names the built-in ones`,
    );
  const read = readTextFile(name);
  return read.ok ? checked(name, parseScenario(read.text)) : read;
}

/** Our own are held to the format by tests; what can go wrong is that their files are not there. */
function builtInScenario(entry: BuiltIn): Loaded {
  let unreadable: Loaded | null = null;
  const read = (path: string): string => {
    const file = readTextFile(fileURLToPath(new URL(path, PUBLIC)));
    if (file.ok) return file.text;
    unreadable = file;
    throw new Error(file.why);
  };
  try {
    return { ok: true, scenario: scenarioOf(documentOf(entry, read) as ScenarioDocument) };
  } catch (error) {
    if (unreadable !== null) return unreadable;
    throw error;
  }
}

function checked(name: string, parsed: ReturnType<typeof parseScenario>): Loaded {
  if (parsed.ok) return parsed;
  const [first, ...more] = parsed.problems;
  const rest = more.length === 0 ? "" : ` (and ${more.length} more)`;
  return refuse(`${name}: ${first === undefined ? "" : problemText(first)}${rest}`);
}

const refuse = (why: string): Loaded => ({ ok: false, status: EXIT.wrongInput, why });
