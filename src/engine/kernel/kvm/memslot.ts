// SPDX-License-Identifier: GPL-2.0-only
// The memslot object, and the table of all that ever were: an id here is what a pointer is in C.

import { present } from "../../assert.ts";
import type { Gfn, Pgoff } from "../../units.ts";

/** Index of a memslot object in the world's table. The embedded notifier has the same one. Never used twice. */
export type MemslotId = number & { readonly memslot: unique symbol };

/**
 * Plain data; struct kvm_memory_slot with its embedded notifier.
 *
 * `file` and `pgoff` are set before the slot is bound, as in the kernel. A freed object stays in the table, so
 * that a stale id is seen instead of impossible.
 */
export interface Memslot {
  readonly id: MemslotId;
  readonly vm: string;
  /** The number that user space gave it. */
  readonly slot: number;
  readonly baseGfn: Gfn;
  /** Pages; the slot is gfn [baseGfn, baseGfn + npages). */
  readonly npages: number;
  /** Name of the restrictedmem file, or null for an ordinary slot. */
  file: string | null;
  /**
   * File page of the first gfn: restricted_offset, signed in the kernel too, over the page size. Below zero where user
   * space passed an offset of 2^63 or more (T-ah); what the kernel makes an unsigned index of it is 2^64 higher.
   */
  pgoff: Pgoff;
  freed: boolean;
}

export type Memslots = Memslot[];

export const newMemslot = (memslots: Memslots, fields: Omit<Memslot, "id" | "freed">): Memslot => {
  const memslot: Memslot = { id: memslots.length as MemslotId, freed: false, ...fields };
  memslots.push(memslot);
  return memslot;
};

export const memslotOf = (memslots: Memslots, id: MemslotId): Memslot =>
  present(memslots[id], () => `memslot object ${id}`);

/** `vm0/3`: how events and choices name the slot. */
export const memslotName = (memslot: Memslot) => `${memslot.vm}/${memslot.slot}`;
