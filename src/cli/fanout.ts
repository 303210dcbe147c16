// SPDX-License-Identifier: GPL-2.0-only
// `lab fanout [options]`: one punch over more and more memslots under each design, as a table, as JSON or as CSV.

import {
  COST_PARTS,
  COUNTER_IDS,
  drain,
  type PunchCost,
  punchCost,
  SLOTS_MAX,
  type SweepRow,
  sweeping,
  sweepSizes,
  treeOf,
} from "../engine/index.ts";
import { columns } from "./columns.ts";
import { type FanoutArgs, readFanoutArgs } from "./fanoutArgs.ts";
import { type CliIo, EXIT } from "./io.ts";

/** A row of the sweep and what it costs. */
interface Priced extends SweepRow {
  readonly cost: PunchCost;
}

/** Returns: 0; 2 for wrong input, with one line on stderr and nothing on stdout. */
export function runFanout(io: CliIo): number {
  const args = readFanoutArgs(io.args, SLOTS_MAX);
  if (typeof args === "string") {
    io.err(`lab fanout: ${args.replaceAll(/\p{Cc}+/gu, " ")}\n`);
    return EXIT.wrongInput;
  }
  const rows = swept(args);
  io.out(
    args.print === "json" ? jsonOf(args, rows) : args.print === "csv" ? csvOf(rows) : tableOf(args, rows),
  );
  return EXIT.done;
}

/** All rows: by size, then by design. */
function swept({ wanted, sizes: [min, max], variants, pricing }: FanoutArgs): Priced[] {
  const tree = treeOf(wanted);
  const sizes = sweepSizes(min, max);
  const byVariant = variants.map((variant) =>
    drain(sweeping(variant, wanted, sizes)).map((row): Priced => {
      const { bound, counts } = row;
      return { ...row, cost: punchCost({ variant, bound, counts, tree }, pricing) };
    }),
  );
  return sizes.flatMap((_, k) => byVariant.map((rows) => rows[k] as Priced));
}

/** One line. Times are nanoseconds; `inRange` is false where a walk lies outside of what was measured. */
function jsonOf({ wanted, pricing }: FanoutArgs, rows: readonly Priced[]): string {
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

/** A heading and a line a row; numbers alone, so nothing has to be quoted. */
function csvOf(rows: readonly Priced[]): string {
  const heading = [
    ...["variant", "slots", "bound", "refused", "counted", "start", "end", ...COUNTER_IDS, "bytes"],
    ...["ns", "low", "high", ...COST_PARTS.flatMap((part) => [`${part}Ns`, `${part}Price`])],
  ];
  const lines = rows.map(({ variant, slots, bound, source, hole, counts, bytes, cost }) => [
    ...[variant, slots, bound, slots - bound, source, hole.start, hole.end],
    ...COUNTER_IDS.map((id) => counts[id]),
    ...[bytes, ...[cost.ns, cost.low, cost.high].map((ns) => ns.toFixed(1))],
    ...cost.parts.flatMap(({ ns, tag }) => [ns.toFixed(1), tag]),
  ]);
  return [heading, ...lines].map((line) => `${line.join(",")}\n`).join("");
}

const SHOWN = ["slots", "bound", "calls", "wasted", "reads", "bytes", "ns"] as const;

function tableOf({ wanted, pricing }: FanoutArgs, rows: readonly Priced[]): string {
  const digits = (value: number) => Math.round(value).toLocaleString("en-GB");
  const cells = rows.map(({ variant, slots, bound, counts, bytes, cost, source }) => [
    ...[variant, digits(slots), digits(bound), digits(counts.startCallbacks + counts.endCallbacks)],
    ...[digits(counts.wasted), digits(counts.listNodesRead + counts.xarraySlotsRead), digits(bytes)],
    ...[digits(cost.ns), `${source}${cost.inRange ? "" : ", outside of what was measured"}`],
  ]);
  const table = [["", ...SHOWN, "counted"], ...cells];
  const { tag, source } = (rows[0] as Priced).cost.parts.find(({ part }) => part === "walk") as {
    tag: string;
    source: string;
  };
  const about = `A punch over memslots of ${digits(wanted.slotPages)} pages, ${wanted.alignment}; ${pricing.vcpus === 1 ? "1 vCPU" : `${pricing.vcpus} vCPUs`}`;
  return `${[about, "", ...columns(table), "", `walks: ${tag}: ${source}`].join("\n")}\n`;
}
