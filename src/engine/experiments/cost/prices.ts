// SPDX-License-Identifier: GPL-2.0-only
// What single things cost in nanoseconds, each with where that comes from. Measured, fitted and assumed prices never look alike.

/** `measured`: somebody measured it. `fitted`: from measurements of a live kernel, see fit.ts. `assumed`: no source. */
export type PriceTag = "measured" | "fitted" | "assumed";

/** How walks are priced: as measured in C with warm or cold caches, or with the assumed prices of a node and a call. */
export const WALK_BASES = ["warm", "cold", "assumed"] as const;
export type WalkBasis = (typeof WALK_BASES)[number];

export const PRICE_IDS = [
  "listNode",
  "callback",
  "xarrayLevel",
  "lock",
  "spteZap",
  "flushBase",
  "flushReceiver",
  "gracePeriod",
] as const;
export type PriceId = (typeof PRICE_IDS)[number];

export interface Price {
  readonly ns: number;
  /** What is thinkable. */
  readonly low: number;
  readonly high: number;
  readonly tag: PriceTag;
  readonly what: string;
  readonly source: string;
}

const assumed = (ns: number, low: number, high: number, what: string, source = "no source found"): Price => ({
  ...{ ns, low, high, tag: "assumed", what, source },
});

const SHOOTDOWN = "two web pages on TLB shootdowns, which disagree: 0.2 and 1.5 us for each further core";

/** vCPUs of the flush that everything is held against. */
export const FLUSH_VCPUS = 64;

/** What such a flush costs (domain 7.2: 14 us, up to 100). */
const FLUSH_NS = 14_000;

/** The defaults; a person may set each of them. */
export const PRICES: Readonly<Record<PriceId, Price>> = {
  listNode: assumed(80, 5, 120, "a list node that is in no cache", "one or two cache misses"),
  callback: assumed(15, 5, 40, "an indirect call with mitigations"),
  xarrayLevel: assumed(80, 10, 80, "a node of the xarray that is in no cache; 10 ns where it is"),
  lock: assumed(40, 20, 100, "taking a lock that nobody holds"),
  spteZap: assumed(50, 20, 200, "zapping one SPTE"),
  flushBase: assumed(1_000, 1_000, 3_000, "a TLB flush: interrupt and acknowledgement", SHOOTDOWN),
  flushReceiver: assumed(
    (FLUSH_NS - 1_000) / FLUSH_VCPUS,
    200,
    1_500,
    "each vCPU that has to acknowledge a flush: 64 of them come to 14 us",
    SHOOTDOWN,
  ),
  gracePeriod: {
    ns: 16e6,
    low: 4e6,
    high: 32e6,
    tag: "measured",
    what: "synchronize_rcu()",
    source:
      "Paul McKenney's journal on how read-intensive the kernel's use of RCU is: a kernel build as load, one system",
  },
};

/** What a price is set to where it is not the default. Nanoseconds, 0 or more. */
export type SetPrices = Readonly<Partial<Record<PriceId, number>>>;

export const priceOf = (set: SetPrices, id: PriceId): number => set[id] ?? PRICES[id].ns;

/** A TLB flush of `vcpus` vCPUs in guest mode. */
export const flushNs = (set: SetPrices, vcpus: number): number =>
  priceOf(set, "flushBase") + vcpus * priceOf(set, "flushReceiver");
