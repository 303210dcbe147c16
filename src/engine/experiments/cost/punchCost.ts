// SPDX-License-Identifier: GPL-2.0-only
// Counts of a punch in, nanoseconds out, part by part and each part with how its price is known.

import type { Counters } from "../machine/counters.ts";
import type { VariantId } from "../machine/variants.ts";
import { CALIBRATION_SOURCE, listWalk, type MeasuredTree, type Span, xarrayWalk } from "./calibration.ts";
import { FITTED, FITTED_SOURCE, freedNs } from "./fit.ts";
import { PRICES, type PriceId, type PriceTag, priceOf, type SetPrices, type WalkBasis } from "./prices.ts";

/** In the order in which a punch comes to them. */
export const COST_PARTS = ["call", "walk", "callbacks", "locks", "zap", "flush", "free"] as const;
export type CostPartId = (typeof COST_PARTS)[number];

export interface CostPart extends Span {
  readonly part: CostPartId;
  readonly tag: PriceTag;
  /** Where its price comes from, in words. */
  readonly source: string;
}

/** What is priced. */
export interface Priced {
  readonly variant: VariantId;
  /** Slots that the design has bound. */
  readonly bound: number;
  readonly counts: Counters;
  /** The measured tree that the design's is taken for. */
  readonly tree: MeasuredTree;
}

export interface Pricing {
  readonly basis: WalkBasis;
  /** vCPUs in guest mode, of each VM that is flushed. */
  readonly vcpus: number;
  readonly set: SetPrices;
}

/** A whole punch: `ns` with `low` and `high`, and the parts that it is the sum of. */
export interface PunchCost extends Span {
  readonly parts: readonly CostPart[];
}

/** What a punch with these counts costs. */
export function punchCost(priced: Priced, pricing: Pricing): PunchCost {
  const { counts } = priced;
  const { set, vcpus } = pricing;
  const calls = counts.startCallbacks + counts.endCallbacks;
  const walks = walksOf(priced, pricing);
  const times = (id: PriceId, n: number): Span => {
    const { ns, low, high } = PRICES[id];
    const own = set[id];
    const isSet = own !== undefined;
    return exact((isSet ? own : ns) * n, (isSet ? own : low) * n, (isSet ? own : high) * n);
  };
  const hits = fittedPart(FITTED.hitCall * counts.startHits);
  // The measured walks make their calls; with assumed prices the calls are a price of their own.
  const calling = pricing.basis === "assumed" ? plus(hits, times("callback", calls)) : hits;
  const flushes = sum([
    times("flushBase", counts.tlbFlushes),
    times("flushReceiver", counts.tlbFlushes * vcpus),
  ]);
  const isAssumed = pricing.basis === "assumed";
  const known = (id: PriceId) => (set[id] === undefined ? PRICES[id].source : "set by hand");
  const fitted = { tag: "fitted", source: FITTED_SOURCE } as const;
  const assumed = (id: PriceId) => ({ tag: "assumed", source: known(id) }) as const;
  const walked = isAssumed
    ? assumed(priced.variant === "v10" ? "listNode" : "xarrayLevel")
    : ({ tag: "measured", source: walkSource(priced, pricing) } as const);
  const parts: CostPart[] = [
    { part: "call", ...fitted, ...fittedPart(FITTED.systemCall) },
    { part: "walk", ...walked, ...walks },
    {
      ...{ part: "callbacks", ...(isAssumed ? assumed("callback") : fitted), ...calling },
      source: isAssumed ? `each call: ${known("callback")}; one that hits: ${FITTED_SOURCE}` : FITTED_SOURCE,
    },
    { part: "locks", ...assumed("lock"), ...times("lock", counts.rmLockTakes + counts.mmuLockTakes) },
    { part: "zap", ...assumed("spteZap"), ...times("spteZap", counts.sptesZapped) },
    { part: "flush", ...assumed("flushBase"), ...flushes },
    { part: "free", ...fitted, ...fittedPart(freedNs(counts.pagesFreed)) },
  ];
  return { ...sum(parts), parts };
}

/** What was measured, and for which tree where it is the xarray's. */
function walkSource({ variant, tree }: Priced, { basis }: Pricing): string {
  const of =
    variant === "v10" ? "" : `, slots of ${tree.slotPages} pages${tree.isShifted ? " from page 1 on" : ""}`;
  return `${CALIBRATION_SOURCE}, ${basis} caches${of}`;
}

/** Both walks of a punch. */
export function walksOf({ variant, bound, counts, tree }: Priced, { basis, set }: Pricing): Span {
  if (basis === "assumed") {
    const ns =
      counts.listNodesRead * priceOf(set, "listNode") + counts.xarrayNodesRead * priceOf(set, "xarrayLevel");
    const bound = (end: "low" | "high") =>
      counts.listNodesRead * (set.listNode ?? PRICES.listNode[end]) +
      counts.xarrayNodesRead * (set.xarrayLevel ?? PRICES.xarrayLevel[end]);
    return exact(ns, bound("low"), bound("high"));
  }
  return twice(
    variant === "v10"
      ? listWalk(basis, bound)
      : xarrayWalk(basis, tree, bound, counts.startCallbacks, counts.pagesFreed <= 1),
  );
}

const exact = (ns: number, low: number, high: number): Span => ({ ns, low, high, inRange: true });
const fittedPart = (ns: number): Span => exact(ns, ns, ns);

const twice = ({ ns, low, high, inRange }: Span): Span => ({
  ns: 2 * ns,
  low: 2 * low,
  high: 2 * high,
  inRange,
});

const plus = (a: Span, b: Span): Span => sum([a, b]);

const sum = (spans: readonly Span[]): Span => ({
  ns: spans.reduce((all, { ns }) => all + ns, 0),
  low: spans.reduce((all, { low }) => all + low, 0),
  high: spans.reduce((all, { high }) => all + high, 0),
  inRange: spans.every(({ inRange }) => inRange),
});
