// SPDX-License-Identifier: GPL-2.0-only
// The tmpfs file that owns the pages: its size, its lock, its page cache.
//
// Models    the inner file of restrictedmem, mm/shmem.c
// Left out  swap, seals (the hidden file has none).

import type { Pfn, Pgoff } from "../../units.ts";
import { copyLock, type Lock, newLock } from "../sync/lock.ts";
import {
  copyXarray,
  newXarray,
  XA_NULL,
  type Xarray,
  xaEntries,
  xaGetOrder,
  xaLoad,
  xaToPointer,
} from "../xarray/index.ts";
import type { PageRange } from "./events.ts";
import { pagesOf } from "./frames.ts";
import type { FolioOrder } from "./memory.ts";

/**
 * Plain data. `iPages` maps pgoff to a pointer entry whose number is a pfn, as mapping->i_pages does: one entry a folio,
 * which covers all of its pages and names the first frame.
 */
export interface ShmemFile {
  /** The inner inode's i_rwsem, `f0/inode->lock`. */
  inodeLock: Lock;
  /** i_size in bytes; up to 2^63 - 1, hence a bigint. Nothing is allocated by it. */
  iSize: bigint;
  iPages: Xarray;
  /** Pages in `iPages`, as mapping->nrpages. Changed through acctBlocks() alone. */
  nrpages: number;
  /** The largest folios that are tried where pages are added. */
  order: FolioOrder;
  /**
   * Folios, by first index, that the allocation under way has added and that nobody has got since: those that it takes
   * back if it fails. The kernel tells them by their not being up to date.
   */
  adding: number[];
}

/** A folio of the page cache: its pages are [first, first + 2^order), its frames begin at `pfn`. */
export interface CachedFolio {
  readonly first: number;
  readonly order: FolioOrder;
  readonly pfn: Pfn;
}

/** An empty file of `iSize` bytes. */
export const newShmemFile = (name: string, iSize: bigint, order: FolioOrder = 0): ShmemFile => ({
  inodeLock: newLock(`${name}/inode->lock`),
  iSize,
  iPages: newXarray(),
  ...{ nrpages: 0, order, adding: [] },
});

export const copyShmemFile = (file: ShmemFile): ShmemFile => ({
  ...file,
  inodeLock: copyLock(file.inodeLock),
  iPages: copyXarray(file.iPages),
  adding: file.adding.slice(),
});

/** The frame of page `index`, or null where the file has a hole. */
export function findPage(file: ShmemFile, index: Pgoff): Pfn | null {
  const folio = findFolio(file, index);
  return folio === null ? null : ((folio.pfn + index - folio.first) as Pfn);
}

/** The folio that page `index` belongs to, or null where the file has a hole. */
export function findFolio(file: ShmemFile, index: number): CachedFolio | null {
  const entry = xaLoad(file.iPages, index);
  if (entry === XA_NULL) return null;
  const order = xaGetOrder(file.iPages, index) as FolioOrder;
  return { first: index - (index % pagesOf(order)), order, pfn: xaToPointer(entry) as Pfn };
}

/** The index behind a folio's last page. */
export const endOf = ({ first, order }: CachedFolio): number => first + pagesOf(order);

/** How many pages of [start, end) are holes. */
export const countHoles = (file: ShmemFile, start: number, end: number): number =>
  runsIn(file, start, end).reduce((holes, [from, to]) => holes - (to - from), end - start);

/** The pages of [start, end) that the file holds, ascending. */
export const pagesIn = (file: ShmemFile, start: number, end: number): number[] =>
  runsIn(file, start, end).flatMap(([from, to]) => Array.from({ length: to - from }, (_, k) => from + k));

/** What each folio has of [start, end), ascending. */
const runsIn = (file: ShmemFile, start: number, end: number): PageRange[] =>
  xaEntries(file.iPages, start, end - 1).map(({ first, last }) => [
    Math.max(first, start),
    Math.min(last + 1, end),
  ]);
