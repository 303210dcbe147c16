// SPDX-License-Identifier: GPL-2.0-only
// `lab xarray-replay FILE...`: recordings of the C code run again, and where this XArray answers otherwise.

import { parseRecording, replayRecording, type XaMismatch, type XaRecording } from "../engine/index.ts";
import { type CliIo, EXIT, readTextFile } from "./io.ts";

/** Mismatches shown per file; the first one mostly explains the rest. */
const SHOWN_MAX = 5;

/** Characters of an expected or got value that are shown, around its first difference. */
const EXCERPT = 100;

/**
 * Prints a line per file, the first mismatches under it, then the sum over all files. "Left out" counts ops
 * of recordings that need what is not modelled; such a recording is left out whole.
 */
export function runXarrayReplay(paths: readonly string[], io: CliIo): number {
  const complain = (status: number, why: string): number => {
    io.err(`lab xarray-replay: ${why}\n`);
    return status;
  };
  if (paths.length === 0) return complain(EXIT.wrongInput, "no file; name recordings, .jsonl or .jsonl.gz");

  let ops = 0;
  let mismatches = 0;
  let leftOut = 0;
  for (const path of paths) {
    const read = readTextFile(path);
    if (!read.ok) return complain(read.status, read.why);
    const recording = parseRecording(read.text);
    if (!recording.ok) return complain(EXIT.wrongInput, `${path}: ${recording.why}`);
    if (recording.value.needs !== null) {
      leftOut += recording.value.ops;
      io.out(`${path}: ${recording.value.ops} ops left out: ${recording.value.needs}\n`);
      continue;
    }
    const { opsRun, mismatches: found } = replayRecording(recording.value);
    io.out(reportOf(path, recording.value, found));
    if (opsRun < recording.value.ops) {
      return complain(
        EXIT.boundReached,
        `${path}: stopped at op ${opsRun}: too many nodes; split the recording`,
      );
    }
    ops += opsRun;
    mismatches += found.length;
  }

  io.out(`${ops} ops, ${mismatches} mismatches${leftOut > 0 ? `, ${leftOut} left out` : ""}\n`);
  return mismatches > 0 ? EXIT.comparisonFailed : EXIT.done;
}

function reportOf(path: string, { ops }: XaRecording, mismatches: readonly XaMismatch[]): string {
  const lines = [`${path}: ${ops} ops, ${mismatches.length} mismatches`];
  for (const { i, op, field, expected, got } of mismatches.slice(0, SHOWN_MAX)) {
    const from = firstDifference(expected, got);
    lines.push(`  op ${i} ${op}: ${field}: expected ${excerpt(expected, from)}, got ${excerpt(got, from)}`);
  }
  if (mismatches.length > SHOWN_MAX) lines.push(`  and ${mismatches.length - SHOWN_MAX} more`);
  return lines.map((line) => `${line}\n`).join("");
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function excerpt(text: string, difference: number): string {
  if (text.length <= EXCERPT) return text;
  const start = Math.max(0, Math.min(difference - EXCERPT / 4, text.length - EXCERPT));
  const end = start + EXCERPT;
  return `${start > 0 ? "..." : ""}${text.slice(start, end)}${end < text.length ? "..." : ""}`;
}
