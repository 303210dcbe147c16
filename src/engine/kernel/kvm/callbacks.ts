// SPDX-License-Identifier: GPL-2.0-only
// What KVM does when a restrictedmem file tells one of its memslots that pages are going away, or have gone.
//
// Models    kvm_restrictedmem_invalidate_begin() and _end()

import { call, type Path, step } from "../../sim/gate.ts";
import type { Pgoff } from "../../units.ts";
import { srcuReadLock, srcuReadUnlock } from "../sync/grace.ts";
import { writeLock, writeUnlock } from "../sync/rwlock.ts";
import type { Clamp } from "./clamp.ts";
import { type KvmEnv, vmOf } from "./env.ts";
import { mmuInvalidateBegin, mmuInvalidateEnd, mmuInvalidateRangeAdd } from "./invalidate.ts";
import { vmBugOnUnderflow } from "./underflow.ts";
import { kvmFlushRemoteTlbs } from "./flush.ts";
import { type MemslotId, memslotName, memslotOf } from "./memslot.ts";
import { zapGfns } from "./zap.ts";

/**
 * File pages [start, end) are about to be freed: opens a bracket, zaps, flushes.
 *
 * Context: called with the file's notifier or binding lock held. Takes SRCU, then mmu_lock.
 * Gates:   the call itself; where the slot is hit, mmu_lock, the zap, the flush if anything was zapped, the unlock.
 */
export function* kvmInvalidateStart(
  env: KvmEnv,
  clamp: Clamp,
  id: MemslotId,
  start: Pgoff,
  end: Pgoff,
): Path<void> {
  const memslot = memslotOf(env.memslots, id);
  const name = { memslot: memslotName(memslot), notifier: id };
  const range = yield* step("kvm: the start callback is called", () => {
    const clamped = clamp(memslot, start, end);
    env.emit({ type: "notifier.start", ...name, start, end, hit: clamped !== null });
    return clamped;
  });
  if (range === null) return;
  const kvm = vmOf(env, memslot.vm);
  srcuReadLock(env, kvm.srcu);
  yield* writeLock(env, kvm.mmuLock, "kvm: take mmu_lock to open a bracket");
  mmuInvalidateBegin(kvm);
  const wider = mmuInvalidateRangeAdd(kvm, range);
  env.emit({
    type: "bracket.begun",
    ...name,
    vm: kvm.name,
    count: kvm.mmuInvalidateInProgress,
    ...range,
    range: [wider.start, wider.end],
  });
  const sptes = yield* step("kvm: zap the clamped range", () => {
    const gone = zapGfns(kvm, env.memory, range);
    env.emit({ type: "spte.zapped", vm: kvm.name, ...range, ...gone });
    return gone.sptes;
  });
  // Under the lock and before the pages are freed: a cached translation must not outlive its page (T-l5).
  if (sptes > 0) yield* call("kvm: flush what was cached of the range", kvmFlushRemoteTlbs(env, kvm));
  yield* writeUnlock(env, kvm.mmuLock, "kvm: give mmu_lock back, the bracket stays open");
  srcuReadUnlock(env, kvm.srcu);
}

/**
 * File pages [start, end) have been freed: closes the bracket.
 *
 * Context: as kvmInvalidateStart(), without SRCU.
 * Gates:   the call itself; where the slot is hit, mmu_lock and the unlock.
 */
export function* kvmInvalidateEnd(
  env: KvmEnv,
  clamp: Clamp,
  id: MemslotId,
  start: Pgoff,
  end: Pgoff,
): Path<void> {
  const memslot = memslotOf(env.memslots, id);
  const name = { memslot: memslotName(memslot), notifier: id };
  const hit = yield* step("kvm: the end callback is called", () => {
    const clamped = clamp(memslot, start, end);
    env.emit({ type: "notifier.end", ...name, start, end, hit: clamped !== null });
    return clamped !== null;
  });
  if (!hit) return;
  const kvm = vmOf(env, memslot.vm);
  yield* writeLock(env, kvm.mmuLock, "kvm: take mmu_lock to close the bracket");
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
  yield* writeUnlock(env, kvm.mmuLock, "kvm: give mmu_lock back, the bracket is closed");
}
