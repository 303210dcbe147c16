// SPDX-License-Identifier: GPL-2.0-only
// KVM_CREATE_VM and KVM_SET_USER_MEMORY_REGION: the VMs and their memslots.
//
// A file-backed slot becomes a createSlot with `file` and `pgoff`, any other an ordinary one. The scenario has no flags:
// read-only and dirty-logging slots stand there like the others.

import { isPageAligned, PAGE_SIZE, pgoffOf } from "../../units.ts";
import { addressOf, fdOf, integerOf, structFields } from "./args.ts";
import type { Call, CallReader } from "./call.ts";
import { fileAt } from "./mappings.ts";
import { type CapturedSlot, fileName, type Vmm, vmName } from "./vmm.ts";

/** KVM_MEM_MAX_NR_PAGES: no slot has more pages. */
const PAGES_MAX = 2n ** 31n - 1n;
/** A scenario's slots; above them KVM keeps the slots of a second address space, that of system management mode. */
const SLOT_MAX = 65_535n;
/** Guest physical addresses have at most 52 bits. */
const GUEST_PHYS_END = 2n ** 52n;

/** `ioctl(fd, request, ...)`, the two requests that speak of guest memory. */
export const ioctl: CallReader = {
  concerns: (_vmm, { args }) => REQUESTS.has(args[1] ?? ""),
  take: (vmm, call) => REQUESTS.get(call.args[1]!)!(vmm, call),
};

const REQUESTS: ReadonlyMap<string, CallReader["take"]> = new Map([
  ["KVM_CREATE_VM", createVm],
  ["KVM_SET_USER_MEMORY_REGION", setUserMemoryRegion],
]);

function createVm(vmm: Vmm, { result }: Call): string | null {
  const fd = fdOf(result ?? undefined);
  if (fd === null) return "the result of KVM_CREATE_VM is not a file descriptor";
  addVm(vmm, fd);
  return null;
}

function setUserMemoryRegion(vmm: Vmm, { args }: Call): string | null {
  const fd = fdOf(args[0]);
  const fields = structFields(args[2]);
  const slot = integerOf(fields?.get("slot"));
  const memorySize = integerOf(fields?.get("memory_size"));
  if (fd === null || slot === null || memorySize === null) return "no VM, slot and memory_size to be read";
  if (slot < 0n || slot > SLOT_MAX)
    return `slot ${slot} is outside the first address space, 0 to ${SLOT_MAX}`;
  if (memorySize === 0n) {
    deleteSlot(vmm, vmOfFd(vmm, fd), Number(slot));
    vmm.deleted++;
    return null;
  }
  const guestPhysAddr = addressOf(fields?.get("guest_phys_addr"));
  const userspaceAddr = addressOf(fields?.get("userspace_addr"));
  if (guestPhysAddr === null || userspaceAddr === null)
    return "no guest_phys_addr and userspace_addr to be read";
  const region = { guestPhysAddr, memorySize, userspaceAddr };
  if (!isRegion(region)) return "size and addresses are not a region that KVM would take";
  setSlot(vmm, vmOfFd(vmm, fd), Number(slot), region);
  vmm.created++;
  return null;
}

const isRegion = ({ guestPhysAddr, memorySize, userspaceAddr }: CapturedSlot) =>
  [guestPhysAddr, memorySize, userspaceAddr].every((n) => n >= 0n && isPageAligned(n)) &&
  memorySize / PAGE_SIZE <= PAGES_MAX &&
  guestPhysAddr + memorySize <= GUEST_PHYS_END;

/** The VM behind `fd`. One that the log has not seen created is older than the log, and a VM for all that. */
function vmOfFd(vmm: Vmm, fd: number): number {
  const target = vmm.fds.get(fd);
  return target?.kind === "vm" ? target.index : addVm(vmm, fd);
}

function addVm(vmm: Vmm, fd: number): number {
  const index = vmm.vms.push(new Map()) - 1;
  vmm.fds.set(fd, { kind: "vm", index });
  return index;
}

function deleteSlot(vmm: Vmm, vm: number, slot: number) {
  vmm.vms[vm]!.delete(slot);
  vmm.operations.push({ op: "deleteSlot", vm: vmName(vm), slot });
}

/** A change of flags alone leaves no operation; a slot that moves is deleted and created, as KVM's own steps have it. */
function setSlot(vmm: Vmm, vm: number, slot: number, region: CapturedSlot) {
  const before = vmm.vms[vm]!.get(slot);
  if (before !== undefined) {
    if (isSameRegion(before, region)) return;
    deleteSlot(vmm, vm, slot);
  }
  vmm.vms[vm]!.set(slot, region);
  const backing = fileAt(vmm.mappings, region.userspaceAddr, region.memorySize);
  vmm.operations.push({
    op: "createSlot",
    vm: vmName(vm),
    slot,
    gfn: pgoffOf(region.guestPhysAddr),
    pages: pgoffOf(region.memorySize),
    ...(backing === null ? {} : { file: fileName(backing.file), pgoff: backing.pgoff }),
  });
}

const isSameRegion = (a: CapturedSlot, b: CapturedSlot) =>
  a.guestPhysAddr === b.guestPhysAddr && a.memorySize === b.memorySize && a.userspaceAddr === b.userspaceAddr;
