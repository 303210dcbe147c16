// SPDX-License-Identifier: GPL-2.0-only
// One line of an strace log: what kind of line it is, before anyone asks what the call on it says.
//
// Process id (-f) and its name (-Y), time (-t, -tt, -ttt, -r), call number (-n) and instruction pointer (-i) come first and are optional.
// Only string searches and anchored expressions, so that a line of any length costs time in proportion to it.

import { endOfArgs, firstWord } from "./args.ts";

export type LogLine = {
  readonly pid: string;
  readonly stamp: string | null;
} /** `text` is the call as printed, `name(args) = result`; it may be cut off. */ & (
  | { readonly kind: "call"; readonly name: string; readonly text: string }
  /** The first half of a call that another process interrupted; `text` is `name(` and what follows. */
  | { readonly kind: "unfinished"; readonly name: string; readonly text: string }
  /** The second half; `text` continues the first. */
  | { readonly kind: "resumed"; readonly name: string; readonly text: string }
  /** strace speaking of itself, of a signal or of where a call came from (-k), or an empty line. */
  | { readonly kind: "note" }
  /** The end of the process. */
  | { readonly kind: "exit" }
  | { readonly kind: "unread"; readonly reason: string }
);

const PREFIX =
  /^(?:\[pid +(\d+)(?:<[^>]*>)?\] |(\d+)(?:<[^>]*>)? +)?(?: *((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|\d+\.\d+) (?:\(\+ +\d+\.\d+\) )?)?(?:\[ *\d+\] )?(?:\[(?:[0-9a-f]{8,16}|\?+)\] )?/;
const NAME = /[a-z_]\w{0,63}(?=\()/y;
const EXIT = /^\+\+\+ (?:exited|killed) /;
const NOTE = /^(?:--- |\+\+\+ |strace: |\[ Process | ?> |Process \d)/;
const UNFINISHED = [" <unfinished ...>", " <detached ...>"];
const RESUMED = "<... ";
const RESUMED_END = " resumed>";

/** Reads one line, without its line feed. Never throws. A line without a process id has the pid "". */
export function readLine(line: string): LogLine {
  const prefix = PREFIX.exec(line)!;
  const pid = prefix[1] ?? prefix[2] ?? "";
  const stamp = prefix[3] ?? null;
  const text = line.slice(prefix[0].length);
  NAME.lastIndex = 0;
  if (!NAME.test(text)) return readOther(pid, stamp, text);
  const name = text.slice(0, NAME.lastIndex);
  const mark = text.endsWith(" ...>") ? UNFINISHED.find((suffix) => text.endsWith(suffix)) : undefined;
  // Spelt out: with a spread, these two lines took half of an import.
  if (mark === undefined) return { pid, stamp, kind: "call", name, text };
  return { pid, stamp, kind: "unfinished", name, text: text.slice(0, -mark.length) };
}

function readOther(pid: string, stamp: string | null, text: string): LogLine {
  if (EXIT.test(text)) return { pid, stamp, kind: "exit" };
  if (text === "" || NOTE.test(text)) return { pid, stamp, kind: "note" };
  if (!text.startsWith(RESUMED))
    return { pid, stamp, kind: "unread", reason: "this is not a line that strace writes" };
  const end = text.indexOf(RESUMED_END);
  if (end < 0) return { pid, stamp, kind: "unread", reason: CUT.reason };
  const name = text.slice(RESUMED.length, end);
  return { pid, stamp, kind: "resumed", name, text: text.slice(end + RESUMED_END.length) };
}

/** What is left of a call whose result is missing, though nothing says that it was interrupted. */
export const CUT = { kind: "unread", reason: "the line is cut off before the call's result" } as const;

/** A system call as strace printed it. */
export interface CallText {
  /** What stood between the parentheses; of an unfinished call as much as was printed. */
  readonly args: string;
  /** The first word after ` = `: a number, an address, `-1` or `?`. Null while the call has not returned. */
  readonly result: string | null;
}

/** Reads `name(args) = result`; null where the end is missing. */
export function readCall(text: string): CallText | null {
  const open = text.indexOf("(");
  const close = open < 0 ? -1 : endOfArgs(text, open + 1);
  if (close < 0) return null;
  let at = close + 1;
  while (text.charAt(at) === " ") at++;
  if (at === close + 1 || !text.startsWith("= ", at)) return null;
  const result = firstWord(text, at + "= ".length);
  return result === "" ? null : { args: text.slice(open + 1, close), result };
}

/** As much of a call as `text` holds, which ends before the result. */
export const begunCall = (text: string): CallText => ({
  args: text.slice(text.indexOf("(") + 1),
  result: null,
});

/** False where the result is missing: by a quick look, and by a thorough one where a path makes that one doubtful. */
export function hasResult(text: string): boolean {
  let at = text.lastIndexOf(" = ");
  if (at < 0 || at + " = ".length === text.length) return false;
  while (at > 0 && text.charAt(at - 1) === " ") at--;
  return text.charAt(at - 1) === ")" || readCall(text) !== null;
}

/**
 * The first half of a line that strace tore, null where it did not: on a terminal its word on a new thread comes in
 * the middle of the clone call that made it. The next line brings the rest.
 */
export function tornHalf(line: string): string | null {
  if (!line.endsWith(" attached")) return null;
  const at = line.lastIndexOf("strace: Process ");
  return at > 0 && /^strace: Process \d+ attached$/.test(line.slice(at)) ? line.slice(0, at) : null;
}
