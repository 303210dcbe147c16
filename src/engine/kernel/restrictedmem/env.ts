// SPDX-License-Identifier: GPL-2.0-only
// The part of the machine that restrictedmem's paths may touch.

import type { Result } from "../../errno.ts";
import type { Path } from "../../sim/gate.ts";
import type { Pgoff } from "../../units.ts";
import type { GuestEvent } from "../kvm/guestEvents.ts";
import type { MemslotId } from "../kvm/memslot.ts";
import type { ShmemEnv, ShmemEvent } from "../shmem/events.ts";
import type { NewsizeEnv } from "../shmem/newSize.ts";
import type { SyncEvent } from "../sync/events.ts";
import type { Lock } from "../sync/lock.ts";
import type { BindingEvent, ListEvent, RestrictedmemEvent } from "./events.ts";

/** restrictedmem_notifier_ops: how a file reaches its consumers. Ranges are file pages [start, end). */
export interface NotifierOps {
  invalidateStart(notifier: MemslotId, start: Pgoff, end: Pgoff): Path<void>;
  invalidateEnd(notifier: MemslotId, start: Pgoff, end: Pgoff): Path<void>;
}

export interface RestrictedmemEnv extends ShmemEnv {
  readonly notifierOps: NotifierOps;
  emit(event: RestrictedmemEvent | ListEvent | BindingEvent | GuestEvent | ShmemEvent | SyncEvent): void;
}

/** The process's descriptors and the host's files. A file is named before it is there. */
export interface FdOps {
  /** A descriptor for the file called `file`; EMFILE where the process has too many. */
  reserve(file: string): Result;
  giveBack(file: string): void;
  /** One struct file, inner or outer: ENFILE where the host has too many, else ENOMEM. */
  allocFile(): Result;
  freeFile(): void;
  /** The file is there from now on. Returns the number of the descriptor that was reserved for it. */
  install(file: string): number;
}

/** What making a file needs. */
export interface CreateEnv {
  readonly fds: FdOps;
  /** Whether the next allocation of kernel memory succeeds. */
  mayAllocate(): boolean;
  emit(event: RestrictedmemEvent): void;
}

/** What setting a size needs. */
export interface SetattrEnv extends NewsizeEnv {
  readonly task: string;
  emit(event: RestrictedmemEvent | ShmemEvent | SyncEvent): void;
}

/** What looking for the shim of a bad page needs. */
export interface ErrorEnv {
  readonly task: string;
  /** The spinlock of the list of inodes that the shims' superblock has. */
  readonly inodeListLock: Lock;
  /** How many shims the host has, all of them in use. */
  shimInodes(): number;
  emit(event: RestrictedmemEvent | SyncEvent): void;
}

/** The notifier that registers or binds: its object, and the name that events give it. */
export interface NotifierRef {
  readonly id: MemslotId;
  readonly name: string;
}
