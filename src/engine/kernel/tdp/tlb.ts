// SPDX-License-Identifier: GPL-2.0-only
// The translations that one virtual processor remembers.
//
// Models    a TLB with entries for leaves of any size
// Left out  how little it holds: an entry stays until the next flush, which is the worst that a missing one can do.
//           Where two leaves of different size map a gfn, before a flush, the smaller one is found.

import { blockOf, type Leaf } from "./level.ts";

/** Plain data: the leaf as it was when it was walked to, by its first gfn; the last one filled where two begin there. */
export type Tlb = Record<number, Leaf>;

export const newTlb = (): Tlb => ({});

/** A copy: what is filled or flushed in one is not seen in the other. */
export const copyTlb = (tlb: Tlb): Tlb => ({ ...tlb });

/** The entry that translates `gfn`, or null. */
export function tlbFind(tlb: Tlb, gfn: number): Leaf | null {
  for (const level of [1, 2, 3] as const) {
    const leaf = tlb[blockOf(gfn, level)];
    // The leaf that begins there may be a smaller one, which ends before `gfn`.
    if (leaf !== undefined && leaf.level >= level) return leaf;
  }
  return null;
}

export function tlbFill(tlb: Tlb, leaf: Leaf): void {
  tlb[leaf.gfn] = leaf;
}

/** Forgets everything. Returns how many entries there were. */
export function tlbFlush(tlb: Tlb): number {
  const entries = Object.keys(tlb);
  for (const gfn of entries) delete tlb[Number(gfn)];
  return entries.length;
}

/** Ascending by gfn. */
export const tlbEntries = (tlb: Tlb): Leaf[] => Object.values(tlb).sort((a, b) => a.gfn - b.gfn);
