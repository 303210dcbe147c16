// SPDX-License-Identifier: GPL-2.0-only
// `lab fanout [options]`: one punch over more and more memslots under each design, as a table, as JSON or as CSV.

import {
  type CostRow,
  drain,
  punchCost,
  SLOTS_MAX,
  sweepCsv,
  sweeping,
  sweepSizes,
  treeOf,
} from "../engine/index.ts";
import { columns } from "./columns.ts";
import { FANOUT_USAGE, type FanoutArgs, readFanoutArgs } from "./fanoutArgs.ts";
import { type CliIo, EXIT } from "./io.ts";

/** `--help` prints the usage. Returns: 0; 2 for wrong input, with one line on stderr and nothing on stdout. */
export function runFanout(io: CliIo): number {
  if (io.args.includes("--help")) {
    io.out(`usage: lab ${FANOUT_USAGE}\n`);
    return EXIT.done;
  }
  const args = readFanoutArgs(io.args, SLOTS_MAX);
  if (typeof args === "string") {
    io.err(`lab fanout: ${args.replaceAll(/\p{Cc}+/gu, " ")}\n`);
    return EXIT.wrongInput;
  }
  const rows = swept(args);
  io.out(
    args.print === "json"
      ? jsonOf(args, rows)
      : args.print === "csv"
        ? sweepCsv(rows, args.wanted, args.pricing)
        : tableOf(args, rows),
  );
  return EXIT.done;
}

/** All rows: by size, then by design. */
function swept({ wanted, sizes: [min, max], variants, pricing }: FanoutArgs): CostRow[] {
  const tree = treeOf(wanted);
  const sizes = sweepSizes(min, max);
  const byVariant = variants.map((variant) =>
    drain(sweeping(variant, wanted, sizes)).map((row): CostRow => {
      const { bound, counts } = row;
      return { ...row, cost: punchCost({ variant, bound, counts, tree }, pricing) };
    }),
  );
  return sizes.flatMap((_, k) => byVariant.map((rows) => rows[k] as CostRow));
}

/** One line. Times are nanoseconds; `inRange` is false where a walk lies outside of what was measured. */
function jsonOf({ wanted, pricing }: FanoutArgs, rows: readonly CostRow[]): string {
  const { slotPages, alignment, vms } = wanted;
  const [hole] = wanted.holes;
  const { basis, vcpus } = pricing;
  return `${JSON.stringify({
    ...{ slotPages, alignment, hole, vms, walks: basis, vcpus },
    rows: rows.map(({ variant, slots, bound, source, hole: punched, counts, bytes, cost }) => ({
      ...{
        variant,
        slots,
        bound,
        refused: slots - bound,
        counted: source,
        start: punched.start,
        end: punched.end,
      },
      ...{ counts, bytes, ns: cost.ns, low: cost.low, high: cost.high, inRange: cost.inRange },
      parts: cost.parts,
    })),
  })}\n`;
}

const SHOWN = ["slots", "bound", "calls", "wasted", "reads", "bytes", "ns"] as const;

function tableOf({ wanted, pricing }: FanoutArgs, rows: readonly CostRow[]): string {
  const digits = (value: number) => Math.round(value).toLocaleString("en-GB");
  const cells = rows.map(({ variant, slots, bound, counts, bytes, cost, source }) => [
    ...[variant, digits(slots), digits(bound), digits(counts.startCallbacks + counts.endCallbacks)],
    ...[digits(counts.wasted), digits(counts.listNodesRead + counts.xarraySlotsRead), digits(bytes)],
    ...[digits(cost.ns), `${source}${cost.inRange ? "" : ", outside of what was measured"}`],
  ]);
  const table = [["", ...SHOWN, "counted"], ...cells];
  const { tag, source } = (rows[0] as CostRow).cost.parts.find(({ part }) => part === "walk") as {
    tag: string;
    source: string;
  };
  const many = (n: number, what: string) => `${digits(n)} ${what}${n === 1 ? "" : "s"}`;
  const [hole = { pages: 1 }] = wanted.holes;
  const punched = "pages" in hole ? many(hole.pages, "page") : `${hole.share} of the memslots`;
  const about = `A punch of ${punched} over memslots of ${many(wanted.slotPages, "page")}, ${wanted.alignment}; ${many(wanted.vms, "VM")}, ${many(pricing.vcpus, "vCPU")} each; ${pricing.basis} walks`;
  return `${[about, "", ...columns(table), "", `walks: ${tag}: ${source}`].join("\n")}\n`;
}
