// SPDX-License-Identifier: GPL-2.0-only
// A VM: its locks, its memslots, its bracket state, its guest mappings.
//
// Models    struct kvm, the fields of domain interest
// Left out  the second address space (SMM): one set of slots, one root.

import type { Gfn } from "../../units.ts";
import { copyLock, type Lock, newLock } from "../sync/lock.ts";
import { copySrcu, newSrcu, type Srcu } from "../sync/grace.ts";
import { copyTdp, newTdp, type Tdp, tdpGfnEnd } from "../tdp/tables.ts";
import type { Memslot, MemslotId } from "./memslot.ts";
import { copyVcpu, newVcpu, type Vcpu } from "./vcpu.ts";

/** Half-open gfn range in 64-bit arithmetic. */
export interface GfnRange {
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * What happens when an end finds the count below zero. `silent`: nothing, as 6.1-era code does outside ordinary
 * notifiers. `vmBug`: the VM is dead, as newer kernels have it. `hostBug`: nothing yet, but the next end of an
 * ordinary notifier stops the host.
 */
export type UnderflowPolicy = "silent" | "vmBug" | "hostBug";

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
  /** Slots on their way out: no look-up finds them any more, and a fault on their gfns is sent back. */
  slotsInvalid: MemslotId[];
  /** mmu_invalidate_in_progress: open brackets; signed. */
  mmuInvalidateInProgress: number;
  /** mmu_invalidate_seq: grows by one with each end. */
  mmuInvalidateSeq: number;
  /** mmu_invalidate_range_start and _end; null is the kernel's "invalid". [0, 0) in a fresh VM. */
  mmuInvalidateRange: GfnRange | null;
  readonly underflow: UnderflowPolicy;
  /** kvm_arch_has_private_mem(): whether a VM of this type may have private memslots. */
  readonly hasPrivateMem: boolean;
  /** vm_bugged: the VM is dead, its calls answer -EIO. */
  bugged: boolean;
  /** BUG() has stopped the host over the count of this VM (underflow policy hostBug). */
  stoppedHost: boolean;
  /** The second-level tables. */
  tdp: Tdp;
  vcpus: Vcpu[];
}

export interface KvmPreset {
  readonly seq: number;
  readonly range: readonly [Gfn, Gfn];
  readonly vcpus: number;
  /** Levels of the second-level tables. */
  readonly levels: 4 | 5;
  readonly underflow: UnderflowPolicy;
  readonly hasPrivateMem: boolean;
}

export const newKvm = (name: string, preset: KvmPreset): Kvm => ({
  name,
  slotsLock: newLock(`${name}/slots_lock`),
  mmuLock: newLock(`${name}/mmu_lock`),
  srcu: newSrcu(`${name}/kvm->srcu`),
  slotsByGfn: [],
  slots: {},
  slotsInvalid: [],
  mmuInvalidateInProgress: 0,
  mmuInvalidateSeq: preset.seq,
  mmuInvalidateRange: { start: BigInt(preset.range[0]), end: BigInt(preset.range[1]) },
  underflow: preset.underflow,
  hasPrivateMem: preset.hasPrivateMem,
  bugged: false,
  stoppedHost: false,
  tdp: newTdp(preset.levels),
  vcpus: Array.from({ length: preset.vcpus }, (_, id) => newVcpu(id)),
});

export const copyKvm = (kvm: Kvm): Kvm => ({
  ...kvm,
  slotsLock: copyLock(kvm.slotsLock),
  mmuLock: copyLock(kvm.mmuLock),
  srcu: copySrcu(kvm.srcu),
  slotsByGfn: kvm.slotsByGfn.slice(),
  slots: { ...kvm.slots },
  slotsInvalid: kvm.slotsInvalid.slice(),
  tdp: copyTdp(kvm.tdp),
  vcpus: kvm.vcpus.map(copyVcpu),
});

/** The gfn after the last one that a slot may have: what the tables reach, and 52 bits of address at most. */
export const kvmGfnEnd = (kvm: Pick<Kvm, "tdp">): number => Math.min(tdpGfnEnd(kvm.tdp), 2 ** 40);

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

/** Whether a slot that is being deleted holds `gfn`. */
export const isBeingDeleted = (kvm: Kvm, memslots: readonly Memslot[], gfn: number): boolean =>
  kvm.slotsInvalid.some((id) => {
    const { baseGfn, npages } = memslots[id] as Memslot;
    return baseGfn <= gfn && gfn < baseGfn + npages;
  });
