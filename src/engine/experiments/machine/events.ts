// SPDX-License-Identifier: GPL-2.0-only
// Every event a run can tell, and what a choice may wait for.

import type { Errno } from "../../errno.ts";
import type { KvmEvent } from "../../kernel/kvm/events.ts";
import type { BindingEvent, ListEvent, RestrictedmemEvent } from "../../kernel/restrictedmem/events.ts";
import type { ShmemEvent } from "../../kernel/shmem/events.ts";
import type { SyncEvent } from "../../kernel/sync/events.ts";
import type { Operation } from "./operation.ts";

/** Where user space enters and leaves the kernel. */
export type CallEvent =
  | { type: "fallocate.entered"; file: string; mode: number; offset: bigint; len: bigint }
  /** KVM_SET_USER_MEMORY_REGION; `pages` 0 deletes. */
  | {
      type: "region.entered";
      memslot: string;
      gfn: number | null;
      pages: number;
      file: string | null;
      pgoff: number | null;
    }
  | { type: "bind.entered"; file: string; memslot: string; start: number; end: number; exclusive: boolean }
  | { type: "unbind.entered"; file: string; memslot: string; start: number; end: number }
  /** The design has no such operation; nothing changes. */
  | { type: "operation.absent"; op: Operation["op"] }
  | { type: "operation.returned"; op: Operation["op"]; errno: Errno | null };

export type LabEvent =
  | CallEvent
  | KvmEvent
  | RestrictedmemEvent
  | ListEvent
  | BindingEvent
  | ShmemEvent
  | SyncEvent;

export type LabEventType = LabEvent["type"];

/** All event types. A choice that waits for another one could never be fulfilled. */
export const EVENT_TYPES = Object.keys({
  "bind.entered": 0,
  "bind.refused": 0,
  "bracket.begun": 0,
  "bracket.ended": 0,
  "fallocate.entered": 0,
  "grace.elapsed": 0,
  "guest.mapped": 0,
  "guest.refused": 0,
  "list.read": 0,
  "lock.released": 0,
  "lock.taken": 0,
  "lock.waited": 0,
  "notifier.bound": 0,
  "notifier.end": 0,
  "notifier.registered": 0,
  "notifier.start": 0,
  "notifier.unbound": 0,
  "notifier.unregistered": 0,
  "operation.absent": 0,
  "operation.returned": 0,
  "punch.begun": 0,
  "region.entered": 0,
  "shmem.allocated": 0,
  "shmem.punched": 0,
  "slot.freed": 0,
  "slot.invisible": 0,
  "slot.visible": 0,
  "spte.zapped": 0,
  "srcu.entered": 0,
  "srcu.left": 0,
  "tlb.flushed": 0,
  "unbind.entered": 0,
  "walk.begun": 0,
  "walk.ended": 0,
  "xarray.read": 0,
} satisfies Record<LabEventType, 0>) as readonly LabEventType[];

const OBJECT_FIELDS = new Set(["lock", "memslot", "vm", "file", "srcu", "of"]);

/** The objects that `event` is about, as choices name them: a lock, a memslot, a VM, a file. */
const objectsOf = (event: LabEvent): string[] =>
  Object.entries(event).flatMap(([field, value]) =>
    OBJECT_FIELDS.has(field) && typeof value === "string" ? [value] : [],
  );

/**
 * Whether `event` is what `TASK until name object` waits for. The object may be given whole (`f0/rm->lock`) or
 * without its owner (`rm->lock`); null stands for any.
 */
export function isEvent(event: LabEvent, name: string, object: string | null): boolean {
  if (event.type !== name) return false;
  if (object === null) return true;
  return objectsOf(event).some((own) => own === object || own.slice(own.indexOf("/") + 1) === object);
}
