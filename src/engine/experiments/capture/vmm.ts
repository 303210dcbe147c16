// SPDX-License-Identifier: GPL-2.0-only
// What a log has told about its virtual machine monitor so far: descriptors, files, mappings, VMs, memslots.
//
// All processes of a log count as one: the threads of QEMU share descriptors and memory. A child that forked away
// from both would be read wrongly.

import type { OperationDocument } from "../scenarios/document.ts";
import type { FileMapping } from "./mappings.ts";

/** A memfd, known for the whole log by its place in the order of creation. */
export interface CapturedFile {
  /** The largest size that ftruncate(2) gave it. */
  bytes: bigint;
}

/** What a live memslot covers: guest physical address, bytes, user address. */
export interface CapturedSlot {
  readonly guestPhysAddr: bigint;
  readonly memorySize: bigint;
  readonly userspaceAddr: bigint;
}

/** A file descriptor leads to a file or to a VM, by its index; others are not kept. */
export interface FdTarget {
  readonly kind: "file" | "vm";
  readonly index: number;
}

export interface Vmm {
  readonly fds: Map<number, FdTarget>;
  readonly files: CapturedFile[];
  /** Per VM its live slots by slot id. */
  readonly vms: Map<number, CapturedSlot>[];
  mappings: FileMapping[];
  /** The scenario's operations, in the order in which the calls returned. */
  readonly operations: OperationDocument[];
  /** Memslot calls that created or changed a slot; that deleted one; punches. */
  created: number;
  deleted: number;
  punches: number;
}

/** Before the first line. */
export const newVmm = (): Vmm => ({
  fds: new Map(),
  files: [],
  vms: [],
  mappings: [],
  operations: [],
  created: 0,
  deleted: 0,
  punches: 0,
});

/** The file that descriptor `fd` leads to, as an index into `vmm.files`; null where it is none of ours. */
export function fileOfFd(vmm: Vmm, fd: number | null): number | null {
  const target = fd === null ? undefined : vmm.fds.get(fd);
  return target?.kind === "file" ? target.index : null;
}

/** A file's name in the scenario. */
export const fileName = (index: number) => `f${index}`;

/** A VM's name in the scenario. */
export const vmName = (index: number) => `vm${index}`;
