// SPDX-License-Identifier: GPL-2.0-only
// How many pages the one tmpfs mount may hold, on which all inner files lie.
//
// Models    shmem_inode_acct_blocks() and what takes it back, in mm/shmem.c; struct shmem_sb_info
// Left out  that the kernel's own mount, on which restrictedmem's files are, has no limit [S]: a scenario may set one, to
//           see what -ENOSPC does

import type { ShmemFile } from "./file.ts";
import type { HostMemory } from "./memory.ts";

/** `pages` have come into the cache of `file`, or gone where they are below zero. */
export function acctBlocks(memory: HostMemory, file: ShmemFile, pages: number): void {
  file.nrpages += pages;
  memory.blocksUsed += pages;
}

/** How many pages more the mount may hold. */
export const blocksLeft = ({ blocksMax, blocksUsed }: HostMemory): number =>
  blocksMax === null ? Number.POSITIVE_INFINITY : Math.max(0, blocksMax - blocksUsed);
