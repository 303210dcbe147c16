// SPDX-License-Identifier: GPL-2.0-only
// An strace log of a virtual machine monitor in, a scenario out: each memfd is taken for a restrictedmem file, each
// memslot that lies in one for a register or bind.
//
// The readers of single calls stand in *Calls.ts; here lines become calls, and every line is counted once.

import { PAGE_SIZE, pgoffOf } from "../../units.ts";
import type { ScenarioDocument } from "../scenarios/document.ts";
import { FORMAT } from "../scenarios/format.ts";
import { type CallReader, type Outcome, takeCall } from "./call.ts";
import { close, fallocate, ftruncate, memfdCreate } from "./fileCalls.ts";
import { ioctl } from "./kvmCalls.ts";
import { type CallText, CUT, readCall, readLine } from "./line.ts";
import { mmap, munmap } from "./mappingCalls.ts";
import { type CaptureSummary, summaryLine } from "./summary.ts";
import { fileName, newVmm, type Vmm, vmName } from "./vmm.ts";

/** A line that could not be read. Lines count from 1. */
export interface CaptureProblem {
  readonly line: number;
  readonly reason: string;
}

export interface Capture {
  /** Fits the scenario schema, whatever the log was. One task, `VMM`, holds all that the log asked for. */
  readonly document: ScenarioDocument;
  readonly summary: CaptureSummary;
  /** The first PROBLEMS_MAX unread lines, in the log's order. */
  readonly problems: readonly CaptureProblem[];
}

export const PROBLEMS_MAX = 5;

/** The calls that can be ours, by name. */
const READERS: ReadonlyMap<string, CallReader> = new Map([
  ["ioctl", ioctl],
  ["memfd_create", memfdCreate],
  ["ftruncate", ftruncate],
  ["fallocate", fallocate],
  ["mmap", mmap],
  ["munmap", munmap],
  ["close", close],
]);

/** The first half of a call, until its second half comes. */
interface Unfinished {
  readonly line: number;
  readonly text: string;
  readonly call: CallText;
}

/** Reads a log. Never throws: a line that makes no sense is counted and told. */
export function readStrace(text: string): Capture {
  const vmm = newVmm();
  const counts = { used: 0, notOurs: 0, failed: 0, unread: 0 };
  const problems: CaptureProblem[] = [];
  const unfinished = new Map<string, Unfinished>();

  const count = (outcome: Outcome, ...lines: number[]) => {
    counts[outcome.kind] += lines.length;
    if (outcome.kind === "unread") problems.push(...lines.map((line) => ({ line, reason: outcome.reason })));
  };
  const takeText = (call: CallText) => takeCall(vmm, READERS.get(call.name), call);

  const lines = linesOf(text);
  for (const [i, lineText] of lines.entries()) {
    const number = i + 1;
    const line = readLine(lineText);
    if (line.kind === "note") count({ kind: "notOurs" }, number);
    else if (line.kind === "unread") count(line, number);
    else if (line.kind === "call") count(takeText(line.call), number);
    else if (line.kind === "unfinished") {
      const lost = unfinished.get(line.pid);
      if (lost !== undefined) count(takeText(lost.call), lost.line);
      unfinished.set(line.pid, { line: number, text: line.text, call: line.call });
    } else {
      const begun = unfinished.get(line.pid);
      if (begun?.call.name !== line.name) count(beginningMissing(line.name), number);
      else {
        unfinished.delete(line.pid);
        const whole = readCall(begun.text + line.text);
        count(whole === null ? CUT : takeText(whole), begun.line, number);
      }
    }
  }
  for (const begun of unfinished.values()) count(takeText(begun.call), begun.line);

  const summary = {
    lines: lines.length,
    ...counts,
    created: vmm.created,
    deleted: vmm.deleted,
    files: vmm.files.length,
    punches: vmm.punches,
  };
  problems.sort((a, b) => a.line - b.line);
  return { document: documentOf(vmm, summary), summary, problems: problems.slice(0, PROBLEMS_MAX) };
}

/** What the last line feed ends is the last line; carriage returns before line feeds do not count. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function beginningMissing(name: string): Outcome {
  if (!READERS.has(name)) return { kind: "notOurs" };
  return { kind: "unread", reason: `the beginning of this ${name} is not in the log` };
}

function documentOf(vmm: Vmm, summary: CaptureSummary): ScenarioDocument {
  const pagesOf = (bytes: bigint) => pgoffOf(bytes + PAGE_SIZE - 1n);
  return {
    format: FORMAT,
    title: "A recorded machine",
    about: `Read from an strace log. ${summaryLine(summary)}.`,
    files: Object.fromEntries(vmm.files.map((file, i) => [fileName(i), { pages: pagesOf(file.bytes) }])),
    vms: Object.fromEntries(vmm.vms.map((_, i) => [vmName(i), {}])),
    setup: [],
    tasks: { VMM: vmm.operations },
  };
}
