// SPDX-License-Identifier: GPL-2.0-only
// The part of the machine that KVM's paths may touch.

import type { Errno, Result } from "../../errno.ts";
import type { Path } from "../../sim/gate.ts";
import type { Pfn, Pgoff } from "../../units.ts";
import { present } from "../../assert.ts";
import type { HostMemory } from "../shmem/memory.ts";
import type { ShmemFile } from "../shmem/file.ts";
import type { ShmemEvent } from "../shmem/events.ts";
import type { SyncEvent } from "../sync/events.ts";
import type { KvmEvent } from "./events.ts";
import type { Kvm } from "./kvm.ts";
import type { GuestEvent } from "./guestEvents.ts";
import type { Memslot, Memslots } from "./memslot.ts";

/** A page that a file gave, with a reference for whoever asked; or why it gave none. */
export type PageGot =
  | { readonly ok: true; readonly pfn: Pfn; readonly order: number }
  | {
      readonly ok: false;
      readonly errno: Errno;
      /** Whether asking again could have another answer. */
      mended(): boolean;
    };

/** How a private memslot reaches its file: upward, through a table, since the file's room lies above KVM's. */
export interface BackingOps {
  /** Ties the slot, whose file and pgoff are set, to the file. A failure leaves nothing behind. */
  attach(memslot: Memslot): Path<Result>;
  detach(memslot: Memslot): Path<void>;
  /** restrictedmem_get_page(): page `index` of the slot's file, with a reference for the caller. */
  getPage(memslot: Memslot, index: Pgoff): Path<PageGot>;
  /** Whether getPage() would refuse none of pages [start, end) for want of a binding. */
  isBound(file: string, start: Pgoff, end: Pgoff): boolean;
  /** The tmpfs file that owns the pages. */
  memfd(file: string): ShmemFile;
}

/** A part of KVM that a run does without, to show what it is there for (T-l). */
export type Omission = "seqTest" | "countTest" | "flush";

export interface KvmEnv {
  readonly task: string;
  readonly memory: HostMemory;
  readonly memslots: Memslots;
  readonly vms: Readonly<Record<string, Kvm>>;
  readonly backing: BackingOps;
  readonly omit: ReadonlySet<Omission>;
  /** Whether a signal waits for the caller. */
  signalPending(): boolean;
  emit(event: KvmEvent | GuestEvent | ShmemEvent | SyncEvent): void;
}

export const vmOf = (env: Pick<KvmEnv, "vms">, name: string): Kvm =>
  present(env.vms[name], () => `VM ${name}`);
