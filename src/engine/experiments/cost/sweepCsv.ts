// SPDX-License-Identifier: GPL-2.0-only
// Rows of a sweep as CSV: each says all that it is of, so that a file can be trusted alone.

import { COUNTER_IDS } from "../machine/counters.ts";
import { COST_PARTS, type Pricing, type PunchCost } from "./punchCost.ts";
import type { SweepCase, SweepRow } from "./sweep.ts";

/** A row of a sweep and what it costs. */
export interface CostRow extends SweepRow {
  readonly cost: PunchCost;
}

/** A heading and a line a row. Times are nanoseconds; `start` and `end` are pages, half-open. */
export function sweepCsv(
  rows: readonly CostRow[],
  { slotPages, alignment, vms }: SweepCase,
  pricing: Pricing,
): string {
  const heading = [
    ...["variant", "slots", "bound", "refused", "counted", "start", "end", ...COUNTER_IDS, "bytes"],
    ...["ns", "low", "high", ...COST_PARTS.flatMap((part) => [`${part}Ns`, `${part}Price`, `${part}Source`])],
    ...["slotPages", "alignment", "vms", "vcpus", "walks"],
  ];
  const lines = rows.map(({ variant, slots, bound, source, hole, counts, bytes, cost }) => [
    ...[variant, slots, bound, slots - bound, source, hole.start, hole.end],
    ...COUNTER_IDS.map((id) => counts[id]),
    ...[bytes, ...[cost.ns, cost.low, cost.high].map((ns) => ns.toFixed(1))],
    ...cost.parts.flatMap(({ ns, tag, source: from }) => [ns.toFixed(1), tag, from]),
    ...[slotPages, alignment, vms, pricing.vcpus, pricing.basis],
  ]);
  return csvText([heading, ...lines]);
}

/** Lines of cells; what holds a comma, a quote or a line's end stands in quotes. */
export const csvText = (lines: readonly (readonly (string | number)[])[]): string =>
  lines.map((line) => `${line.map((cell) => quoted(String(cell))).join(",")}\n`).join("");

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
