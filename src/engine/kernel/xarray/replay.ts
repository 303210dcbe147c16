// SPDX-License-Identifier: GPL-2.0-only
// Replays a recording of the C code on this array and says where the two differ.

import { xaCheck } from "./check.ts";
import { type XaOpLine, runOp } from "./opLine.ts";
import { newXarray } from "./pool.ts";
import type { XaRecording } from "./recording.ts";

/** One field of one op that came out differently. `expected` and `got` are JSON, `nothing` if left out. */
export interface XaMismatch {
  readonly i: number;
  readonly op: string;
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

/**
 * Runs every op of `recording` on one array that starts empty. Returns one mismatch for each op that differs
 * in anything: its first differing field. `check` also runs xaCheck after each op (throws ModelBug).
 */
export function replayRecording(recording: XaRecording, check = false): XaMismatch[] {
  const xa = newXarray();
  const mismatches: XaMismatch[] = [];
  for (const [i, { op, recorded }] of recording.lines.entries()) {
    const line = runOp(xa, i, op);
    const mismatch = firstMismatch(line, recorded);
    if (mismatch !== null) mismatches.push(mismatch);
    if (check) xaCheck(xa);
  }
  return mismatches;
}

function firstMismatch(line: XaOpLine, recorded: Readonly<Record<string, unknown>>): XaMismatch | null {
  const got = line as unknown as Readonly<Record<string, unknown>>;
  for (const field of new Set([...Object.keys(got), ...Object.keys(recorded)])) {
    const ours = jsonOf(got[field]);
    const theirs = jsonOf(recorded[field]);
    if (ours !== theirs) return { i: line.i, op: line.op, field, expected: theirs, got: ours };
  }
  return null;
}

function jsonOf(value: unknown): string {
  if (value === undefined) return "nothing";
  try {
    return JSON.stringify(value);
  } catch {
    // Only a foreign line is nested too deep to be written; ours never is, so the two differ.
    return "nested too deep to be shown";
  }
}
