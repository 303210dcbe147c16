// SPDX-License-Identifier: GPL-2.0-only
// A memslot comes into being.
//
// Models    __kvm_set_memory_region() with a size, in virt/kvm/kvm_main.c
// Left out  flags, hva, changes to an existing slot (moves, dirty logging). Any second call for a slot that
//           exists is refused here, as it is for private slots.

import { fail, OK, type Result } from "../../errno.ts";
import { type Path, step } from "../../sim/gate.ts";
import type { Gfn, Pgoff } from "../../units.ts";
import { mutexLock, mutexUnlock } from "../sync/mutex.ts";
import { type KvmEnv, vmOf } from "./env.ts";
import { type Kvm, slotsBeginningUpTo } from "./kvm.ts";
import { type Memslot, memslotName, newMemslot } from "./memslot.ts";

/** Slot numbers of user space lie below it: SHRT_MAX less three internal ones. */
export const KVM_USER_MEM_SLOTS = 32_764;

/** A slot has at most so many pages: the kernel counts them in 31 bits. */
const KVM_MEM_MAX_NR_PAGES = 2 ** 31 - 1;

/** The page index at which a byte offset of 64 bits wraps around: one from 2^63 on is kept as a negative number (T-ah). */
const PGOFF_WRAPS = 2n ** 64n;

export interface SlotRequest {
  readonly vm: string;
  readonly slot: number;
  readonly gfn: Gfn;
  readonly pages: number;
  readonly backing: { readonly file: string; readonly pgoff: Pgoff } | null;
}

/**
 * Creates the slot of `request`, tied to its file before it becomes visible.
 *
 * Context: may sleep. Takes slots_lock, inside it whatever the file's design takes.
 * Gates:   slots_lock, those of the file's attach, the slot becomes visible, slots_lock again.
 * Returns: EIO of a VM that is dead; EINVAL for a slot number, size, offset or slot that can't be; EEXIST where the gfns are taken; else what the
 *          file's design answered. A refused slot leaves nothing behind.
 */
export function* kvmCreateSlot(env: KvmEnv, request: SlotRequest): Path<Result> {
  const kvm = vmOf(env, request.vm);
  if (kvm.bugged) return fail("EIO");
  yield* mutexLock(env, kvm.slotsLock, "kvm: take slots_lock to create a slot");
  const result = yield* createLocked(env, kvm, request);
  yield* mutexUnlock(env, kvm.slotsLock, "kvm: give slots_lock back after the creation");
  return result;
}

function* createLocked(env: KvmEnv, kvm: Kvm, request: SlotRequest): Path<Result> {
  const { gfn, pages, backing } = request;
  if (backing !== null && BigInt(backing.pgoff) + BigInt(pages) >= PGOFF_WRAPS) return fail("EINVAL");
  if (request.slot >= KVM_USER_MEM_SLOTS || pages > KVM_MEM_MAX_NR_PAGES) return fail("EINVAL");
  if (kvm.slots[request.slot] !== undefined) return fail("EINVAL");
  if (overlaps(env, kvm, gfn, pages)) return fail("EEXIST");
  const memslot = newMemslot(env.memslots, {
    vm: kvm.name,
    slot: request.slot,
    baseGfn: gfn,
    npages: pages,
    file: backing?.file ?? null,
    pgoff: backing?.pgoff ?? (0 as Pgoff),
  });
  if (backing !== null) {
    const tied = yield* env.backing.attach(memslot);
    if (!tied.ok) {
      memslot.freed = true;
      return tied;
    }
  }
  yield* step("kvm: the slot becomes visible", () => {
    kvm.slots[memslot.slot] = memslot.id;
    kvm.slotsByGfn.splice(slotsBeginningUpTo(kvm, env.memslots, gfn), 0, memslot.id);
    env.emit({ type: "slot.visible", memslot: memslotName(memslot), notifier: memslot.id, gfn, pages });
  });
  return OK;
}

/** Whether a visible slot holds a gfn of [gfn, gfn + pages). */
function overlaps(env: KvmEnv, kvm: Kvm, gfn: number, pages: number): boolean {
  const last = kvm.slotsByGfn[slotsBeginningUpTo(kvm, env.memslots, gfn + pages - 1) - 1];
  if (last === undefined) return false;
  const { baseGfn, npages } = env.memslots[last] as Memslot;
  return baseGfn + npages > gfn;
}
