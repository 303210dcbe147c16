// SPDX-License-Identifier: GPL-2.0-only
// From the text of a scenario file to a scenario, or to a list of what is wrong with it.

import * as v from "valibot";
import { COUNTER_IDS } from "../machine/counters.ts";
import { type ScenarioDocument, documentSchema } from "./document.ts";
import { jsonFault } from "./jsonFault.ts";
import { judge } from "./judge.ts";
import { nearest, type Problem, PROBLEMS_MAX, quoted } from "./problem.ts";
import type { Scenario } from "./scenario.ts";
import { scenarioOf } from "./scenarioOf.ts";

export type Parsed =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A scenario file larger than this is refused unread, in characters. */
export const SCENARIO_CHARS_MAX = 64 * 2 ** 20;

/** In a longer one the look for mistakes ends at the first: millions of them would fill the memory. */
const ALL_PROBLEMS_CHARS_MAX = 2 ** 20;

/** Reads the text of a scenario file. Never throws. A byte order mark before it is an editor's, and passed over. */
export function parseScenario(marked: string): Parsed {
  const text = marked.startsWith("\ufeff") ? marked.slice(1) : marked;
  if (text.length > SCENARIO_CHARS_MAX)
    return problem("", `expected a scenario of at most ${SCENARIO_CHARS_MAX} characters, got ${text.length}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const fault = jsonFault(text);
    return fault === null
      ? problem("", `expected JSON that this machine can read, got ${quoted(String(error))}`)
      : problem(placeOf(text, fault.at), `this is no JSON: ${fault.what}`);
  }
  return checked(json, text.length > ALL_PROBLEMS_CHARS_MAX);
}

/** Reads a scenario that is JSON already. Never throws. */
export const parseDocument = (json: unknown): Parsed => checked(json, false);

function checked(json: unknown, abortEarly: boolean): Parsed {
  const result = v.safeParse(documentSchema, json, { abortEarly, abortPipeEarly: true });
  if (!result.success) return { ok: false, problems: result.issues.slice(0, PROBLEMS_MAX).map(problemOf) };
  const document: ScenarioDocument = result.output;
  const problems = judge(document);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, scenario: scenarioOf(document) };
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
  "assumed",
  "started",
  "show",
  "expect",
  "limits",
  "kernel",
  "fds",
  "fsize",
  "memory",
  "mount",
  "restrictedmem",
  "exists",
  "pages",
  "seq",
  "range",
  "op",
  "time",
  "file",
  "start",
  "end",
  "offset",
  "len",
  "mode",
  "flags",
  "length",
  "whence",
  "prot",
  "vm",
  "slot",
  "gfn",
  "pgoff",
  "region",
  "gpa",
  "size",
  "hva",
  "private",
  "notifier",
  "exclusive",
  "findings",
  "invariant",
  "trap",
  ...COUNTER_IDS,
];

/** `tasks.P[0].start`. A key that is no plain name is quoted. */
const pathOf = (issue: Issue) =>
  (issue.path ?? []).reduce((text, { key }) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const name = /^[\w.-]{1,64}$/.test(String(key)) ? String(key) : quoted(key);
    return text === "" ? name : `${text}.${name}`;
  }, "");

/** Line and column, both from 1. */
function placeOf(text: string, at: number): string {
  let line = 1;
  let from = 0;
  for (let k = text.indexOf("\n"); k >= 0 && k < at; k = text.indexOf("\n", k + 1)) {
    line++;
    from = k + 1;
  }
  return `line ${line}, column ${at - from + 1}`;
}
