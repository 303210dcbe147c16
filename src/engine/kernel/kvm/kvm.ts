// SPDX-License-Identifier: GPL-2.0-only
// A VM: its locks, its memslots, its bracket state, its guest mappings.
//
// Models    struct kvm, the fields of domain interest
// Left out  vCPUs and the levels of the guest's tables. The viewer sees which gfn maps to which frame, not the
//           walk that finds it.

import type { Gfn } from "../../units.ts";
import { copyLock, type Lock, newLock } from "../sync/lock.ts";
import { copySrcu, newSrcu, type Srcu } from "../sync/grace.ts";
import { copyXarray, newXarray, type Xarray } from "../xarray/index.ts";
import type { Memslot, MemslotId } from "./memslot.ts";

/** Half-open gfn range in 64-bit arithmetic. */
export interface GfnRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** Plain data. */
export interface Kvm {
  readonly name: string;
  slotsLock: Lock;
  mmuLock: Lock;
  srcu: Srcu;
  /** The visible slots in order of their first gfn. */
  slotsByGfn: MemslotId[];
  /** By slot number; a slot that is not visible has no entry. */
  slots: Record<number, MemslotId>;
  /** mmu_invalidate_in_progress: open brackets; signed. */
  mmuInvalidateInProgress: number;
  /** mmu_invalidate_seq: grows by one with each end. */
  mmuInvalidateSeq: number;
  /** mmu_invalidate_range_start and _end; null is the kernel's "invalid". [0, 0) in a fresh VM. */
  mmuInvalidateRange: GfnRange | null;
  /** Flat stand-in for the second-level tables: gfn to a value entry that packs pfn and generation. */
  mappings: Xarray;
}

export interface KvmPreset {
  readonly seq: number;
  readonly range: readonly [Gfn, Gfn];
}

export const newKvm = (name: string, preset: KvmPreset): Kvm => ({
  name,
  slotsLock: newLock(`${name}/slots_lock`),
  mmuLock: newLock(`${name}/mmu_lock`),
  srcu: newSrcu(`${name}/kvm->srcu`),
  slotsByGfn: [],
  slots: {},
  mmuInvalidateInProgress: 0,
  mmuInvalidateSeq: preset.seq,
  mmuInvalidateRange: { start: BigInt(preset.range[0]), end: BigInt(preset.range[1]) },
  mappings: newXarray(),
});

export const copyKvm = (kvm: Kvm): Kvm => ({
  name: kvm.name,
  slotsLock: copyLock(kvm.slotsLock),
  mmuLock: copyLock(kvm.mmuLock),
  srcu: copySrcu(kvm.srcu),
  slotsByGfn: kvm.slotsByGfn.slice(),
  slots: { ...kvm.slots },
  mmuInvalidateInProgress: kvm.mmuInvalidateInProgress,
  mmuInvalidateSeq: kvm.mmuInvalidateSeq,
  mmuInvalidateRange: kvm.mmuInvalidateRange,
  mappings: copyXarray(kvm.mappings),
});

/** Where `gfn` is, or would be inserted, among the slots by first gfn: the number of slots that begin at or below. */
export function slotsBeginningUpTo(kvm: Kvm, memslots: readonly Memslot[], gfn: number): number {
  let low = 0;
  let high = kvm.slotsByGfn.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((memslots[kvm.slotsByGfn[middle] as number] as Memslot).baseGfn <= gfn) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** gfn_to_memslot(): the visible slot that holds `gfn`, or null. */
export function gfnToMemslot(kvm: Kvm, memslots: readonly Memslot[], gfn: number): Memslot | null {
  const at = slotsBeginningUpTo(kvm, memslots, gfn) - 1;
  const memslot = at < 0 ? null : (memslots[kvm.slotsByGfn[at] as number] as Memslot);
  return memslot !== null && gfn < memslot.baseGfn + memslot.npages ? memslot : null;
}
