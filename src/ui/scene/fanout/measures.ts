// SPDX-License-Identifier: GPL-2.0-only
// What a chart can show of a punch.

import type { CostRow, Pricing, Span, SweepCase, SweepRow } from "../../../engine/index.ts";
import { punchCost, treeOf } from "../../../engine/index.ts";
import type { MeasureId } from "../../text/fanout/names.ts";

/** A row of a sweep with what it costs. */
export type PricedRow = CostRow;

/** `rows` of a sweep of `wanted`, priced. */
export function pricedRows(rows: readonly SweepRow[], wanted: SweepCase, pricing: Pricing): PricedRow[] {
  const tree = treeOf(wanted);
  return rows.map((row): PricedRow => {
    const { variant, bound, counts } = row;
    return { ...row, cost: punchCost({ variant, bound, counts, tree }, pricing) };
  });
}

/** Callbacks of both walks. */
export const callbacksOf = ({ counts }: SweepRow): number => counts.startCallbacks + counts.endCallbacks;

/** Entries of the list and slots of xarray nodes that both walks read. */
export const readsOf = ({ counts }: SweepRow): number => counts.listNodesRead + counts.xarraySlotsRead;

const exact = (value: number): Span => ({ ns: value, low: value, high: value, inRange: true });

/** `ns` of a span is the value, in whatever unit the measure has. */
export const MEASURES: Readonly<Record<MeasureId, (row: PricedRow) => Span>> = {
  ns: ({ cost }) => cost,
  callbacks: (row) => exact(callbacksOf(row)),
  wasted: ({ counts }) => exact(counts.wasted),
  reads: (row) => exact(readsOf(row)),
  bytes: ({ bytes }) => exact(bytes),
};
