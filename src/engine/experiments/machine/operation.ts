// SPDX-License-Identifier: GPL-2.0-only
// What user space or a guest asks the machine for: the verbs of scenarios, with all defaults filled in.

import type { MemoryRegion } from "../../kernel/kvm/region.ts";
import type { Gfn, Loff, Pgoff } from "../../units.ts";

/** A fallocate(2) call. `allocate` and `punch` differ in `mode` alone; the name says what was meant. */
export interface FallocateOperation {
  readonly op: "allocate" | "punch";
  readonly file: string;
  /** FALLOC_FL_ bits. */
  readonly mode: number;
  readonly offset: Loff;
  readonly len: Loff;
}

/** KVM_SET_USER_MEMORY_REGION with a size; private where it names a file. */
export interface CreateSlotOperation {
  readonly op: "createSlot";
  readonly vm: string;
  readonly slot: number;
  readonly gfn: Gfn;
  readonly pages: number;
  /** The slot's file and the file page of its first gfn, as the memslot keeps it; null for an ordinary slot. */
  readonly backing: { readonly file: string; readonly pgoff: Pgoff } | null;
  /** The arguments to the byte, where the above, which are their whole pages, do not say it all. */
  readonly region?: MemoryRegion | undefined;
}

/** KVM_SET_USER_MEMORY_REGION with size 0. */
export interface DeleteSlotOperation {
  readonly op: "deleteSlot";
  readonly vm: string;
  readonly slot: number;
}

/** The guest touches [gfn, gfn + pages): absent file pages are allocated, all are mapped. */
export interface MapOperation {
  readonly op: "map";
  readonly vm: string;
  readonly gfn: Gfn;
  readonly pages: number;
}

/** A vCPU reads or writes one page of guest memory. */
export interface GuestOperation {
  readonly op: "guestRead" | "guestWrite";
  readonly vm: string;
  readonly vcpu: number;
  readonly gfn: Gfn;
}

/** The host unmaps the user memory behind gfns [start, end) of an ordinary slot. */
export interface MmuNotifierOperation {
  readonly op: "mmuNotifier";
  readonly vm: string;
  readonly start: Gfn;
  readonly end: Gfn;
}

/** The machine finds the frame behind a page of a file bad. */
export interface PoisonOperation {
  readonly op: "poison";
  readonly file: string;
  readonly page: Pgoff;
}

/** Whoever sends task `task` a signal, which cuts an allocation short, and a vCPU's run. */
export interface SignalOperation {
  readonly op: "signal";
  readonly task: string;
}

/** restrictedmem_bind() of file pages [start, end) to an existing slot's notifier, called on its own. */
export interface BindOperation {
  readonly op: "bind";
  readonly file: string;
  readonly start: Pgoff;
  readonly end: Pgoff;
  readonly notifier: { readonly vm: string; readonly slot: number };
  readonly exclusive: boolean;
}

/** restrictedmem_unbind(), called on its own. */
export interface UnbindOperation {
  readonly op: "unbind";
  readonly file: string;
  readonly start: Pgoff;
  readonly end: Pgoff;
  readonly notifier: { readonly vm: string; readonly slot: number };
}

/**
 * A system call on a file, which need not be there: without a descriptor it answers as for one that is closed. Bytes as
 * the call takes them.
 */
export type SyscallOperation = { readonly file: string } & (
  | { readonly op: "memfd_restricted"; readonly flags: number }
  | { readonly op: "ftruncate"; readonly length: Loff }
  | { readonly op: "fstat" | "close" }
  | { readonly op: "read" | "write"; readonly len: number }
  | { readonly op: "pread" | "pwrite"; readonly offset: Loff; readonly len: number }
  | { readonly op: "lseek"; readonly offset: Loff; readonly whence: number }
  /** `prot` as the scenario writes it: READ, WRITE, EXEC, joined by bars, or NONE. */
  | { readonly op: "mmap"; readonly prot: string; readonly flags: "SHARED" | "PRIVATE" }
);

export type Operation =
  | SyscallOperation
  | FallocateOperation
  | CreateSlotOperation
  | DeleteSlotOperation
  | MapOperation
  | GuestOperation
  | MmuNotifierOperation
  | PoisonOperation
  | SignalOperation
  | BindOperation
  | UnbindOperation;
