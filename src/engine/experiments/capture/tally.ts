// SPDX-License-Identifier: GPL-2.0-only
// What each line of a log counts as, and the first few that could not be read.

import type { Outcome } from "./call.ts";

/** A line that could not be read. Lines count from 1. */
export interface CaptureProblem {
  readonly line: number;
  readonly reason: string;
}

export const PROBLEMS_MAX = 5;

export interface Tally {
  readonly used: number;
  readonly notOurs: number;
  readonly failed: number;
  readonly unread: number;
  /** The first PROBLEMS_MAX unread lines, in the log's order. */
  readonly problems: readonly CaptureProblem[];
}

export const newTally = () => ({
  used: 0,
  notOurs: 0,
  failed: 0,
  unread: 0,
  problems: [] as CaptureProblem[],
});

/** Counts `lines`, which share an outcome: the halves of one call. */
export function countLines(
  tally: ReturnType<typeof newTally>,
  outcome: Outcome,
  lines: readonly number[],
): void {
  tally[outcome.kind] += lines.length;
  if (outcome.kind === "notOurs" && outcome.made !== undefined) outcome.made.linesBefore += lines.length;
  if (outcome.kind !== "unread") return;
  for (const line of lines) note(tally.problems, { line, reason: outcome.reason });
}

/** Of a call that was interrupted, the first half is told late: problems do not come in the log's order. */
function note(problems: CaptureProblem[], problem: CaptureProblem) {
  if (problems.length === PROBLEMS_MAX && problem.line > problems.at(-1)!.line) return;
  problems.push(problem);
  problems.sort((a, b) => a.line - b.line);
  problems.splice(PROBLEMS_MAX);
}
