// SPDX-License-Identifier: GPL-2.0-only
// What a walk of the xarray reads, without the xarray: where each stored range ends up in the tree is arithmetic, and so
// is the way from one entry to the next. A million slots cost what the hole meets of them.
//
// The tree is that of storeRange.ts, the walk that of walk.ts; a property test holds the counts equal to both.

import { xaRunsOf, XA_HEAD_SHIFT, xaTopShift, type XaRun } from "../../kernel/xarray/index.ts";
import type { Bindings } from "./bindings.ts";

/** The counts of one walk, named as those of the xarray's own. */
export interface WalkCounts {
  visits: number;
  slotsRead: number;
  nodesRead: number;
}

/** An entry of the tree, the stored range that it is of, and its place among the entries of that range. */
interface At extends XaRun {
  readonly range: number;
  readonly nth: number;
}

/** Bits of an index that one level of the tree decides. */
const LEVEL = 6;

const floorTo = (index: number, shift: number) => Math.floor(index / 2 ** shift) * 2 ** shift;
const lastIn = ({ first, size }: XaRun) => first + size - 1;

/** The shift of the top node of the tree that holds `bindings`, or XA_HEAD_SHIFT. */
export function topShiftOf(bindings: Bindings): number {
  const { bound, firstOf, lastOf } = bindings;
  const top = (j: number) => xaTopShift(firstOf(j), lastOf(j));
  // Two entries never fit the head.
  return bound === 1 ? top(0) : Math.max(0, top(0), top(bound - 1));
}

/**
 * Walks `bindings` over `[first, last]`, both included, and tells `visit` the range that each visit belongs to.
 */
export function walkFormula(
  bindings: Bindings,
  first: number,
  last: number,
  visit: (range: number) => void = () => {},
): WalkCounts {
  const counts: WalkCounts = { visits: 0, slotsRead: 0, nodesRead: 0 };
  const top = topShiftOf(bindings);
  const covered = 2 ** (top + LEVEL);
  const nodeLast: number[] = [];
  const entries = entriesOf(bindings);

  /** Reads `slots` slots of the node of `shift` that `index` lies in. */
  function read(shift: number, index: number, slots = 1): void {
    counts.slotsRead += slots;
    const node = floorTo(index, shift + LEVEL);
    if (nodeLast[shift / LEVEL] === node) return;
    nodeLast[shift / LEVEL] = node;
    counts.nodesRead++;
  }

  /**
   * From the head to `index`. `at` is the first entry that ends there or later, `before` the one before it. Returns null
   * where `index` belongs to no entry: then the shift of the empty slot that it came to is `stoppedAt`.
   */
  let stoppedAt = 0;
  function descend(index: number, at: At | null, before: At | null): At | null {
    const covers = at !== null && at.first <= index;
    for (let shift = top; ; shift -= LEVEL) {
      const slot = floorTo(index, shift);
      read(shift, index);
      if (covers && at.shift === shift) {
        // A sibling leads back to the slot of its entry.
        if (slot !== at.first) read(shift, index);
        return at;
      }
      const isNode =
        (at !== null && at.first < slot + 2 ** shift) || (before !== null && lastIn(before) >= slot);
      if (isNode) continue;
      stoppedAt = shift;
      return null;
    }
  }

  /** Upward from slot `from` of a node of `shift` to `next`, past siblings and empty slots. Null beyond `last`. */
  function scan(shift: number, from: number, next: At | null): At | null {
    let level = shift;
    let index = from;
    let node = floorTo(from - 2 ** shift, shift + LEVEL);
    while (index <= last) {
      const end = node + 2 ** (level + LEVEL);
      if (index === end) {
        if (level === top) return null;
        level += LEVEL;
        node = floorTo(node, level + LEVEL);
        continue;
      }
      const goal = next === null ? end : Math.min(end, floorTo(next.first, level));
      if (next !== null && goal === index) {
        read(level, index);
        if (next.shift === level) return next;
        level -= LEVEL;
        node = index;
        continue;
      }
      const slots = Math.min((goal - index) / 2 ** level, Math.floor((last - index) / 2 ** level) + 1);
      read(level, index, slots);
      index += slots * 2 ** level;
    }
    return null;
  }

  if (first >= covered || bindings.bound === 0) return counts;
  let next = entries.from(first);
  if (top === XA_HEAD_SHIFT) {
    // The whole tree is the entry in the head, which is looked at for nothing.
    counts.visits = 1;
    visit(0);
    return counts;
  }
  let index = first;
  let at = descend(first, next, next === null ? entries.last() : entries.before(next));
  if (at === null) at = scan(stoppedAt, floorTo(first, stoppedAt) + 2 ** stoppedAt, next);
  if (at !== null) index = Math.max(first, at.first);
  while (at !== null) {
    counts.visits++;
    visit(at.range);
    const after = index + 1;
    if (after > last || after >= covered) break;
    next = entries.after(at);
    if (after <= lastIn(at)) {
      descend(after, at, null);
      // In a leaf the search goes on from the index, above it from the entry's own slot.
      at = scan(at.shift, at.shift === 0 ? after + 1 : at.first + 2 ** at.shift, next);
    } else {
      const from = after;
      at = descend(from, next, at) ?? scan(stoppedAt, floorTo(from, stoppedAt) + 2 ** stoppedAt, next);
    }
    if (at !== null) index = at.first;
  }
  return counts;
}

/** The entries of all bindings, from one to the next. */
function entriesOf({ bound, firstOf, lastOf, from }: Bindings) {
  const kept: { range: number; runs: XaRun[] }[] = [];
  function runsOf(range: number): XaRun[] {
    const known = kept.find((one) => one.range === range);
    if (known !== undefined) return known.runs;
    const runs = xaRunsOf(firstOf(range), lastOf(range));
    if (kept.length === 3) kept.shift();
    kept.push({ range, runs });
    return runs;
  }
  const nth = (range: number, n: number): At => ({ ...(runsOf(range)[n] as XaRun), range, nth: n });
  const lastOfRange = (range: number) => nth(range, runsOf(range).length - 1);
  return {
    /** The first entry that ends at `index` or later. */
    from(index: number): At | null {
      const range = from(index);
      if (range === bound) return null;
      return nth(
        range,
        runsOf(range).findIndex((run) => lastIn(run) >= index),
      );
    },
    after({ range, nth: n }: At): At | null {
      if (n + 1 < runsOf(range).length) return nth(range, n + 1);
      return range + 1 < bound ? nth(range + 1, 0) : null;
    },
    before({ range, nth: n }: At): At | null {
      if (n > 0) return nth(range, n - 1);
      return range > 0 ? lastOfRange(range - 1) : null;
    },
    last: (): At => lastOfRange(bound - 1),
  };
}
