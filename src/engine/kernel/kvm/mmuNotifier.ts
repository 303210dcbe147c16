// SPDX-License-Identifier: GPL-2.0-only
// Ordinary memory behind a slot goes away: the host unmaps part of user space, and KVM hears of it as it always has.
// The bracket is the same one that private memory uses.
//
// Models    kvm_mmu_notifier_invalidate_range_start() and _end() in virt/kvm/kvm_main.c
// Left out  the memory itself: ordinary slots have no pages here, so there is nothing to zap or free. A change of
//           memslots would wait until no such bracket is open; here it need not.

import { OK, type Result } from "../../errno.ts";
import type { Path } from "../../sim/gate.ts";
import { srcuReadLock, srcuReadUnlock } from "../sync/grace.ts";
import { writeLock, writeUnlock } from "../sync/rwlock.ts";
import { type KvmEnv, vmOf } from "./env.ts";
import { mmuInvalidateBegin, mmuInvalidateEnd, mmuInvalidateRangeAdd } from "./invalidate.ts";
import { gfnToMemslot } from "./kvm.ts";
import { memslotName } from "./memslot.ts";
import { hostBugOnUnderflow, vmBugOnUnderflow } from "./underflow.ts";

/**
 * The host unmaps what backs gfns [start, end) of `vm`, which lie in one ordinary slot; elsewhere nobody is told.
 *
 * Context: may sleep. Takes SRCU until the bracket is open, and mmu_lock for writing, twice. Gates: the two holds.
 */
export function* mmuNotifierInvalidate(env: KvmEnv, vm: string, start: number, end: number): Path<Result> {
  const kvm = vmOf(env, vm);
  const memslot = gfnToMemslot(kvm, env.memslots, start);
  if (memslot === null || memslot.file !== null) return OK;
  const name = { memslot: memslotName(memslot), notifier: memslot.id, ordinary: true } as const;
  // Until the bracket is open the slot is trusted, and a deletion waits; from then on the VM alone has the bracket.
  srcuReadLock(env, kvm.srcu);
  yield* writeLock(env, kvm.mmuLock, "mmu notifier: take mmu_lock to open a bracket");
  mmuInvalidateBegin(kvm);
  const added = { start: BigInt(start), end: BigInt(Math.min(end, memslot.baseGfn + memslot.npages)) };
  const wider = mmuInvalidateRangeAdd(kvm, added);
  env.emit({
    type: "bracket.begun",
    ...name,
    vm: kvm.name,
    count: kvm.mmuInvalidateInProgress,
    ...added,
    range: [wider.start, wider.end],
  });
  yield* writeUnlock(env, kvm.mmuLock, "mmu notifier: give mmu_lock back, the bracket stays open");
  srcuReadUnlock(env, kvm.srcu);
  yield* writeLock(env, kvm.mmuLock, "mmu notifier: take mmu_lock to close the bracket");
  mmuInvalidateEnd(kvm);
  const range = kvm.mmuInvalidateRange;
  env.emit({
    type: "bracket.ended",
    ...name,
    vm: kvm.name,
    count: kvm.mmuInvalidateInProgress,
    seq: kvm.mmuInvalidateSeq,
    range: range === null ? null : [range.start, range.end],
  });
  vmBugOnUnderflow(env, kvm);
  yield* writeUnlock(env, kvm.mmuLock, "mmu notifier: give mmu_lock back, the bracket is closed");
  yield* hostBugOnUnderflow(env, kvm);
  return OK;
}
