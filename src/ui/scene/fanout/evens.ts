// SPDX-License-Identifier: GPL-2.0-only
// The numbers of memslots from which on the list costs more: than the xarray, and than a flush that both designs pay.

import { breakEven, flushEven, treeOf, type WalkBasis } from "../../../engine/index.ts";
import type { PricedRow } from "./measures.ts";
import { caseOf, type FanoutSettings } from "./settings.ts";

export interface Evens {
  /** The walks alone, over a hole of one page; null where nobody measured such walks. */
  readonly walks: number | null;
  /** The largest number of memslots of the chart at which the whole punch is cheaper with the list; null if at none. */
  readonly listCheaperUpTo: number | null;
  /** Whether the list is cheaper wherever the chart looks. */
  readonly isListAlwaysCheaper: boolean;
  /** The list's two walks against a flush of 64 vCPUs, by how walks are priced. */
  readonly flush: Readonly<Record<WalkBasis, number>>;
}

/** `list` and `xarray` are the rows of `v10` and `review`, of the same sizes. */
export function evensOf(
  settings: FanoutSettings,
  list: readonly PricedRow[],
  xarray: readonly PricedRow[],
): Evens {
  const { walks, hole, prices } = settings;
  const isOnePage = "pages" in hole && hole.pages === 1;
  const bySize = new Map(xarray.map((row) => [row.slots, row.cost.ns]));
  const both = list.filter(({ slots }) => bySize.has(slots));
  const cheaper = both.filter(({ slots, cost }) => cost.ns < (bySize.get(slots) as number));
  return {
    walks: walks !== "assumed" && isOnePage ? breakEven(walks, treeOf(caseOf(settings))) : null,
    listCheaperUpTo: cheaper.at(-1)?.slots ?? null,
    isListAlwaysCheaper: both.length > 0 && cheaper.length === both.length,
    flush: {
      warm: flushEven("warm", prices),
      cold: flushEven("cold", prices),
      assumed: flushEven("assumed", prices),
    },
  };
}
