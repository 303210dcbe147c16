// SPDX-License-Identifier: GPL-2.0-only
// What stat tells of a tmpfs file.
//
// Models    shmem_getattr() in mm/shmem.c

import type { ShmemFile } from "./file.ts";

/** stat counts in blocks of 512 bytes. */
const BLOCKS_PER_PAGE = 8;

/** Size in bytes, and how many blocks of 512 bytes the pages that are there make. */
export const shmemGetattr = (file: ShmemFile): { size: bigint; blocks: number } => ({
  size: file.iSize,
  blocks: file.nrpages * BLOCKS_PER_PAGE,
});
