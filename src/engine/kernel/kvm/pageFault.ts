// SPDX-License-Identifier: GPL-2.0-only
// A guest's access found no leaf: KVM finds the memslot, gets the page from its file, and installs a leaf, unless a
// punch got in between.
//
// Models    kvm_tdp_page_fault(), kvm_faultin_pfn(), is_page_fault_stale(), kvm_tdp_mmu_map() in arch/x86/kvm/mmu
// Left out  attributes (every access to a private slot counts as private), shared memory behind an ordinary slot,
//           permissions, the accessed and dirty bits.

import type { Errno } from "../../errno.ts";
import { type Path, step } from "../../sim/gate.ts";
import type { Pfn, Pgoff } from "../../units.ts";
import { putFolio } from "../shmem/folios.ts";
import { generationOf } from "../shmem/frames.ts";
import { addMaps } from "../shmem/tags.ts";
import { srcuReadLock, srcuReadUnlock } from "../sync/grace.ts";
import { readLock, readUnlock } from "../sync/rwlock.ts";
import type { TableId } from "../tdp/entry.ts";
import { tdpInstall } from "../tdp/install.ts";
import { type EachLeaf, pagesPerLeaf } from "../tdp/level.ts";
import { levelFor } from "../tdp/levelFor.ts";
import { tdpFreeTables } from "../tdp/tables.ts";
import { tdpLeafAt } from "../tdp/walk.ts";
import type { KvmEnv } from "./env.ts";
import { kvmFlushRemoteTlbs } from "./flush.ts";
import type { RetryReason } from "./guestEvents.ts";
import { mmuInvalidateBlocks } from "./invalidate.ts";
import { gfnToMemslot, isBeingDeleted, type Kvm } from "./kvm.ts";
import { type Memslot, memslotName } from "./memslot.ts";
import { type Vcpu, vcpuName } from "./vcpu.ts";

/** What a fault comes to. */
export type FaultOutcome =
  /** A leaf is there, installed now or found (RET_PF_FIXED, RET_PF_SPURIOUS). */
  | { readonly is: "fixed" }
  /** RET_PF_RETRY: back to the guest, which faults again. `worthwhile`: something has changed since. */
  | { readonly is: "retry"; worthwhile(): boolean }
  /** No memslot holds the gfn: user space emulates. */
  | { readonly is: "mmio" }
  /** An ordinary slot: its memory is not modelled. */
  | { readonly is: "refused"; readonly errno: Errno };

/**
 * Handles the fault of `vcpu` on `gfn`. The vCPU is out of the guest.
 *
 * Context: may sleep. Holds SRCU from the snapshot on; mmu_lock for reading while it tests and installs. No lock of
 *          the file: the count and the sequence number alone stand between it and a punch.
 * Gates:   the snapshot, the page, mmu_lock, the test with the installation, (the flush,) the unlock.
 */
export function* kvmTdpPageFault(env: KvmEnv, kvm: Kvm, vcpu: Vcpu, gfn: number): Path<FaultOutcome> {
  const name = { vm: kvm.name, vcpu: vcpuName(kvm, vcpu), gfn };
  const retry = (because: RetryReason, worthwhile: () => boolean): FaultOutcome => {
    env.emit({ type: "fault.retried", ...name, because });
    return { is: "retry", worthwhile };
  };
  /** The next fault looks for its slot anew: what held this one off matters only while the same slot stands there. */
  const slotChangedOr = (found: Memslot, mended: () => boolean): (() => boolean) => {
    const { file, pgoff } = found;
    return () => {
      const now = gfnToMemslot(kvm, env.memslots, gfn);
      if (now === null) return !isBeingDeleted(kvm, env.memslots, gfn);
      return now !== found || now.file !== file || now.pgoff !== pgoff || mended();
    };
  };
  // The snapshot comes first: whatever a punch takes away after it, the last test must see.
  const seq = yield* step("fault: take the snapshot of the sequence number", () => {
    srcuReadLock(env, kvm.srcu);
    vcpu.fault = { gfn, seq: kvm.mmuInvalidateSeq };
    env.emit({ type: "fault.begun", ...name, seq: kvm.mmuInvalidateSeq });
    return kvm.mmuInvalidateSeq;
  });
  const memslot = gfnToMemslot(kvm, env.memslots, gfn);
  if (memslot === null) {
    srcuReadUnlock(env, kvm.srcu);
    return isBeingDeleted(kvm, env.memslots, gfn)
      ? retry("slot", () => !isBeingDeleted(kvm, env.memslots, gfn))
      : { is: "mmio" };
  }
  if (memslot.file === null) {
    srcuReadUnlock(env, kvm.srcu);
    return { is: "refused", errno: "EINVAL" };
  }
  const index = indexOf(memslot, gfn);
  const page = yield* env.backing.getPage(memslot, index);
  if (!page.ok) {
    srcuReadUnlock(env, kvm.srcu);
    // Whatever the errno is, the guest is sent to try again: an error that stays is an endless loop (T-q).
    return retry(page.errno, slotChangedOr(memslot, page.mended));
  }
  yield* readLock(env, kvm.mmuLock, "fault: take mmu_lock to install the leaf");
  const refused = yield* step("fault: look for a bracket, then install the leaf", () => {
    const because = staleBecause(env, kvm, memslot, gfn, seq);
    if (because !== null) env.emit({ type: "fault.retried", ...name, because });
    return because ?? install(env, kvm, vcpu, memslot, gfn, page);
  });
  // The tables under a new large leaf may still be read by whoever walks them now.
  if (typeof refused === "object" && refused.unlinked.length > 0) {
    yield* kvmFlushRemoteTlbs(env, kvm);
    tdpFreeTables(kvm.tdp, refused.unlinked);
  }
  yield* readUnlock(env, kvm.mmuLock, "fault: give mmu_lock and the page back");
  // A leaf holds no reference: from here on only the page cache keeps the page alive (I12).
  putPage(env, memslot, index, page.pfn);
  srcuReadUnlock(env, kvm.srcu);
  if (typeof refused === "object") return { is: "fixed" };
  return {
    is: "retry",
    worthwhile: slotChangedOr(memslot, () => refused !== "count" || !mmuInvalidateBlocks(kvm, gfn, gfn + 1)),
  };
}

/** is_page_fault_stale(): why a leaf may not be installed now, or null. Context: mmu_lock held. */
function staleBecause(
  env: KvmEnv,
  kvm: Kvm,
  memslot: Memslot,
  gfn: number,
  seq: number,
): "slot" | "count" | "seq" | null {
  // A deletion opens no bracket: it makes the roots obsolete, and a fault that began on such a root has to try again.
  if (kvm.slotsInvalid.includes(memslot.id)) return "slot";
  if (!env.omit.has("countTest") && mmuInvalidateBlocks(kvm, gfn, gfn + 1)) return "count";
  return !env.omit.has("seqTest") && kvm.mmuInvalidateSeq !== seq ? "seq" : null;
}

/** kvm_tdp_mmu_map(): installs the largest leaf that may be, unless one is there. */
function install(
  env: KvmEnv,
  kvm: Kvm,
  vcpu: Vcpu,
  memslot: Memslot,
  gfn: number,
  { pfn, order }: { readonly pfn: Pfn; readonly order: number },
): { readonly unlinked: readonly TableId[] } {
  const name = { vm: kvm.name, vcpu: vcpuName(kvm, vcpu) };
  if (tdpLeafAt(kvm.tdp, gfn) !== null) {
    env.emit({ type: "fault.spurious", ...name, gfn });
    return { unlinked: [] };
  }
  const level = levelFor({ gfn, pfn, order, slot: memslot });
  const pages = pagesPerLeaf(level);
  const into = gfn % pages;
  const [first, frame] = [gfn - into, (pfn - into) as Pfn];
  const generation = generationOf(env.memory, frame);
  const drop: EachLeaf = (_, below, pfnBelow) => addMaps(env.memory, pfnBelow, pagesPerLeaf(below), -1);
  const { linked, dropped, unlinked } = tdpInstall(kvm.tdp, first, level, frame, generation, drop);
  addMaps(env.memory, frame, pages, 1);
  env.emit({
    type: "spte.installed",
    ...name,
    ...{ gfn: first, level, pfn: frame, generation, linked, replaced: dropped },
  });
  return { unlinked };
}

function putPage(env: KvmEnv, memslot: Memslot, index: Pgoff, pfn: Pfn): void {
  const refs = putFolio(env.memory, pfn);
  env.emit({ type: "page.put", file: memslot.file ?? memslotName(memslot), index, pfn, refs });
}

/** kvm_restrictedmem_get_pfn()'s sum: the file page behind `gfn`. */
const indexOf = ({ baseGfn, pgoff }: Memslot, gfn: number): Pgoff => (gfn - baseGfn + pgoff) as Pgoff;
