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
import { mapsOf } from "./tags.ts";

/** Runs of pages, half-open: those that were there, and of them those that some leaf still maps. */
export interface Evicted {
  readonly freed: readonly PageRange[];
  readonly mapped: readonly PageRange[];
}

/** Frees every page of `file`, also beyond its i_size. */
export function shmemEvictInode(memory: HostMemory, file: ShmemFile): Evicted {
  const freed: Runs = [];
  const mapped: Runs = [];
  for (const { first, last, entry } of xaEntries(file.iPages)) {
    for (let index = first; index <= last; index++)
      if (mapsOf(memory, (xaToPointer(entry) + index - first) as Pfn) > 0) pushRun(mapped, index, index + 1);
    putFolio(memory, xaToPointer(entry) as Pfn);
    pushRun(freed, first, last + 1);
  }
  file.iPages = newXarray();
  acctBlocks(memory, file, -file.nrpages);
  return { freed, mapped };
}
