// SPDX-License-Identifier: GPL-2.0-only
// What all the punches of a recorded machine cost, over its own memslots and over more of them.

import {
  COUNTER_IDS,
  type Counters,
  type Pricing,
  punchCost,
  type Span,
  treeOf,
  type VariantId,
} from "../../../engine/index.ts";
import { variantName } from "../../text/variant.ts";
import { NS, type Table } from "./tables.ts";

/** One design over one layout of memslots. */
export interface VmBill {
  /** `as it is`, or the number of memslots that its file is cut into. */
  readonly layout: string;
  readonly slots: number;
  readonly variant: VariantId;
  readonly bound: number;
  readonly callbacks: number;
  readonly wasted: number;
  /** Of all punches. */
  readonly cost: Span;
}

/** `total`, over `bound` memslots of about `slotPages` pages: so many punches, each priced as their average. */
export function costOfAll(
  variant: VariantId,
  total: Counters,
  { bound, slotPages }: { readonly bound: number; readonly slotPages: number },
  pricing: Pricing,
): Span {
  const { punches } = total;
  if (punches === 0 || bound === 0) return { ns: 0, low: 0, high: 0, inRange: true };
  const counts = Object.fromEntries(COUNTER_IDS.map((id) => [id, total[id] / punches])) as Counters;
  const tree = treeOf({ slotPages, alignment: "aligned", holes: [], vms: 1 });
  const { ns, low, high, inRange } = punchCost({ variant, bound, counts, tree }, pricing);
  return { ns: ns * punches, low: low * punches, high: high * punches, inRange };
}

export const vmTable = (bills: readonly VmBill[]): Table => ({
  caption: "The bill of all punches, by layout and design",
  columns: [
    ...["memslots", "design", "bound", "refused", "callbacks", "for nothing"].map((title) => ({ title })),
    { title: "all punches", ...NS },
  ],
  rows: bills.map(({ layout, slots, variant, bound, callbacks, wasted, cost }) => [
    ...[layout, variantName(variant), bound, slots - bound, callbacks, wasted, cost.ns],
  ]),
});
