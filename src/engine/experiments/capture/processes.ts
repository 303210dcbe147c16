// SPDX-License-Identifier: GPL-2.0-only
// The processes of a log: who shares descriptors and memory with whom.
//
// A process whose birth the log does not show shares both with the first one: threads of a QEMU that ran before strace
// was attached. A child's first line may come before its parent's clone returns; it then belongs to the clone that has
// waited longest. Left out: descriptors sent over a socket, unshare(2), and process ids that another namespace counts.

import type { CapturedFile } from "./file.ts";
import type { FileMapping } from "./mappings.ts";
import type { Ranges } from "./ranges.ts";

/** A descriptor leads to a file or to a VM, by its index; others are not kept. */
export type FdTarget =
  | { readonly kind: "file"; readonly file: CapturedFile }
  | { readonly kind: "vm"; readonly index: number };

/** Descriptors apart by what execve(2) does to them. */
export interface Descriptors {
  readonly kept: Ranges<FdTarget>;
  readonly closedOnExec: Ranges<FdTarget>;
}

/** What processes share by sharing the object. */
export interface FdTable {
  open: Descriptors;
}
export interface AddressSpace {
  mappings: Ranges<FileMapping>;
}

export interface Process {
  table: FdTable;
  space: AddressSpace;
}

/** What a child has in common with its parent: CLONE_FILES and CLONE_VM. */
export interface Sharing {
  readonly files: boolean;
  readonly vm: boolean;
}

/** A fork or clone that has not returned. */
interface Birth {
  readonly parent: Process;
  readonly sharing: Sharing;
  child: string | null;
}

export interface Processes {
  readonly first: Process;
  /** The process id of the log's first line, null before it. */
  firstPid: string | null;
  readonly byPid: Map<string, Process>;
  readonly births: Map<string, Birth>;
  /** Those of `births` whose child has not been seen, the oldest first. */
  readonly unclaimed: Map<string, Birth>;
}

export const newProcesses = (): Processes => ({
  first: newProcess(),
  firstPid: null,
  byPid: new Map(),
  births: new Map(),
  unclaimed: new Map(),
});

const newProcess = (): Process => ({
  table: { open: { kept: null, closedOnExec: null } },
  space: { mappings: null },
});

/** The process that a line is about. */
export function processOf(processes: Processes, pid: string): Process {
  processes.firstPid ??= pid;
  const known = processes.byPid.get(pid);
  if (known !== undefined) return known;
  const [parent, birth] = processes.unclaimed.entries().next().value ?? [];
  if (pid === "" || parent === undefined || birth === undefined) {
    processes.byPid.set(pid, processes.first);
    return processes.first;
  }
  processes.unclaimed.delete(parent);
  birth.child = pid;
  return bear(processes, pid, birth);
}

/** A call that makes a process has begun. */
export function birthBegun(processes: Processes, pid: string, parent: Process, sharing: Sharing): void {
  const birth = { parent, sharing, child: null };
  processes.births.set(pid, birth);
  processes.unclaimed.delete(pid);
  processes.unclaimed.set(pid, birth);
}

/** It has returned `child`, null where it failed or the log does not tell. */
export function birthEnded(
  processes: Processes,
  pid: string,
  parent: Process,
  sharing: Sharing,
  child: string | null,
): void {
  const begun = processes.births.get(pid);
  processes.births.delete(pid);
  processes.unclaimed.delete(pid);
  if (begun !== undefined && begun.child !== null) {
    if (begun.child === child) return;
    // Somebody else's child, or no child at all: a thread that ran before the log began.
    processes.byPid.set(begun.child, processes.first);
  }
  if (child !== null) bear(processes, child, { parent, sharing, child });
}

/** The process is gone; its id may be given out again. */
export function exited(processes: Processes, pid: string): void {
  processes.byPid.delete(pid);
}

function bear(processes: Processes, pid: string, { parent, sharing }: Birth): Process {
  const child = {
    table: sharing.files ? parent.table : { ...parent.table },
    space: sharing.vm ? parent.space : { ...parent.space },
  };
  processes.byPid.set(pid, child);
  return child;
}

/**
 * execve(2): a new address space, and descriptors of its own, without those marked for it.
 *
 * Who was taken for a thread of the first process is none after all: it was born where nobody saw it.
 */
export function executed(processes: Processes, pid: string, caller: Process): void {
  const isStray = caller === processes.first && pid !== "" && pid !== processes.firstPid;
  const process = isStray ? { ...caller } : caller;
  processes.byPid.set(pid, process);
  process.space = { mappings: null };
  process.table = { open: { kept: process.table.open.kept, closedOnExec: null } };
}
