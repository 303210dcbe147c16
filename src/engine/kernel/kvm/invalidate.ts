// SPDX-License-Identifier: GPL-2.0-only
// The bracket around freeing: while it is open, no fault may install what is being taken away.
//
// Models    kvm_mmu_invalidate_begin(), _range_add(), _end() in virt/kvm/kvm_main.c
// Left out  what becomes of a negative count; see underflow.ts

import type { GfnRange, Kvm } from "./kvm.ts";

/** Opens a bracket. Context: mmu_lock held for writing, as for all three. */
export function mmuInvalidateBegin(kvm: Kvm): void {
  kvm.mmuInvalidateInProgress++;
  // Only the step from 0 to 1 forgets the old range. After an end that had no start, the count goes from -1
  // to 0, and the old range lives on (T-b2).
  if (kvm.mmuInvalidateInProgress === 1) kvm.mmuInvalidateRange = null;
}

/** Widens the tracked range so that it covers `range`. */
export function mmuInvalidateRangeAdd(kvm: Kvm, range: GfnRange): GfnRange {
  const old = kvm.mmuInvalidateRange;
  const wider =
    old === null
      ? range
      : {
          start: old.start < range.start ? old.start : range.start,
          end: old.end > range.end ? old.end : range.end,
        };
  kvm.mmuInvalidateRange = wider;
  return wider;
}

/** Closes a bracket. The sequence grows before the count falls: a fault must see one or the other. */
export function mmuInvalidateEnd(kvm: Kvm): void {
  kvm.mmuInvalidateSeq++;
  kvm.mmuInvalidateInProgress--;
}

/** Whether a fault at a gfn of [start, end) must wait: a bracket is open and the tracked range reaches there. */
export function mmuInvalidateBlocks(kvm: Kvm, start: number, end: number): boolean {
  if (kvm.mmuInvalidateInProgress === 0) return false;
  const range = kvm.mmuInvalidateRange;
  if (range === null) return true;
  // An empty range holds no gfn: the one that a fresh VM has may be tested, after an end without a start (T-b2).
  return range.start < range.end && range.start < BigInt(end) && BigInt(start) < range.end;
}
