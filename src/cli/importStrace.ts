// SPDX-License-Identifier: GPL-2.0-only
// `lab import strace FILE [--mtree MAP] [-o OUT]`: the scenario that a log holds on stdout or in OUT. On stderr what could
// not be read, what is simpler in the scenario than in the log, and last the summary.

import { randomUUID } from "node:crypto";
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import {
  type Capture,
  type MemoryMap,
  printDocument,
  readMtree,
  readStrace,
  summaryLine,
} from "../engine/index.ts";
import { type CliIo, EXIT, readTextFile } from "./io.ts";

const USAGE = "usage: lab import strace FILE [--mtree MAP] [-o OUT]";

/**
 * The verb `import`, which knows one kind of log: its first argument is `strace`.
 *
 * Returns: an exit status. One that is not 0 comes with one line on stderr and nothing on stdout.
 */
export function runImportStrace(io: CliIo): number {
  const args = readArgs(io.args);
  if (typeof args === "string") return refuse(io, args);

  const log = readTextFile(args.file);
  if (!log.ok) return refuse(io, log.why, log.status);
  const map = args.map === null ? null : readMap(args.map);
  if (map !== null && !map.ok) return refuse(io, map.why, map.status);

  const capture = readStrace(log.text, map?.map);
  if (capture.summary.used === 0) return refuse(io, `${args.file}: ${nothingRead(capture)}`);
  if (capture.mapProblem !== null) return refuse(io, `${args.map}: ${capture.mapProblem}`);

  const scenario = printDocument(capture.document);
  if (args.out === null) io.out(scenario);
  else {
    const failure = replaceFile(args.out, scenario);
    if (failure !== null) return refuse(io, `${args.out}: ${failure.message}`);
  }
  const unread = capture.problems.map(({ line, reason }) => `line ${line}: ${reason}`);
  for (const line of [...unread, ...capture.notes, summaryLine(capture.summary)]) io.err(`${line}\n`);
  return EXIT.done;
}

type MapRead =
  | { readonly ok: true; readonly map: MemoryMap }
  | { readonly ok: false; readonly status: number; readonly why: string };

function readMap(path: string): MapRead {
  const text = readTextFile(path);
  if (!text.ok) return text;
  const read = readMtree(text.text);
  return read.ok ? read : { ok: false, status: EXIT.wrongInput, why: `${path}: ${read.problem}` };
}

function refuse(io: CliIo, message: string, status: number = EXIT.wrongInput): number {
  io.err(`lab import: ${message}\n`);
  return status;
}

interface Args {
  readonly file: string;
  readonly map: string | null;
  readonly out: string | null;
}

/** `strace`, then FILE and the options in any order; a string says what is wrong. */
function readArgs([kind, ...args]: readonly string[]): Args | string {
  if (kind !== "strace") return `expected "strace" after "import"; ${USAGE}`;
  let file: string | null = null;
  const options = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "-o" || arg === "--mtree") {
      const value = args[++i];
      if (value === undefined || options.has(arg)) return `${arg} takes one file; ${USAGE}`;
      options.set(arg, value);
    } else if (arg.startsWith("-")) return `there is no option "${arg}"; ${USAGE}`;
    else if (file !== null) return `"${arg}" is one file too many; ${USAGE}`;
    else file = arg;
  }
  if (file === null) return `the log to read is missing; ${USAGE}`;
  return { file, map: options.get("--mtree") ?? null, out: options.get("-o") ?? null };
}

function nothingRead({ summary, problems }: Capture): string {
  const first = problems[0];
  const why = first === undefined ? "" : `; line ${first.line}: ${first.reason}`;
  return (
    `none of its ${summary.lines} lines is a call that sets up guest memory ` +
    `(memfd_create, ftruncate, mmap, fallocate, KVM_SET_USER_MEMORY_REGION)${why}`
  );
}

/**
 * Writes beside the file first: whoever reads it finds the old text or the new one, never a part. A link is followed,
 * the file keeps its mode, and what is no regular file (a pipe, a device) is written to as it is.
 */
function replaceFile(path: string, text: string): Error | null {
  let part: string | null = null;
  try {
    const old = statSync(path, { throwIfNoEntry: false });
    if (old !== undefined && !old.isFile()) {
      writeFileSync(path, text);
      return null;
    }
    const file = old === undefined ? path : realpathSync(path);
    part = `${file}.${randomUUID()}.part`;
    writeFileSync(part, text, { flag: "wx", ...(old === undefined ? {} : { mode: old.mode }) });
    renameSync(part, file);
    return null;
  } catch (error) {
    if (part !== null) rmSync(part, { force: true });
    return new Error(`it cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}
