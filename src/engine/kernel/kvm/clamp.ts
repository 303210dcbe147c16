// SPDX-License-Identifier: GPL-2.0-only
// From punched file pages to a slot's gfns. Both versions that were posted.
//
// Models    the range arithmetic in KVM's restrictedmem callbacks

import type { Gfn, Pgoff } from "../../units.ts";
import type { GfnRange } from "./kvm.ts";

/** What the arithmetic reads of a memslot. */
export interface SlotSpan {
  readonly baseGfn: Gfn;
  /** File page of the first gfn; unsigned in these sums. Below zero where user space passed a huge offset (T-ah). */
  readonly pgoff: Pgoff;
  readonly npages: number;
}

/** The gfns of `slot` that file pages [start, end) back, or null where there are none. */
export type Clamp = (slot: SlotSpan, start: Pgoff, end: Pgoff) => GfnRange | null;

/**
 * As posted with v10: unsigned 64-bit sums and no look at where the slot begins. A punch that ends before the
 * slot's first page wraps around unless base_gfn is large, and then "reaches" nearly every gfn (T-o).
 */
export const clampAsPosted: Clamp = (slot, start, end) => {
  // Where the sum can't wrap, and that is nearly every call of a walk, doubles are exact and far cheaper.
  if (slot.pgoff >= 0 && slot.baseGfn + end >= slot.pgoff) return clampExactly(slot, start, end);
  // A slot so far up that its pages have negative indices lies behind every punch, and the same sum wraps.
  const base = BigInt(slot.pgoff);
  const gfnStart = BigInt(slot.baseGfn);
  const gfnEnd = BigInt.asUintN(64, gfnStart + BigInt(end) - base);
  return gfnStart < gfnEnd ? { start: gfnStart, end: gfnEnd } : null;
};

/** As repaired in the review's tree: a slot that the punch doesn't overlap is skipped before any sum is made. */
export const clampAfterSkip: Clamp = (slot, start, end) =>
  start >= slot.pgoff + slot.npages || end <= slot.pgoff || slot.pgoff < 0
    ? null
    : clampExactly(slot, start, end);

function clampExactly({ baseGfn, pgoff, npages }: SlotSpan, start: number, end: number): GfnRange | null {
  const gfnStart = start > pgoff ? baseGfn + start - pgoff : baseGfn;
  const gfnEnd = end < pgoff + npages ? baseGfn + end - pgoff : baseGfn + npages;
  return gfnStart < gfnEnd ? { start: BigInt(gfnStart), end: BigInt(gfnEnd) } : null;
}
