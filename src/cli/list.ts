// SPDX-License-Identifier: GPL-2.0-only
// `lab list`: the built-in scenarios, a line each.

import { BUILT_INS } from "../engine/index.ts";
import { type CliIo, EXIT } from "./io.ts";

/** Prints name and title of every built-in scenario. */
export function runList(io: CliIo): number {
  if (io.args.length > 0) {
    io.err(`lab list: takes no arguments, got ${JSON.stringify(io.args[0])}\n`);
    return EXIT.wrongInput;
  }
  const width = Math.max(...BUILT_INS.map(({ name }) => name.length));
  for (const { name, title } of BUILT_INS) io.out(`${name.padEnd(width)}  ${title}\n`);
  return EXIT.done;
}
