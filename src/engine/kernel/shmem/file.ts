// SPDX-License-Identifier: GPL-2.0-only
// The tmpfs file that owns the pages: its size, its lock, its page cache.
//
// Models    the inner file of restrictedmem, mm/shmem.c
// Left out  folios larger than a page, swap, seals (the hidden file has none).

import type { Pfn, Pgoff } from "../../units.ts";
import { copyLock, type Lock, newLock } from "../sync/lock.ts";
import { allocFrame, type HostMemory } from "./memory.ts";
import {
  copyXarray,
  newXarray,
  XA_NULL,
  type Xarray,
  xaVisits,
  xaLoad,
  xaMkPointer,
  xaStoreEach,
  xaToPointer,
} from "../xarray/index.ts";

/** Plain data. `iPages` maps pgoff to a pointer entry whose number is the pfn, as mapping->i_pages does. */
export interface ShmemFile {
  /** The inner inode's i_rwsem, `f0/inode->lock`. */
  inodeLock: Lock;
  /** i_size in bytes; up to 2^63 - 1, hence a bigint. Nothing is allocated by it. */
  iSize: bigint;
  iPages: Xarray;
}

export const newShmemFile = (name: string, iSize: bigint): ShmemFile => ({
  inodeLock: newLock(`${name}/inode->lock`),
  iSize,
  iPages: newXarray(),
});

export const copyShmemFile = (file: ShmemFile): ShmemFile => ({
  inodeLock: copyLock(file.inodeLock),
  iSize: file.iSize,
  iPages: copyXarray(file.iPages),
});

/** The frame of page `index`, or null where the file has a hole. */
export function findPage(file: ShmemFile, index: Pgoff): Pfn | null {
  const entry = xaLoad(file.iPages, index);
  return entry === 0 ? null : (xaToPointer(entry) as Pfn);
}

/**
 * The frames of pages [start, end), allocated where there are none: tmpfs' "find or allocate", which looks at no i_size
 * (T-n). The caller has made sure that enough frames are left.
 */
export function getPages(memory: HostMemory, file: ShmemFile, start: number, end: number): Pfn[] {
  const pfns: Pfn[] = [];
  xaStoreEach(file.iPages, start, end - 1, (_, old) => {
    const entry = old === XA_NULL ? xaMkPointer(allocFrame(memory)) : old;
    pfns.push(xaToPointer(entry) as Pfn);
    return entry;
  });
  return pfns;
}

/** How many pages of [start, end) are holes. */
export const countHoles = (file: ShmemFile, start: number, end: number): number =>
  end - start - pagesIn(file, start, end).length;

/** The pages of [start, end) that the file holds, ascending. */
export const pagesIn = (file: ShmemFile, start: number, end: number): number[] =>
  xaVisits(file.iPages, start, end - 1).map(({ index }) => index);
