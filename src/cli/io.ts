// SPDX-License-Identifier: GPL-2.0-only
// What a verb of the command line sees of the world outside, so that a test can be that world.

import { readFileSync, readSync, writeSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Exit statuses: the same for every verb. Findings are a result, not a failure. */
export const EXIT = { done: 0, comparisonFailed: 1, wrongInput: 2, boundReached: 3 } as const;

export interface CliIo {
  /** The words after the verb. */
  readonly args: readonly string[];
  /** All of standard input as text. */
  readStdin(): string;
  /** To standard output: nothing but the result. The text brings its own line ends. */
  out(text: string): void;
  /** To standard error. The text brings its own line ends. */
  err(text: string): void;
}

/** A file's text, or the exit status it asks for and one sentence why. */
export type TextRead =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly status: number; readonly why: string };

/** Most bytes of one input, unpacked. */
const BYTES_MAX = 256 * 1024 * 1024;

/** The text of a file, unpacked first if it is gzip, whatever its name. UTF-8. Never throws. */
export function readTextFile(path: string): TextRead {
  try {
    const bytes = readFileSync(path);
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = packed ? gunzipSync(bytes, { maxOutputLength: BYTES_MAX }) : bytes;
    if (text.length > BYTES_MAX) return tooLong(path);
    return { ok: true, text: text.toString("utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ERR_BUFFER_TOO_LARGE" || code === "ERR_FS_FILE_TOO_LARGE") return tooLong(path);
    const why = code.startsWith("Z_")
      ? "its gzip data is damaged; take an undamaged copy"
      : (REASONS[code] ?? code);
    return { ok: false, status: EXIT.wrongInput, why: `cannot read ${path}: ${why}` };
  }
}

/** The io of this process. */
export const processIo = (args: readonly string[]): CliIo => ({
  args,
  readStdin,
  out: (text) => writeAll(1, text),
  err: (text) => writeAll(2, text),
});

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file; check the path",
  EISDIR: "it is a folder; name the files in it",
  EACCES: "reading it is not permitted",
};

const tooLong = (path: string): TextRead => ({
  ok: false,
  status: EXIT.boundReached,
  why: `${path} holds more than ${BYTES_MAX / 1024 / 1024} MiB; split it`,
});

function readStdin(): string {
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(65_536);
  while (true) {
    const length = patiently(() => readSync(0, chunk));
    if (length === 0) return Buffer.concat(chunks).toString("utf8");
    chunks.push(Buffer.from(chunk.subarray(0, length)));
  }
}

/** Synchronous, so that nothing is lost when the process exits right afterwards. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += patiently(() => writeSync(fd, bytes, at));
}

/** Tries again while a pipe that does not block has nothing to give or no room; ends where nobody listens. */
function patiently(transfer: () => number): number {
  while (true) {
    try {
      return transfer();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : "";
      if (code === "EOF") return 0;
      if (code === "EPIPE") process.exit(EXIT.done);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
