// SPDX-License-Identifier: GPL-2.0-only
// The file as posted in v10: a list of notifiers behind a mutex.
//
// Models    struct restrictedmem_data in mm/restrictedmem.c

import type { MemslotId } from "../../kvm/memslot.ts";
import { copyShmemFile, newShmemFile, type ShmemFile } from "../../shmem/file.ts";
import { copyLock, type Lock, newLock } from "../../sync/lock.ts";

/** Plain data. */
export interface RestrictedmemList {
  readonly keeps: "list";
  readonly name: string;
  /** A mutex; guards the list only. */
  lock: Lock;
  memfd: ShmemFile;
  /** Newest first: registering inserts at the head, and walks go from there. */
  notifiers: MemslotId[];
}

export const newRestrictedmemList = (name: string, iSize: bigint): RestrictedmemList => ({
  keeps: "list",
  name,
  lock: newLock(`${name}/rm->lock`),
  memfd: newShmemFile(name, iSize),
  notifiers: [],
});

export const copyRestrictedmemList = (rm: RestrictedmemList): RestrictedmemList => ({
  ...rm,
  lock: copyLock(rm.lock),
  memfd: copyShmemFile(rm.memfd),
  notifiers: rm.notifiers.slice(),
});
