// SPDX-License-Identifier: GPL-2.0-only
// What a walk of the xarray reads, without the xarray: where each stored range ends up in the tree is arithmetic, and so
// is the way from one entry to the next. A million slots cost what the hole meets of them.
//
// The tree is that of storeRange.ts, the walk that of walk.ts; a property test holds the counts equal to both.

import { XA_HEAD_SHIFT, xaTopShift } from "../../kernel/xarray/index.ts";
import type { Bindings } from "./bindings.ts";
import { type BoundEntry, entriesOf } from "./entries.ts";

/** The counts of one walk, named as those of the xarray's own. */
export interface WalkCounts {
  visits: number;
  slotsRead: number;
  nodesRead: number;
}

/** Bits of an index that one level of the tree decides. */
const LEVEL = 6;

const floorTo = (index: number, shift: number) => Math.floor(index / 2 ** shift) * 2 ** shift;

/** The shift of the top node of the tree that holds `bindings`, or XA_HEAD_SHIFT. */
export function topShiftOf(bindings: Bindings): number {
  const { bound, firstOf, lastOf } = bindings;
  const top = (j: number) => xaTopShift(firstOf(j), lastOf(j));
  // Two entries never fit the head.
  return bound === 1 ? top(0) : Math.max(0, top(0), top(bound - 1));
}

/** Walks over `[first, last]`, both included, and tells `visit` the range that each visit belongs to. */
export type Walker = (first: number, last: number, visit: (range: number) => void) => WalkCounts;

/** What walks `bindings`, again and again. */
export function walkerOf(bindings: Bindings): Walker {
  const top = topShiftOf(bindings);
  const entries = entriesOf(bindings);
  return (first, last, visit) => walked(bindings, top, entries, first, last, visit);
}

function walked(
  bindings: Bindings,
  top: number,
  entries: ReturnType<typeof entriesOf>,
  first: number,
  last: number,
  visit: (range: number) => void,
): WalkCounts {
  const counts: WalkCounts = { visits: 0, slotsRead: 0, nodesRead: 0 };
  const covered = 2 ** (top + LEVEL);
  const nodeLast: number[] = [];

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
  function descend(index: number, at: BoundEntry | null, before: BoundEntry | null): BoundEntry | null {
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
        (at !== null && at.first < slot + 2 ** shift) || (before !== null && before.last >= slot);
      if (isNode) continue;
      stoppedAt = shift;
      return null;
    }
  }

  /** Upward from slot `from` of a node of `shift` to `next`, past siblings and empty slots. Null beyond `last`. */
  function scan(shift: number, from: number, next: BoundEntry | null): BoundEntry | null {
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
    if (after <= at.last) {
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
