// SPDX-License-Identifier: GPL-2.0-only
// Guest memory as a strip: the memslots of a VM side by side in order of their gfns, what lies between them folded.

import type { Kvm, Memslot } from "../../engine/index.ts";

/** One memslot on the strip: its gfns from `x` on, `width` pixels. */
export interface GfnSegment {
  readonly memslot: Memslot;
  readonly x: number;
  readonly width: number;
  /** Its leaves stand in so many columns, and begin and end so many pixels inside of it. */
  readonly columns: number;
  readonly inset: number;
}

export interface GfnAxis {
  readonly segments: readonly GfnSegment[];
  readonly width: number;
  readonly folds: readonly Fold[];
}

/** What is left out between two slots, or before the first one and after the last. */
export interface Fold {
  /** Its middle. */
  readonly x: number;
  readonly width: number;
  /** Gfns that no slot holds; 0 where slots are left out. */
  readonly gfns: number;
  readonly slots: number;
}

/** The strip's edge where gfns go on, a fold of gfns where there is room and where there is little, and one of slots. Pixels. */
const [EDGE, FOLD, FOLD_MIN, FOLD_SLOTS] = [10, 84, 14, 92] as const;

/** From the slot to its leaves, and a column of leaves at the least, in pixels. */
const [INSET, COLUMN] = [2, 9] as const;

/** The least width of a slot: its number fits. More slots than these have no room side by side. */
const [SLOT_MIN, SLOTS_MAX] = [28, 16] as const;

/** Slots are as wide as they have pages, if that makes the smallest one this wide at least. */
const TO_SCALE_MIN = 22;

/**
 * The visible slots of `kvm` on `width` pixels; one of many pages is wider, if not always in proportion. Of many slots
 * those around gfn `near` are shown.
 */
export function gfnAxis(kvm: Kvm, memslots: readonly Memslot[], width: number, near = 0): GfnAxis {
  const ids = kvm.slotsByGfn;
  const from = ids.length <= SLOTS_MAX ? 0 : firstOf(ids, memslots, near);
  const slots = ids.slice(from, from + SLOTS_MAX).map((id) => memslots[id] as Memslot);
  const left = [from, ids.length - from - slots.length] as const;
  const gaps = slots.slice(1).map((slot, k) => slot.baseGfn - endOf(slots[k] as Memslot));
  const folded = gaps.filter((gap) => gap > 0).length;
  const edge = left[0] > 0 ? FOLD_SLOTS : (slots[0]?.baseGfn ?? 0) > 0 ? EDGE : 0;
  const weights = slots.map(({ npages }) => 1 + Math.log2(npages));
  const least = edge + (left[1] > 0 ? FOLD_SLOTS : EDGE) + slots.length * SLOT_MIN;
  const fold = Math.max(FOLD_MIN, Math.min(FOLD, Math.floor((width - least) / (2 * folded))));
  const taken = least + folded * fold;
  const perWeight = Math.max(0, width - taken) / weights.reduce((sum, weight) => sum + weight, 0);
  const room = width - taken + slots.length * SLOT_MIN;
  const perPage = room / slots.reduce((sum, { npages }) => sum + npages, 0);
  const isToScale = slots.every(({ npages }) => npages * perPage >= TO_SCALE_MIN);
  const folds: Fold[] =
    left[0] > 0 ? [{ x: FOLD_SLOTS / 2, width: FOLD_SLOTS, gfns: 0, slots: left[0] }] : [];
  let x = edge;
  const segments = slots.map((memslot, k): GfnSegment => {
    const gap = gaps[k - 1] ?? 0;
    if (gap > 0) {
      folds.push({ x: x + fold / 2, width: fold, gfns: gap, slots: 0 });
      x += fold;
    }
    const own = isToScale ? memslot.npages * perPage : SLOT_MIN + (weights[k] as number) * perWeight;
    const columns = Math.min(memslot.npages, Math.max(1, Math.floor((own - 2 * INSET) / COLUMN)));
    const segment = { memslot, x, width: own, columns, inset: INSET };
    x += segment.width;
    return segment;
  });
  if (left[1] > 0) folds.push({ x: x + FOLD_SLOTS / 2, width: FOLD_SLOTS, gfns: 0, slots: left[1] });
  return { segments, width, folds };
}

/** The place of the slot in which `near` lies, or of the next one; so that as many are shown as can be. */
function firstOf(ids: Kvm["slotsByGfn"], memslots: readonly Memslot[], near: number): number {
  const at = ids.findIndex((id) => endOf(memslots[id] as Memslot) > near);
  const before = SLOTS_MAX / 2;
  return Math.max(0, Math.min((at < 0 ? 0 : at) - before, ids.length - SLOTS_MAX));
}

/** Where gfn `gfn`, up to 2^64, lies: in its slot, else at the edge of the next one. */
export function xOfGfn({ segments, width }: GfnAxis, gfn: bigint): number {
  for (const { memslot, x, width: own } of segments) {
    const into = Number(gfn - BigInt(memslot.baseGfn));
    if (into <= 0) return into === 0 ? x : Math.max(0, x - EDGE);
    if (into <= memslot.npages) return x + (into / memslot.npages) * own;
  }
  return width;
}

const endOf = ({ baseGfn, npages }: Memslot) => baseGfn + npages;
