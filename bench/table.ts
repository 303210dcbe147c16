// SPDX-License-Identifier: GPL-2.0-only
import type { Measure } from "./measure.ts";

export interface Taken {
  measure: Measure;
  /** In the unit of the measure. */
  figure: number;
}

export const isOver = ({ measure, figure }: Taken) => figure > measure.limit;

/** One line each: name, figure, limit, and `ok` or `OVER`. The columns stand under one another. */
export function tableOf(taken: readonly Taken[]): string {
  const rows = [
    ["measure", "figure", "limit", ""],
    ...taken.map((one) => [
      one.measure.name,
      `${one.figure.toFixed(1)} ${one.measure.unit}`,
      `${one.measure.limit} ${one.measure.unit}`,
      isOver(one) ? "OVER" : "ok",
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(([name, figure, limit, verdict]) =>
      [name!.padEnd(widths[0]!), figure!.padStart(widths[1]!), limit!.padStart(widths[2]!), verdict]
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
