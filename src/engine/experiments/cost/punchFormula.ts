// SPDX-License-Identifier: GPL-2.0-only
// What one punch over a layout costs each design, in closed form: beyond what can be stepped, and for all the holes of
// a recording at once. Tests hold it equal to stepping.
//
// The machine is at rest, the first gfn of a slot is its first page of the file (so no callback wraps around, T-o), and
// every page of a bound slot is there and mapped.

import type { LastMode } from "../../kernel/restrictedmem/review/file.ts";
import { type Counters, newCounters } from "../machine/counters.ts";
import type { VariantId } from "../machine/variants.ts";
import { bindingsOf } from "./bindings.ts";
import type { Hole, Layout } from "./layout.ts";
import { walkerOf } from "./walkFormula.ts";

/** What the xarray's designs pass as the last index; null for the list, which stores none. */
export const LAST_MODES: Record<VariantId, LastMode | null> = {
  v10: null,
  review: "endMinus1",
  "review-seed": "exclusiveAsLast",
};

/** The slots of `layout` that `variant` lets be. */
export function boundSlots(variant: VariantId, layout: Layout): number {
  const mode = LAST_MODES[variant];
  return mode === null ? layout.slots : bindingsOf(layout, mode).bound;
}

/** The counts of a punch of a hole of at least one page. */
export type PunchCounter = (hole: Hole) => Counters;

/** What counts punches over the slots of `layout` that `variant` has bound, one after the other. */
export function punchCounter(variant: VariantId, layout: Layout): PunchCounter {
  const mode = LAST_MODES[variant];
  const counted = mode === null ? listPunches(layout) : xarrayPunches(layout, mode);
  const nothing = newCounters();
  return (hole) => ({ ...nothing, punches: 1, walksAtOnceMax: 1, ...counted(hole) });
}

type Counted = (hole: Hole) => Partial<Counters>;

/** Both walks come to every slot. */
const listPunches =
  ({ slots, slotAt, startOf }: Layout): Counted =>
  (hole) => {
    const first = Math.max(0, slotAt(hole.start));
    const last = Math.min(slots - 1, slotAt(hole.end - 1));
    const hit = Math.max(0, last - first + 1);
    const pages = Math.max(0, Math.min(hole.end, startOf(slots)) - Math.max(hole.start, startOf(0)));
    return {
      ...{ startCallbacks: slots, endCallbacks: slots, startHits: hit, endHits: hit },
      ...{ wasted: 2 * (slots - hit), listNodesRead: 2 * slots, rmLockTakes: 2, mmuLockTakes: 2 * hit },
      ...{ sptesZapped: pages, tlbFlushes: hit, pagesFreed: pages },
    };
  };

/** Both walks come to every entry that the hole meets; what a slot's first call has zapped its second finds gone. */
function xarrayPunches(layout: Layout, mode: LastMode): Counted {
  const bindings = bindingsOf(layout, mode);
  const walk = walkerOf(bindings);
  return (hole) => {
    let hits = 0;
    let slots = 0;
    let pages = 0;
    let previous = -1;
    const last = mode === "endMinus1" ? hole.end - 1 : hole.end;
    const { visits, slotsRead, nodesRead } = walk(hole.start, last, (range) => {
      const slot = bindings.slotOf(range);
      const from = Math.max(hole.start, layout.startOf(slot));
      const to = Math.min(hole.end, layout.startOf(slot + 1));
      if (to <= from) return;
      hits++;
      if (range === previous) return;
      previous = range;
      slots++;
      pages += to - from;
    });
    return {
      ...{ startCallbacks: visits, endCallbacks: visits, startHits: hits, endHits: hits },
      ...{ wasted: 2 * (visits - hits), entriesVisited: 2 * visits, rmLockTakes: 1, mmuLockTakes: 2 * hits },
      ...{ xarrayNodesRead: 2 * nodesRead, xarraySlotsRead: 2 * slotsRead },
      ...{ sptesZapped: pages, tlbFlushes: slots, pagesFreed: pages },
    };
  };
}
