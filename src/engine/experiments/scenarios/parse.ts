// SPDX-License-Identifier: GPL-2.0-only
// From the text of a scenario file to a scenario, or to a list of what is wrong with it.

import * as v from "valibot";
import { assert } from "../../assert.ts";
import { COUNTER_IDS } from "../machine/counters.ts";
import { type ScenarioDocument, documentSchema } from "./document.ts";
import { nearest, type Problem, problemText, quoted } from "./problem.ts";
import { understand } from "./understand.ts";
import type { Scenario } from "./scenario.ts";

export type Parsed =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A scenario file larger than this is refused unread, in characters. */
export const SCENARIO_CHARS_MAX = 64 * 2 ** 20;

/** So many problems are told at most: the first ones are those that a person will mend. */
const PROBLEMS_MAX = 10;

/** Reads the text of a scenario file. Never throws. */
export function parseScenario(text: string): Parsed {
  if (text.length > SCENARIO_CHARS_MAX)
    return problem("", `expected a scenario of at most ${SCENARIO_CHARS_MAX} characters, got ${text.length}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return problem(placeOf(text, error), `expected JSON. ${error instanceof Error ? error.message : ""}`);
  }
  return parseDocument(json);
}

/** Reads a scenario that is JSON already. Never throws. */
export function parseDocument(json: unknown): Parsed {
  const checked = v.safeParse(documentSchema, json);
  if (!checked.success) return { ok: false, problems: checked.issues.slice(0, PROBLEMS_MAX).map(problemOf) };
  const document: ScenarioDocument = checked.output;
  const { scenario, problems } = understand(document);
  return problems.length > 0
    ? { ok: false, problems: problems.slice(0, PROBLEMS_MAX) }
    : { ok: true, scenario };
}

/**
 * The scenario of a document that is written in code, where the compiler has checked what the schema checks.
 * Throws ModelBug where it is no scenario.
 */
export function scenarioOf(document: ScenarioDocument): Scenario {
  const { scenario, problems } = understand(document);
  assert(problems.length === 0, `built-in "${document.title}": ${problems.map(problemText).join("; ")}`);
  return scenario;
}

const problem = (where: string, what: string): Parsed => ({ ok: false, problems: [{ where, what }] });

type Issue = v.BaseIssue<unknown>;

function problemOf(issue: Issue): Problem {
  const where = pathOf(issue);
  if (issue.type === "strict_object" && issue.expected === "never") {
    const name = String(issue.path?.at(-1)?.key ?? "");
    const near = nearest(name, FIELDS);
    return {
      where,
      what: `there is no field ${quoted(name)} here${near === null ? "; take it out" : `; did you mean ${quoted(near)}?`}`,
    };
  }
  if (issue.type === "strict_object" && issue.expected?.startsWith('"'))
    return { where, what: `expected a field ${issue.expected}, and there is none; add it` };
  return { where, what: `${issue.message}, got ${quoted(issue.input)}` };
}

/** Every field name of the format, for "did you mean". */
const FIELDS = [
  "format",
  "title",
  "about",
  "files",
  "vms",
  "setup",
  "tasks",
  "choices",
  "show",
  "expect",
  "pages",
  "seq",
  "range",
  "op",
  "file",
  "start",
  "end",
  "offset",
  "len",
  "mode",
  "vm",
  "slot",
  "gfn",
  "pgoff",
  "notifier",
  "exclusive",
  "findings",
  "invariant",
  "trap",
  ...COUNTER_IDS,
];

/** `tasks.P[0].start`. */
const pathOf = (issue: Issue) =>
  (issue.path ?? []).reduce((text, { key }) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");

/** Line and column of a JSON error, as far as the browser or Node says where it is. */
function placeOf(text: string, error: unknown): string {
  const at = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  const before = text.slice(0, at === undefined ? text.length : Number(at));
  const lines = before.split("\n");
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
