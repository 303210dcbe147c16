// SPDX-License-Identifier: GPL-2.0-only
// The file as posted in v10: a list of notifiers behind a mutex.
//
// Models    struct restrictedmem_data in mm/restrictedmem.c

import type { MemslotId } from "../../kvm/memslot.ts";
import { copyShmemFile, newShmemFile, type ShmemFile } from "../../shmem/file.ts";
import type { FolioOrder } from "../../shmem/memory.ts";
import { copyLock, type Lock, newLock } from "../../sync/lock.ts";
import { copyShim, newShim, type Shim } from "../shim.ts";

/** Plain data. */
export interface RestrictedmemList {
  readonly keeps: "list";
  readonly name: string;
  /** A mutex; guards the list only. */
  lock: Lock;
  memfd: ShmemFile;
  shim: Shim;
  /** Newest first: registering inserts at the head, and walks go from there. */
  notifiers: MemslotId[];
}

export const newRestrictedmemList = (
  name: string,
  iSize: bigint,
  order: FolioOrder = 0,
): RestrictedmemList => ({
  keeps: "list",
  name,
  lock: newLock(`${name}/rm->lock`),
  memfd: newShmemFile(name, iSize, order),
  shim: newShim(name),
  notifiers: [],
});

export const copyRestrictedmemList = (rm: RestrictedmemList): RestrictedmemList => ({
  ...rm,
  lock: copyLock(rm.lock),
  memfd: copyShmemFile(rm.memfd),
  shim: copyShim(rm.shim),
  notifiers: rm.notifiers.slice(),
});
