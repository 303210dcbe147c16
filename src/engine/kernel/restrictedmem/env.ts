// SPDX-License-Identifier: GPL-2.0-only
// The part of the machine that restrictedmem's paths may touch.

import type { Path } from "../../sim/gate.ts";
import type { Pgoff } from "../../units.ts";
import type { MemslotId } from "../kvm/memslot.ts";
import type { ShmemEnv, ShmemEvent } from "../shmem/events.ts";
import type { SyncEvent } from "../sync/events.ts";
import type { BindingEvent, ListEvent, RestrictedmemEvent } from "./events.ts";

/** restrictedmem_notifier_ops: how a file reaches its consumers. Ranges are file pages [start, end). */
export interface NotifierOps {
  invalidateStart(notifier: MemslotId, start: Pgoff, end: Pgoff): Path<void>;
  invalidateEnd(notifier: MemslotId, start: Pgoff, end: Pgoff): Path<void>;
}

export interface RestrictedmemEnv extends ShmemEnv {
  readonly notifierOps: NotifierOps;
  emit(event: RestrictedmemEvent | ListEvent | BindingEvent | ShmemEvent | SyncEvent): void;
}

/** The notifier that registers or binds: its object, and the name that events give it. */
export interface NotifierRef {
  readonly id: MemslotId;
  readonly name: string;
}
