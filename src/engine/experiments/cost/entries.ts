// SPDX-License-Identifier: GPL-2.0-only
// The entries that bindings are stored as, one range after the other. How a range is cut depends on the low digits of
// where it begins alone, so slots of one size share a few patterns, and a million of them are told in no time.

import { xaRunsOf, type XaRun } from "../../kernel/xarray/index.ts";
import type { Bindings } from "./bindings.ts";

/** An entry, the stored range that it is of, and its place among the entries of that range. */
export interface BoundEntry extends XaRun {
  readonly last: number;
  readonly range: number;
  readonly nth: number;
}

/** The entries of range `j`, as they would be if it began at `first - from`: `from` is to be added. */
export interface RangeEntries {
  readonly from: number;
  readonly runs: readonly XaRun[];
}

/** Tells the entries of each range of `bindings`. */
export function entriesByRange({ firstOf, lastOf }: Bindings): (range: number) => RangeEntries {
  const patterns = new Map<number, Map<number, readonly XaRun[]>>();
  return (range) => {
    const first = firstOf(range);
    const size = lastOf(range) - first + 1;
    // A run climbs one level for each factor of 64 in the range, and looks at its place among the 64 there.
    let span = 64;
    while (span <= size) span *= 64;
    span *= 64;
    const at = first % span;
    const ofSize = patterns.get(size) ?? new Map<number, readonly XaRun[]>();
    const known = ofSize.get(at);
    if (known !== undefined) return { from: first - at, runs: known };
    const runs = xaRunsOf(at, at + size - 1);
    patterns.set(size, ofSize.set(at, runs));
    return { from: first - at, runs };
  };
}

/** The entries of `bindings` from one to the next. */
export function entriesOf(bindings: Bindings) {
  const { bound, from } = bindings;
  const entriesIn = entriesByRange(bindings);
  const entry = (range: number, { from: added, runs }: RangeEntries, nth: number): BoundEntry => {
    const { first, size, shift } = runs[nth] as XaRun;
    return { first: first + added, last: first + added + size - 1, size, shift, range, nth };
  };
  const lastOfRange = (range: number) => {
    const all = entriesIn(range);
    return entry(range, all, all.runs.length - 1);
  };
  return {
    /** The first entry that ends at `index` or later. */
    from(index: number): BoundEntry | null {
      const range = from(index);
      if (range === bound) return null;
      const all = entriesIn(range);
      const nth = all.runs.findIndex(({ first, size }) => all.from + first + size > index);
      return entry(range, all, nth);
    },
    after({ range, nth }: BoundEntry): BoundEntry | null {
      const all = entriesIn(range);
      if (nth + 1 < all.runs.length) return entry(range, all, nth + 1);
      return range + 1 < bound ? entry(range + 1, entriesIn(range + 1), 0) : null;
    },
    before({ range, nth }: BoundEntry): BoundEntry | null {
      if (nth > 0) return entry(range, entriesIn(range), nth - 1);
      return range > 0 ? lastOfRange(range - 1) : null;
    },
    last: (): BoundEntry => lastOfRange(bound - 1),
  };
}
