// SPDX-License-Identifier: GPL-2.0-only
// Guest memory as a strip: the memslots of a VM side by side in order of their gfns, what lies between them folded.

import type { Kvm, Memslot } from "../../engine/index.ts";

/** One memslot on the strip: its gfns from `x` on, `width` pixels. */
export interface GfnSegment {
  readonly memslot: Memslot;
  readonly x: number;
  readonly width: number;
}

export interface GfnAxis {
  readonly segments: readonly GfnSegment[];
  readonly width: number;
  /** Gfns that no slot holds, between two of them: how many, and the middle of the fold. */
  readonly folds: readonly { readonly x: number; readonly gfns: number }[];
}

/** The strip's edge before the first slot and after the last one, and a fold, in pixels. */
const [EDGE, FOLD] = [10, 44] as const;

/** The least width of a slot: its number fits. */
const SLOT_MIN = 28;

/** The visible slots of `kvm` on `width` pixels; one of many pages is wider, but not in proportion. */
export function gfnAxis(kvm: Kvm, memslots: readonly Memslot[], width: number): GfnAxis {
  const slots = kvm.slotsByGfn.map((id) => memslots[id] as Memslot);
  const gaps = slots.slice(1).map((slot, k) => slot.baseGfn - endOf(slots[k] as Memslot));
  const folded = gaps.filter((gap) => gap > 0).length;
  const weights = slots.map(({ npages }) => 1 + Math.log2(npages));
  const room = Math.max(0, width - 2 * EDGE - folded * FOLD - slots.length * SLOT_MIN);
  const perWeight = room / weights.reduce((sum, weight) => sum + weight, 0);
  const folds: { x: number; gfns: number }[] = [];
  let x = EDGE;
  const segments = slots.map((memslot, k): GfnSegment => {
    const gap = gaps[k - 1] ?? 0;
    if (gap > 0) {
      folds.push({ x: x + FOLD / 2, gfns: gap });
      x += FOLD;
    }
    const segment = { memslot, x, width: SLOT_MIN + (weights[k] as number) * perWeight };
    x += segment.width;
    return segment;
  });
  return { segments, width, folds };
}

/** Where gfn `gfn`, up to 2^64, lies: in its slot, else at the edge of the next one. */
export function xOfGfn({ segments, width }: GfnAxis, gfn: bigint): number {
  for (const { memslot, x, width: own } of segments) {
    const into = Number(gfn - BigInt(memslot.baseGfn));
    if (into <= 0) return into === 0 ? x : x - EDGE;
    if (into <= memslot.npages) return x + (into / memslot.npages) * own;
  }
  return width;
}

const endOf = ({ baseGfn, npages }: Memslot) => baseGfn + npages;
