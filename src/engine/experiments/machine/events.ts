// SPDX-License-Identifier: GPL-2.0-only
// Every event a run can tell, and what a choice may wait for.

import type { Errno } from "../../errno.ts";
import type { KvmEvent } from "../../kernel/kvm/events.ts";
import type { GuestEvent } from "../../kernel/kvm/guestEvents.ts";
import type { BindingEvent, ListEvent, RestrictedmemEvent } from "../../kernel/restrictedmem/events.ts";
import type { ShmemEvent } from "../../kernel/shmem/events.ts";
import type { SyncEvent } from "../../kernel/sync/events.ts";
import type { Operation, SyscallOperation } from "./operation.ts";

/** A call with its arguments. */
type EnteredBy<O> = O extends { readonly op: infer C }
  ? { type: "syscall.entered"; call: C } & Omit<O, "op">
  : never;

export type SyscallEntered = EnteredBy<SyscallOperation>;

/** Where user space enters and leaves the kernel. */
export type CallEvent =
  | SyscallEntered
  | { type: "fallocate.entered"; file: string; mode: number; offset: bigint; len: bigint }
  /** The whole pages of a hole, [start, end), were taken for touched; so many of them were not there, not mapped. */
  | { type: "pages.assumed"; file: string; start: number; end: number; allocated: number; mapped: number }
  /** KVM_SET_USER_MEMORY_REGION; `pages` 0 deletes. */
  | {
      type: "region.entered";
      memslot: string;
      gfn: number | null;
      pages: number;
      file: string | null;
      pgoff: number | null;
    }
  /** User memory behind gfns [start, end) is unmapped by the host. */
  | { type: "unmap.entered"; vm: string; start: number; end: number }
  /** The machine finds frame `pfn` bad, which page `index` of the file lies in; null where that is a hole. */
  | { type: "poison.entered"; file: string; index: number; pfn: number | null }
  | { type: "bind.entered"; file: string; memslot: string; start: number; end: number; exclusive: boolean }
  | { type: "unbind.entered"; file: string; memslot: string; start: number; end: number }
  /** The design has no such operation; nothing changes. */
  | { type: "operation.absent"; op: Operation["op"] }
  | { type: "operation.returned"; op: Operation["op"]; errno: Errno | null };

export type LabEvent =
  | CallEvent
  | KvmEvent
  | GuestEvent
  | RestrictedmemEvent
  | ListEvent
  | BindingEvent
  | ShmemEvent
  | SyncEvent;

export type LabEventType = LabEvent["type"];

const OBJECT_FIELDS = new Set(["lock", "memslot", "vcpu", "vm", "file", "srcu", "of"]);

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
