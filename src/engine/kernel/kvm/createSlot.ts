// SPDX-License-Identifier: GPL-2.0-only
// A memslot comes into being.
//
// Models    __kvm_set_memory_region() with a size, in virt/kvm/kvm_main.c
// Left out  what flags and hva do once they are accepted; changes to an existing slot (moves, dirty logging). Any second
//           call for a slot that exists is refused here, as it is for private slots.

import { fail, OK, type Result } from "../../errno.ts";
import { type Path, step } from "../../sim/gate.ts";
import { bytesOf, type Gfn, type Pgoff } from "../../units.ts";
import { mutexLock, mutexUnlock } from "../sync/mutex.ts";
import { type KvmEnv, vmOf } from "./env.ts";
import { type Kvm, kvmGfnEnd, slotsBeginningUpTo } from "./kvm.ts";
import { type Memslot, memslotName, newMemslot } from "./memslot.ts";
import { checkMemoryRegion, KVM_MEM, type MemoryRegion } from "./region.ts";

export interface SlotRequest {
  readonly vm: string;
  readonly slot: number;
  readonly gfn: Gfn;
  readonly pages: number;
  readonly backing: { readonly file: string; readonly pgoff: Pgoff } | null;
  /** The arguments to the byte, where there is more to them than the above; the above are then their whole pages. */
  readonly region?: MemoryRegion | undefined;
}

/**
 * Creates the slot of `request`, tied to its file before it becomes visible.
 *
 * Context: may sleep. Takes slots_lock, inside it whatever the file's design takes.
 * Gates:   slots_lock, those of the file's attach, the slot becomes visible, slots_lock again. Where the gfns are beyond
 *          the VM's: those of the detach, and the slot is freed.
 * Returns: EIO of a VM that is dead; EINVAL for arguments that can't be (checkMemoryRegion()) or a slot that exists; EEXIST
 *          where the gfns are taken; what the file's design answered; EINVAL for gfns beyond the VM's. A refused slot leaves
 *          nothing behind.
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
  const checked = checkMemoryRegion(kvm, request.slot, request.region ?? regionOf(request));
  if (!checked.ok) return checked;
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
  // kvm_arch_prepare_memory_region() looks last: until then the file's range belongs to a slot that can't be.
  if (gfn + pages > kvmGfnEnd(kvm)) {
    yield* undo(env, memslot);
    return fail("EINVAL");
  }
  yield* step("kvm: the slot becomes visible", () => {
    kvm.slots[memslot.slot] = memslot.id;
    kvm.slotsByGfn.splice(slotsBeginningUpTo(kvm, env.memslots, gfn), 0, memslot.id);
    env.emit({ type: "slot.visible", memslot: memslotName(memslot), notifier: memslot.id, gfn, pages });
  });
  return OK;
}

/** The slot that was tied to its file already is not to be: the binding is undone. */
function* undo(env: KvmEnv, memslot: Memslot): Path<void> {
  if (memslot.file !== null) yield* env.backing.detach(memslot);
  yield* step("kvm: free the slot that was refused", () => {
    memslot.freed = true;
    env.emit({ type: "slot.freed", memslot: memslotName(memslot), notifier: memslot.id });
  });
}

/** The arguments that say no more than the request does. */
const regionOf = ({ gfn, pages, backing }: SlotRequest): MemoryRegion => ({
  flags: backing === null ? 0 : KVM_MEM.PRIVATE,
  guestPhysAddr: bytesOf(gfn),
  memorySize: bytesOf(pages),
  userspaceAddr: 0n,
  restrictedOffset: BigInt.asUintN(64, bytesOf(backing?.pgoff ?? 0)),
});

/** Whether a visible slot holds a gfn of [gfn, gfn + pages). */
function overlaps(env: KvmEnv, kvm: Kvm, gfn: number, pages: number): boolean {
  const last = kvm.slotsByGfn[slotsBeginningUpTo(kvm, env.memslots, gfn + pages - 1) - 1];
  if (last === undefined) return false;
  const { baseGfn, npages } = env.memslots[last] as Memslot;
  return baseGfn + npages > gfn;
}
