// SPDX-License-Identifier: GPL-2.0-only
// `npm run -s lab -- VERB …`: the engine without a browser. Only the result goes to standard output.

import { runFanout } from "./fanout.ts";
import { FANOUT_USAGE } from "./fanoutArgs.ts";
import { runImportStrace } from "./importStrace.ts";
import { type CliIo, EXIT, processIo } from "./io.ts";
import { runList } from "./list.ts";
import { runRun } from "./run.ts";
import { runXarray } from "./xarray.ts";
import { runXarrayReplay } from "./xarrayReplay.ts";

/** The verbs, what they take, and what they do. Each returns its exit status. */
const VERBS: Readonly<Record<string, { usage: string; what: string; run: (io: CliIo) => number }>> = {
  list: { usage: "list", what: "the built-in scenarios", run: runList },
  run: {
    usage: "run NAME|FILE [--variants v10,review,review-seed] [--cut SLOTS] [--json]",
    what: "plays a scenario and prints its counters and findings",
    run: runRun,
  },
  fanout: {
    usage: FANOUT_USAGE,
    what: "one punch over more and more memslots: what each design does for it, and what that costs",
    run: runFanout,
  },
  xarray: { usage: "xarray", what: "runs xarray ops from standard input, one a line", run: runXarray },
  "xarray-replay": {
    usage: "xarray-replay FILE…",
    what: "holds the xarray against recordings of the C code",
    run: (io) => runXarrayReplay(io.args, io),
  },
  import: {
    usage: "import strace FILE [-o OUT]",
    what: "turns a log of a QEMU process into a scenario",
    run: runImportStrace,
  },
};

const help = () =>
  [
    "usage: npm run -s lab -- VERB …",
    "",
    ...Object.values(VERBS).map(({ usage, what }) => `  ${usage}\n      ${what}`),
    "",
  ].join("\n");

function main([verb, ...args]: readonly string[]): number {
  const io = processIo(args);
  if (verb === undefined || verb === "help" || verb === "--help") {
    io.out(help());
    return EXIT.done;
  }
  const known = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (known === undefined) {
    io.err(`lab: there is no verb ${JSON.stringify(verb)}; there are ${Object.keys(VERBS).join(", ")}\n`);
    return EXIT.wrongInput;
  }
  return known.run(io);
}

process.exitCode = main(process.argv.slice(2));
