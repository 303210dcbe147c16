// SPDX-License-Identifier: GPL-2.0-only
// The file as the review proposed it: an xarray from page to notifier, behind a read-write semaphore.
//
// Models    struct restrictedmem in mm/restrictedmem.c, variant REVIEW

import type { Pgoff } from "../../../units.ts";
import { copyShmemFile, newShmemFile, type ShmemFile } from "../../shmem/file.ts";
import type { FolioOrder } from "../../shmem/memory.ts";
import { copyLock, type Lock, newLock } from "../../sync/lock.ts";
import { copyXarray, newXarray, type Xarray } from "../../xarray/index.ts";
import { copyShim, newShim, type Shim } from "../shim.ts";

/**
 * What is handed to the xarray's inclusive `last` for a half-open range. `exclusiveAsLast` is the code as it
 * was posted: one page too far (T-c). `endMinus1` is the fix.
 */
export type LastMode = "endMinus1" | "exclusiveAsLast";

/** Plain data. */
export interface RestrictedmemXarray {
  readonly keeps: "xarray";
  readonly name: string;
  readonly lastMode: LastMode;
  /** An rw_semaphore: read-held over a whole punch, write-held by bind and unbind. */
  lock: Lock;
  memfd: ShmemFile;
  shim: Shim;
  /** From pgoff to a pointer entry whose number is the notifier's id. */
  bindings: Xarray;
  /** Meaningful only while bindings is not empty. */
  exclusive: boolean;
}

export const newRestrictedmemXarray = (
  name: string,
  iSize: bigint,
  lastMode: LastMode,
  order: FolioOrder = 0,
): RestrictedmemXarray => ({
  keeps: "xarray",
  name,
  lastMode,
  lock: newLock(`${name}/rm->lock`),
  memfd: newShmemFile(name, iSize, order),
  shim: newShim(name),
  bindings: newXarray(),
  exclusive: false,
});

export const copyRestrictedmemXarray = (rm: RestrictedmemXarray): RestrictedmemXarray => ({
  ...rm,
  lock: copyLock(rm.lock),
  memfd: copyShmemFile(rm.memfd),
  shim: copyShim(rm.shim),
  bindings: copyXarray(rm.bindings),
});

/** The index that the design passes as `last` for a range that ends before `end`. */
export const lastOf = (end: Pgoff, mode: LastMode): number => (mode === "endMinus1" ? end - 1 : end);
