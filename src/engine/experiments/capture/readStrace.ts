// SPDX-License-Identifier: GPL-2.0-only
// An strace log of a virtual machine monitor in, a scenario out: each file of guest memory is taken for a restrictedmem
// file, each memslot that lies in one for a register or bind.
//
// The readers of single calls stand in readers.ts; here lines become calls, and every line is counted once.

import { splitArgs } from "./args.ts";
import { type Call, NOT_OURS, type Outcome } from "./call.ts";
import { type Capture, captureOf } from "./capture.ts";
import { elapsed, newClock, tick } from "./clock.ts";
import {
  begunCall,
  type CallText,
  CUT,
  hasResult,
  type LogLine,
  readCall,
  readLine,
  tornHalf,
} from "./line.ts";
import { LINE_MAX, newLineCutter } from "./lineCutter.ts";
import type { MemoryMap } from "./mtree.ts";
import { birthMayBegin } from "./processCalls.ts";
import { exited, processOf } from "./processes.ts";
import { beginningMissing, READERS } from "./readers.ts";
import { countLines, newTally } from "./tally.ts";
import { newVmm } from "./vmm.ts";

/** Reads a log that comes piece by piece. */
export interface StraceReader {
  /** The next piece. It may end anywhere, also inside a line or between \r and \n. */
  push(chunk: string): void;
  /** What the log was, once all of it is there. */
  finish(): Capture;
}

/** A call that has begun: on which line, when, and among which descriptors. */
type Begun = Pick<Call, "name" | "pid" | "caller" | "open" | "begun" | "time">;

/** The first half of a call, until its second half comes. */
interface Unfinished extends Begun {
  readonly text: string;
  readonly lines: readonly number[];
}

/** Reads a log. Never throws: a line that makes no sense is counted and told. */
export function readStrace(text: string, map: MemoryMap | null = null): Capture {
  const reader = newStraceReader(map);
  reader.push(text);
  return reader.finish();
}

/** A reader of a log, with the memory map of the same machine if there is one. */
export function newStraceReader(map: MemoryMap | null = null): StraceReader {
  const vmm = newVmm();
  const clock = newClock();
  const tally = newTally();
  const unfinished = new Map<string, Unfinished>();
  let number = 0;
  /** The first half of a line that strace tore, waiting for the next line. */
  let torn: { readonly number: number; readonly text: string } | null = null;

  const cutter = newLineCutter((text) => {
    number++;
    if (text === null) {
      flushTorn();
      countLines(tally, TOO_LONG, [number]);
    } else if (text === "" && torn === null) {
      // A file of nothing but line feeds has as many lines as bytes.
      tally.notOurs++;
    } else if (torn === null) takePhysical(text);
    else if (readLine(text).kind === "unread") {
      const whole = torn;
      torn = null;
      takeLine(whole.text + text, [whole.number, number]);
    } else {
      flushTorn();
      takePhysical(text);
    }
  });

  function takePhysical(text: string) {
    const half = tornHalf(text);
    if (half === null) takeLine(text, [number]);
    else torn = { number, text: half };
  }

  function flushTorn() {
    const half = torn;
    torn = null;
    if (half !== null) takeLine(half.text, [half.number]);
  }

  function takeLine(text: string, lines: readonly number[]) {
    const line = readLine(text);
    if (line.stamp !== null) tick(clock, line.stamp);
    switch (line.kind) {
      case "note":
        return countLines(tally, NOT_OURS, lines);
      case "exit":
        takeLost(line.pid);
        exited(vmm.processes, line.pid);
        return countLines(tally, NOT_OURS, lines);
      case "unread":
        return countLines(tally, line, lines);
      case "call":
        return countLines(tally, takeWhole(begin(line, line.name, lines), line.text, lines.at(-1)!), lines);
      case "unfinished":
        return takeUnfinished(line, lines);
      case "resumed":
        return takeResumed(line, lines);
    }
  }

  function begin({ pid }: LogLine, name: string, lines: readonly number[]): Begun {
    const caller = processOf(vmm.processes, pid);
    return { name, pid, caller, open: caller.table.open, begun: lines[0]!, time: elapsed(clock) };
  }

  function takeUnfinished(line: LogLine & { kind: "unfinished" }, lines: readonly number[]) {
    takeLost(line.pid);
    const begun = { ...begin(line, line.name, lines), text: line.text, lines };
    birthMayBegin(vmm.processes, { ...begun, args: splitArgs(begunCall(line.text).args) });
    unfinished.set(line.pid, begun);
  }

  function takeResumed(line: LogLine & { kind: "resumed" }, lines: readonly number[]) {
    const key = keyOf(line.pid);
    const begun = unfinished.get(key);
    if (begun?.name !== line.name) return countLines(tally, beginningMissing(line.name), lines);
    unfinished.delete(key);
    const outcome = takeWhole(begun, begun.text + line.text, lines.at(-1)!);
    countLines(tally, outcome, [...begun.lines, ...lines]);
  }

  /** A call with its end. */
  function takeWhole(begun: Begun, text: string, ended: number): Outcome {
    const reader = READERS.get(begun.name);
    if (reader === undefined) return hasResult(text) ? NOT_OURS : CUT;
    const call = readCall(text);
    return call === null ? CUT : reader(vmm, callOf(begun, call, ended));
  }

  /** Counts the call of `pid` whose second half never came, if there is one. */
  function takeLost(pid: string) {
    const begun = unfinished.get(pid);
    if (begun === undefined) return;
    unfinished.delete(pid);
    const reader = READERS.get(begun.name);
    const call = callOf(begun, begunCall(begun.text), begun.begun);
    countLines(tally, reader === undefined ? NOT_OURS : reader(vmm, call), begun.lines);
  }

  /** On a terminal a process shows its id only while there is another one: it may begin without and end with it. */
  function keyOf(pid: string): string {
    if (unfinished.has(pid)) return pid;
    const [only] = unfinished.size === 1 && pid === "" ? unfinished.keys() : [];
    return only ?? "";
  }

  return {
    push: cutter.push,
    finish() {
      cutter.finish();
      flushTorn();
      for (const pid of [...unfinished.keys()]) takeLost(pid);
      return captureOf({ vmm, clock, tally, lines: number, map });
    },
  };
}

const callOf = (begun: Begun, { args, result }: CallText, ended: number): Call => ({
  name: begun.name,
  pid: begun.pid,
  caller: begun.caller,
  open: begun.open,
  begun: begun.begun,
  time: begun.time,
  args: splitArgs(args),
  result,
  ended,
});

const TOO_LONG: Outcome = {
  kind: "unread",
  reason: `the line is longer than ${LINE_MAX} characters`,
};
