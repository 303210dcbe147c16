// SPDX-License-Identifier: GPL-2.0-only
// KVM_CREATE_VM and KVM_SET_USER_MEMORY_REGION: the VMs and their memslots.
//
// A file-backed slot becomes a createSlot with `file` and `pgoff`, any other an ordinary one. The scenario has no flags:
// read-only and dirty-logging slots stand there like the others. KVM keeps a second set of slots, from 65,536 on, for
// system management mode; that is not modelled. Those lines are ours all the same, and count as unread, so that whoever
// imports the log is told that something is missing.

import { isPageAligned, PAGE_SHIFT, PAGE_SIZE, pgoffOf } from "../../units.ts";
import { structFields } from "./args.ts";
import { type Call, type CallReader, NOT_OURS, ours } from "./call.ts";
import { setDescriptor, targetOf } from "./descriptors.ts";
import { fileName } from "./file.ts";
import { fileAt } from "./mappings.ts";
import { requestOf } from "./request.ts";
import { addressOf, fdOf, integerOf } from "./values.ts";
import { addVm, type CapturedSlot, type Vmm, vmName } from "./vmm.ts";

/** KVM_MEM_MAX_NR_PAGES: no slot has more pages. */
const PAGES_MAX = 2n ** 31n - 1n;
/** A scenario's slots, and KVM's in the first address space. */
const SLOT_MAX = 65_535n;
/** Guest physical addresses have at most 52 bits. */
const GUEST_PHYS_END = 2n ** 52n;

/** `ioctl(fd, request, ...)`, the requests that speak of guest memory. */
export const ioctl: CallReader = (vmm, call) => {
  const take = REQUESTS.get(requestOf(call.args[1] ?? ""));
  return take === undefined ? NOT_OURS : ours(call, () => take(vmm, call));
};

const REQUESTS: ReadonlyMap<string, (vmm: Vmm, call: Call) => string | null> = new Map([
  ["KVM_CREATE_VM", createVm],
  ["KVM_SET_USER_MEMORY_REGION", setUserMemoryRegion],
  // The same fields, and two more that say where private memory lies.
  ["KVM_SET_USER_MEMORY_REGION2", setUserMemoryRegion],
]);

function createVm(vmm: Vmm, call: Call): string | null {
  const fd = fdOf(call.result);
  if (fd === null) return "the result of KVM_CREATE_VM is not a file descriptor";
  vmBehind(vmm, call, fd);
  return null;
}

function setUserMemoryRegion(vmm: Vmm, call: Call): string | null {
  const fields = structFields(call.args[2]);
  if (fields === null) return "its struct is not decoded, or not whole";
  const slot = integerOf(fields.get("slot"));
  const memorySize = integerOf(fields.get("memory_size"));
  if (fdOf(call.args[0]) === null || slot === null || memorySize === null) {
    return "no VM, slot and memory_size to be read";
  }
  if (slot > SLOT_MAX && slot <= 2n * SLOT_MAX + 1n) {
    return `slot ${slot} belongs to system management mode, which is not modelled`;
  }
  if (slot < 0n || slot > SLOT_MAX)
    return `slot ${slot} is outside the first address space, 0 to ${SLOT_MAX}`;
  if (memorySize === 0n) {
    deleteSlot(vmm, vmOf(vmm, call), Number(slot), call.time);
    vmm.deleted++;
    return null;
  }
  const guestPhysAddr = addressOf(fields.get("guest_phys_addr"));
  const userspaceAddr = addressOf(fields.get("userspace_addr"));
  if (guestPhysAddr === null || userspaceAddr === null)
    return "no guest_phys_addr and userspace_addr to be read";
  const region = { guestPhysAddr, memorySize, userspaceAddr };
  if (!isRegion(region)) return "size and addresses are not a region that KVM would take";
  setSlot(vmm, call, vmOf(vmm, call), Number(slot), region);
  vmm.created++;
  return null;
}

const isRegion = ({ guestPhysAddr, memorySize, userspaceAddr }: CapturedSlot) =>
  [guestPhysAddr, memorySize, userspaceAddr].every((n) => n >= 0n && isPageAligned(n)) &&
  memorySize / PAGE_SIZE <= PAGES_MAX &&
  guestPhysAddr + memorySize <= GUEST_PHYS_END;

/** The VM that the call is for. One that the log has not seen created is older than the log, and a VM for all that. */
function vmOf(vmm: Vmm, call: Call): number {
  const target = targetOf(vmm, call, call.args[0]);
  return target?.kind === "vm" ? target.index : vmBehind(vmm, call, fdOf(call.args[0])!);
}

/** A new VM behind descriptor `fd`. KVM marks it to be closed by execve. */
function vmBehind(vmm: Vmm, call: Call, fd: number): number {
  const index = addVm(vmm);
  setDescriptor(call, fd, { kind: "vm", index }, true);
  return index;
}

function deleteSlot(vmm: Vmm, vm: number, slot: number, time: number) {
  vmm.vms[vm]!.delete(slot);
  vmm.operations.push({ op: "deleteSlot", vm: vmName(vm), slot, time });
}

/** A change of flags alone leaves no operation; a slot that moves is deleted and created, as KVM's own steps have it. */
function setSlot(vmm: Vmm, { caller, time }: Call, vm: number, slot: number, region: CapturedSlot) {
  const before = vmm.vms[vm]!.get(slot);
  if (before !== undefined) {
    if (isSameRegion(before, region)) return;
    deleteSlot(vmm, vm, slot, time);
  }
  vmm.vms[vm]!.set(slot, region);
  const first = Number(region.userspaceAddr >> PAGE_SHIFT);
  const pages = pgoffOf(region.memorySize);
  const backing = fileAt(caller.space.mappings, first, first + pages);
  vmm.operations.push({
    op: "createSlot",
    vm: vmName(vm),
    slot,
    gfn: pgoffOf(region.guestPhysAddr),
    pages,
    ...(backing === null ? {} : { file: fileName(backing.file.index!), pgoff: backing.pgoff }),
    time,
  });
}

const isSameRegion = (a: CapturedSlot, b: CapturedSlot) =>
  a.guestPhysAddr === b.guestPhysAddr && a.memorySize === b.memorySize && a.userspaceAddr === b.userspaceAddr;
