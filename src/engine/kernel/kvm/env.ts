// SPDX-License-Identifier: GPL-2.0-only
// The part of the machine that KVM's paths may touch.

import type { Result } from "../../errno.ts";
import type { Path } from "../../sim/gate.ts";
import { present } from "../../assert.ts";
import type { HostMemory } from "../shmem/memory.ts";
import type { ShmemFile } from "../shmem/file.ts";
import type { ShmemEvent } from "../shmem/events.ts";
import type { SyncEvent } from "../sync/events.ts";
import type { KvmEvent } from "./events.ts";
import type { Kvm } from "./kvm.ts";
import type { Memslot, Memslots } from "./memslot.ts";

/** How a private memslot reaches its file: upward, through a table, since the file's room lies above KVM's. */
export interface BackingOps {
  /** Ties the slot, whose file and pgoff are set, to the file. A failure leaves nothing behind. */
  attach(memslot: Memslot): Path<Result>;
  detach(memslot: Memslot): Path<void>;
  /** The tmpfs file that owns the pages. */
  memfd(file: string): ShmemFile;
}

export interface KvmEnv {
  readonly task: string;
  readonly memory: HostMemory;
  readonly memslots: Memslots;
  readonly vms: Readonly<Record<string, Kvm>>;
  readonly backing: BackingOps;
  emit(event: KvmEvent | ShmemEvent | SyncEvent): void;
}

export const vmOf = (env: Pick<KvmEnv, "vms">, name: string): Kvm =>
  present(env.vms[name], () => `VM ${name}`);
