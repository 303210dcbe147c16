// SPDX-License-Identifier: GPL-2.0-only
// One line of an strace log: what kind of line it is, before anyone asks which call it shows.
//
// Process id (`-f`) and time (`-t`, `-tt`, `-ttt`, `-r`) come first and are optional. Only string searches and anchored
// expressions, so that a line of any length costs time in proportion to it.

/** A system call as strace printed it: `name(args) = result`. */
export interface CallText {
  readonly name: string;
  /** What stood between the parentheses; of an unfinished call as much as was printed. */
  readonly args: string;
  /** The first word after ` = `: a number, an address, `-1` or `?`. Null while the call has not returned. */
  readonly result: string | null;
}

export type LogLine =
  | { readonly kind: "call"; readonly pid: string; readonly call: CallText }
  /** The first half of a call that another process interrupted; `text` is `name(` and what follows. */
  | { readonly kind: "unfinished"; readonly pid: string; readonly call: CallText; readonly text: string }
  /** The second half; `text` continues the first. */
  | { readonly kind: "resumed"; readonly pid: string; readonly name: string; readonly text: string }
  /** strace speaking of itself, of a signal or of an exit, or an empty line. */
  | { readonly kind: "note" }
  | { readonly kind: "unread"; readonly reason: string };

const PREFIX = /^(?:\[pid +(\d+)\] |(\d+) +)?(?: *(?:\d\d:\d\d:\d\d(?:\.\d+)?|\d+\.\d+) )?/;
const NAME = /^[a-z_]\w{0,63}(?=\()/;
const NOTES = ["--- ", "+++ ", "strace: ", "[ Process "];
const UNFINISHED = [" <unfinished ...>", " <detached ...>"];
const RESUMED = " resumed>";

/** Reads one line, without its line feed. Never throws. A line without a process id has the pid "". */
export function readLine(line: string): LogLine {
  const prefix = PREFIX.exec(line)!;
  const pid = prefix[1] ?? prefix[2] ?? "";
  const text = line.slice(prefix[0].length);
  if (text === "" || NOTES.some((note) => text.startsWith(note))) return { kind: "note" };
  if (text.startsWith("<... ")) return readResumed(pid, text);

  const name = NAME.exec(text)?.[0];
  if (name === undefined) return { kind: "unread", reason: "this is not a line that strace writes" };
  const mark = UNFINISHED.find((suffix) => text.endsWith(suffix));
  if (mark !== undefined) {
    const begun = text.slice(0, -mark.length);
    return {
      kind: "unfinished",
      pid,
      text: begun,
      call: { name, args: begun.slice(name.length + 1), result: null },
    };
  }
  const call = readCall(text);
  return call === null ? CUT : { kind: "call", pid, call };
}

/** What is left of a call whose result is missing, though nothing says that it was interrupted. */
export const CUT: LogLine & { kind: "unread" } = {
  kind: "unread",
  reason: "the line is cut off before the call's result",
};

/** Reads `name(args) = result`; null where the end is missing. */
export function readCall(text: string): CallText | null {
  const open = text.indexOf("(");
  const equals = text.lastIndexOf(" = ");
  const call = text.slice(0, equals).trimEnd();
  if (open < 0 || equals < open || !call.endsWith(")")) return null;
  const result = text.slice(equals + " = ".length).split(" ", 1)[0]!;
  return result === "" ? null : { name: text.slice(0, open), args: call.slice(open + 1, -1), result };
}

function readResumed(pid: string, text: string): LogLine {
  const end = text.indexOf(RESUMED);
  if (end < 0) return CUT;
  return {
    kind: "resumed",
    pid,
    name: text.slice("<... ".length, end),
    text: text.slice(end + RESUMED.length),
  };
}
