// SPDX-License-Identifier: GPL-2.0-only
// A memslot goes away: made invisible, its mappings zapped, its readers waited for, then untied and freed.
//
// Models    __kvm_set_memory_region() with size 0: kvm_invalidate_memslot(), kvm_delete_memslot()
// Left out  the two slot arrays behind the pointer swap; a viewer sees one moment at which the slot vanishes.

import { fail, OK, type Result } from "../../errno.ts";
import { call, type Path, step } from "../../sim/gate.ts";
import { synchronizeSrcu } from "../sync/grace.ts";
import { mutexLock, mutexUnlock } from "../sync/mutex.ts";
import { writeLock, writeUnlock } from "../sync/rwlock.ts";
import { type KvmEnv, vmOf } from "./env.ts";
import type { Kvm } from "./kvm.ts";
import { kvmFlushRemoteTlbs } from "./flush.ts";
import { type Memslot, memslotName, memslotOf } from "./memslot.ts";
import { zapGfns } from "./zap.ts";

/**
 * Deletes slot number `slot` of `vm`.
 *
 * Context: may sleep. Takes slots_lock, inside it mmu_lock and later what the file's design takes.
 * Gates:   slots_lock, invisible, mmu_lock, zap, flush if anything was zapped, mmu_lock, the SRCU grace period,
 *          those of the file's detach, freed, slots_lock.
 * Returns: EINVAL where there is no such slot; EIO of a VM that is dead.
 */
export function* kvmDeleteSlot(env: KvmEnv, vm: string, slot: number): Path<Result> {
  const kvm = vmOf(env, vm);
  if (kvm.bugged) return fail("EIO");
  yield* mutexLock(env, kvm.slotsLock, "kvm: take slots_lock to delete a slot");
  const id = kvm.slots[slot];
  if (id !== undefined) yield* deleteLocked(env, kvm, memslotOf(env.memslots, id));
  yield* mutexUnlock(env, kvm.slotsLock, "kvm: give slots_lock back after the deletion");
  return id === undefined ? fail("EINVAL") : OK;
}

function* deleteLocked(env: KvmEnv, kvm: Kvm, memslot: Memslot): Path<void> {
  const { baseGfn, npages, id } = memslot;
  const name = { memslot: memslotName(memslot), notifier: id };
  yield* step("kvm: the slot becomes invisible", () => {
    kvm.slotsInvalid.push(id);
    delete kvm.slots[memslot.slot];
    kvm.slotsByGfn.splice(kvm.slotsByGfn.indexOf(id), 1);
    env.emit({ type: "slot.invisible", ...name, gfn: baseGfn, pages: npages });
  });
  yield* writeLock(env, kvm.mmuLock, "kvm: take mmu_lock to zap the slot");
  const sptes = yield* step("kvm: zap all of the slot", () => {
    const range = { start: BigInt(baseGfn), end: BigInt(baseGfn + npages) };
    const gone = zapGfns(kvm, env.memory, range);
    env.emit({ type: "spte.zapped", vm: kvm.name, ...range, ...gone });
    return gone.sptes;
  });
  if (sptes > 0) yield* call("kvm: flush what was cached of the slot", kvmFlushRemoteTlbs(env, kvm));
  yield* writeUnlock(env, kvm.mmuLock, "kvm: give mmu_lock back, the slot is zapped");
  // A start callback that is inside its read section still trusts the slot it looked up.
  yield* synchronizeSrcu(env, kvm.srcu, "kvm: wait for the readers of the old slots");
  if (memslot.file !== null) yield* env.backing.detach(memslot);
  yield* step("kvm: free the slot", () => {
    memslot.freed = true;
    kvm.slotsInvalid.splice(kvm.slotsInvalid.indexOf(id), 1);
    env.emit({ type: "slot.freed", ...name });
  });
}
