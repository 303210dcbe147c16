// SPDX-License-Identifier: GPL-2.0-only
// A verb run by a test: what it printed where, and its exit status. Used by tests only.

import type { CliIo } from "./io.ts";

/** Runs `verb` with `args` behind it and an empty standard input. */
export function captured(args: readonly string[], verb: (io: CliIo) => number) {
  let out = "";
  let err = "";
  const status = verb({
    args,
    readStdin: () => "",
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}
