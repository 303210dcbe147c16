// SPDX-License-Identifier: GPL-2.0-only
// What a log has told so far: processes, files, VMs and their memslots, and the operations that became of it.
//
// Files and VMs are known for the whole log, whichever process made them; descriptors and mappings are a process's own.

import type { OperationDocument } from "../scenarios/document.ts";
import type { Files } from "./file.ts";
import { newProcesses, type Processes } from "./processes.ts";

/** What a live memslot covers: guest physical address, bytes, user address. */
export interface CapturedSlot {
  readonly guestPhysAddr: bigint;
  readonly memorySize: bigint;
  readonly userspaceAddr: bigint;
}

export interface Vmm extends Files {
  readonly processes: Processes;
  /** Per VM its live slots by slot id. */
  readonly vms: Map<number, CapturedSlot>[];
  /** The scenario's operations, in the order in which the calls returned. */
  readonly operations: OperationDocument[];
  /** Memslot calls that created or changed a slot; that deleted one; punches. */
  created: number;
  deleted: number;
  punches: number;
}

/** Before the first line. */
export const newVmm = (): Vmm => ({
  processes: newProcesses(),
  files: [],
  byPath: new Map(),
  vms: [],
  operations: [],
  linesRecalled: 0,
  created: 0,
  deleted: 0,
  punches: 0,
});

/** A new VM, as an index into `vmm.vms`. */
export const addVm = (vmm: Vmm): number => vmm.vms.push(new Map()) - 1;

/** A VM's name in the scenario. */
export const vmName = (index: number) => `vm${index}`;
