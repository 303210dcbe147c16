// SPDX-License-Identifier: GPL-2.0-only
// `lab xarray`: an op script on standard input, the op lines of a recording on standard output.

import { newXarray, parseOpScript, runOp, XA_NODES_MAX } from "../engine/index.ts";
import { type CliIo, EXIT } from "./io.ts";

/**
 * Runs the whole script on one array that starts empty; nothing runs if any line of it is wrong. A recording
 * without its header is what comes out of its own ops.
 */
export function runXarray(io: CliIo): number {
  if (io.args.length > 0) {
    io.err(
      `lab xarray: takes no arguments, got ${JSON.stringify(io.args[0])}; put the ops on standard input\n`,
    );
    return EXIT.wrongInput;
  }
  const script = parseOpScript(io.readStdin());
  if (!script.ok) {
    io.err(`lab xarray: ${script.why}\n`);
    return EXIT.wrongInput;
  }

  const xa = newXarray();
  for (const [i, op] of script.value.entries()) {
    if (xa.nodesUsed > XA_NODES_MAX) {
      io.err(`lab xarray: op ${i}: more than ${XA_NODES_MAX} nodes; shorten the script\n`);
      return EXIT.boundReached;
    }
    io.out(`${JSON.stringify(runOp(xa, i, op))}\n`);
  }
  return EXIT.done;
}
