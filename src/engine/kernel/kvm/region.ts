// SPDX-License-Identifier: GPL-2.0-only
// What the ioctl that sets a memory region looks at before it touches anything: its arguments alone.
//
// Models    check_memory_region_flags() and the head of __kvm_set_memory_region() in virt/kvm/kvm_main.c, v10 and review
// Left out  a second address space; the region of size 0, which deletes

import { fail, OK, type Result } from "../../errno.ts";
import { isPageAligned, PAGE_SIZE } from "../../units.ts";
import type { Kvm } from "./kvm.ts";

/** Flags of a region. */
export const KVM_MEM = { LOG_DIRTY_PAGES: 1, READONLY: 2, PRIVATE: 4 } as const;

const KNOWN_FLAGS = KVM_MEM.LOG_DIRTY_PAGES | KVM_MEM.READONLY | KVM_MEM.PRIVATE;

/** struct kvm_userspace_memory_region_ext, without its slot and descriptor: unsigned, addresses and sizes in bytes. */
export interface MemoryRegion {
  readonly flags: number;
  readonly guestPhysAddr: bigint;
  readonly memorySize: bigint;
  readonly userspaceAddr: bigint;
  /** Into the file; ignored without KVM_MEM.PRIVATE. */
  readonly restrictedOffset: bigint;
}

/** Slot numbers of user space lie below it: SHRT_MAX less three internal ones. */
export const KVM_USER_MEM_SLOTS = 32_764;

/** A slot has at most so many pages: the kernel counts them in 31 bits. */
const KVM_MEM_MAX_NR_PAGES = 2n ** 31n - 1n;

/** End of what a process may map (x86-64, four levels), in bytes. */
const TASK_SIZE_MAX = 2n ** 47n - PAGE_SIZE;

const U64_END = 2n ** 64n;

/**
 * Whether slot `slot` of `kvm` could be `region`, as far as the arguments tell; the group that fails first decides.
 *
 * Returns: EINVAL. (a) A flag that is not known, or that a VM of its type has not. (b) An address or size in the middle of
 *          a page, or user memory where none can be. (c) A file offset in the middle of a page, or that ends at 2^64 or
 *          beyond with the size. (d) A slot number of the kernel's own, a guest address that wraps, too many pages.
 */
export function checkMemoryRegion(
  kvm: Pick<Kvm, "hasPrivateMem">,
  slot: number,
  region: MemoryRegion,
): Result {
  const { flags, guestPhysAddr, memorySize, userspaceAddr, restrictedOffset } = region;
  const isPrivate = (flags & KVM_MEM.PRIVATE) !== 0;
  if ((flags & ~KNOWN_FLAGS) !== 0 || (isPrivate && !kvm.hasPrivateMem)) return fail("EINVAL");
  if (![memorySize, guestPhysAddr, userspaceAddr].every(isPageAligned)) return fail("EINVAL");
  if (userspaceAddr + memorySize > TASK_SIZE_MAX) return fail("EINVAL");
  if (isPrivate && (!isPageAligned(restrictedOffset) || restrictedOffset + memorySize >= U64_END))
    return fail("EINVAL");
  if (slot >= KVM_USER_MEM_SLOTS || guestPhysAddr + memorySize >= U64_END) return fail("EINVAL");
  return memorySize > KVM_MEM_MAX_NR_PAGES * PAGE_SIZE ? fail("EINVAL") : OK;
}
