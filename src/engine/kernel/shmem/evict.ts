// SPDX-License-Identifier: GPL-2.0-only
// The tmpfs file goes, and its pages with it.
//
// Models    shmem_evict_inode() in mm/shmem.c

import type { Pfn } from "../../units.ts";
import { newXarray, xaEntries, xaToPointer } from "../xarray/index.ts";
import { acctBlocks } from "./blocks.ts";
import type { PageRange } from "./events.ts";
import type { ShmemFile } from "./file.ts";
import { putFolio } from "./folios.ts";
import type { HostMemory } from "./memory.ts";
import { pushRun, type Runs } from "./runs.ts";

/** Frees every page of `file`, also beyond its i_size. Returns the runs of pages that were there, half-open. */
export function shmemEvictInode(memory: HostMemory, file: ShmemFile): PageRange[] {
  const freed: Runs = [];
  for (const { first, last, entry } of xaEntries(file.iPages)) {
    putFolio(memory, xaToPointer(entry) as Pfn);
    pushRun(freed, first, last + 1);
  }
  file.iPages = newXarray();
  acctBlocks(memory, file, -file.nrpages);
  return freed;
}
