// SPDX-License-Identifier: GPL-2.0-only
// Runs side by side, as a table that a terminal shows.

import {
  COUNTER_IDS,
  COUNTER_TEXTS,
  countersResting,
  type Scenario,
  stepsRest,
  type Tallied,
  trapOf,
} from "../engine/index.ts";
import { columns } from "./columns.ts";

/** So many lines of each kind are shown of each design; what is left out is counted. */
const LINES_SHOWN = 8;

/** Title, counters with a column a design, then what was refused in the set-up and what was found. */
export function runsTable(scenario: Scenario, runs: readonly Tallied[]): string {
  const digits = (value: number) => value.toLocaleString("en-GB");
  const resting = countersResting(scenario.assumed);
  const marked = (text: string, isAssumed: boolean) => `${text}${isAssumed ? " (assumed)" : ""}`;
  const rows = [
    ["", ...runs.map(({ variant }) => variant), ""],
    [
      "steps",
      ...runs.map(({ steps }) => digits(steps)),
      marked("gates passed; a step is not time", stepsRest(scenario.assumed)),
    ],
    ...COUNTER_IDS.map((id) => [
      id,
      ...runs.map(({ counters }) => digits(counters[id])),
      marked(COUNTER_TEXTS[id], resting.includes(id)),
    ]),
  ];
  return `${[scenario.title, "", ...columns(rows), ...assumedLines(scenario), ...runs.flatMap(refusalLines), ...runs.flatMap(answerLines), ...runs.flatMap(findingLines)].join("\n")}\n`;
}

/** What the marked counts rest on. */
function assumedLines({ assumed }: Scenario): string[] {
  if (assumed === null) return [];
  const mapped = assumed.mapped ? " and mapped" : "";
  return [
    "",
    `assumed: every page of a file-backed slot is there${mapped} before each punch of it; a recording does not tell`,
  ];
}

function refusalLines({ variant, refusals }: Tallied): string[] {
  if (refusals.length === 0) return [];
  const lines = refusals.slice(0, LINES_SHOWN).map(({ index, operation, errno }) => {
    const answer = errno === null ? "this design has no such operation" : `-${errno}`;
    return `  setup[${index}] ${operation.op}: ${answer}`;
  });
  if (refusals.length > LINES_SHOWN) lines.push(`  and ${refusals.length - LINES_SHOWN} more`);
  return ["", `${variant}: not done in the set-up`, ...lines];
}

/** What was not simply done: refused with an errno, or not known to the design. */
function answerLines(run: Tallied): string[] {
  const { answers } = run;
  if (answers.length === 0) return [];
  const lines = answers
    .slice(0, LINES_SHOWN)
    .map(({ task, index, op, step, answer }) =>
      answer === "absent"
        ? `  step ${step}  ${task}[${index}] ${op}: this design has no such operation; nothing changes`
        : answer === "heldOff"
          ? `  step ${step}  ${task}[${index}] ${op}: held off by an open bracket; the guest has to try again`
          : `  step ${step}  ${task}[${index}] ${op}: -${answer}`,
    );
  if (answers.length > LINES_SHOWN) lines.push(`  and ${answers.length - LINES_SHOWN} more`);
  return ["", `${run.variant}: not done`, ...lines];
}

function findingLines(run: Tallied): string[] {
  const { variant, findings, stuck: waiting } = run;
  const lines = findings.slice(0, LINES_SHOWN).map(({ step, invariant, text }) => {
    const trap = trapOf(run, invariant);
    return `  step ${step}  ${invariant}${trap === null ? "" : ` (${trap})`}  ${text}`;
  });
  if (findings.length > LINES_SHOWN) lines.push(`  and ${findings.length - LINES_SHOWN} more`);
  const stuck =
    waiting.length === 0
      ? []
      : [
          "",
          `${variant}: ${waiting.length === 1 ? "this task never ends" : "these tasks never end"}: ${waiting.join(", ")}`,
        ];
  if (findings.length === 0) return ["", `${variant}: no invariant is broken`, ...stuck];
  return [
    "",
    `${variant}: ${findings.length === 1 ? "1 finding" : `${findings.length} findings`}`,
    ...lines,
    ...stuck,
  ];
}
