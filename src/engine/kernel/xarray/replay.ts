// SPDX-License-Identifier: GPL-2.0-only
// Replays a recording of the C code on this array and says where the two differ.

import { xaCheck } from "./check.ts";
import { runOp, XA_NODES_MAX, type XaOpLine } from "./opLine.ts";
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

export interface XaReplay {
  /** One for each op that differs in anything: its first differing field. */
  readonly mismatches: readonly XaMismatch[];
  /** Fewer than the recording has if the array outgrew XA_NODES_MAX. */
  readonly opsRun: number;
}

/** Runs the ops of `recording` on one array that starts empty. Throws ModelBug where xaCheck does, after any op. */
export function replayRecording(recording: XaRecording): XaReplay {
  const xa = newXarray();
  const mismatches: XaMismatch[] = [];
  for (const [i, { op, recorded }] of recording.lines.entries()) {
    if (xa.nodesUsed > XA_NODES_MAX) return { mismatches, opsRun: i };
    const mismatch = firstMismatch(runOp(xa, i, op), recorded);
    if (mismatch !== null) mismatches.push(mismatch);
    xaCheck(xa);
  }
  return { mismatches, opsRun: recording.lines.length };
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
