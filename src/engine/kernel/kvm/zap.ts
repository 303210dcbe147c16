// SPDX-License-Identifier: GPL-2.0-only
// Guest mappings of a gfn range come down, or are counted where they go up: the tables, and the frames' own counts
// of who maps them, stay in step.
//
// Models    kvm_tdp_mmu_unmap_gfn_range() in arch/x86/kvm/mmu/tdp_mmu.c
// Left out  the yield in the middle of a long zap: it flushes, lets mmu_lock go and takes it again, while the count
//           stays above zero. A viewer sees one zap.

import type { PageRange } from "../shmem/events.ts";
import type { HostMemory } from "../shmem/memory.ts";
import { addMaps } from "../shmem/tags.ts";
import { pagesPerLeaf } from "../tdp/level.ts";
import { tdpGfnEnd } from "../tdp/tables.ts";
import { tdpZap } from "../tdp/zap.ts";
import type { GfnRange, Kvm } from "./kvm.ts";

/** What a zap took away: leaves, the runs of gfns that they mapped, and how many of them were large. */
export interface Zapped {
  readonly sptes: number;
  readonly zapped: readonly PageRange[];
}

/**
 * Makes every leaf that meets `range` non-present, whole: a 2 MiB leaf of which one page is punched goes for all 512
 * gfns (T-m1).
 *
 * Context: mmu_lock held for writing.
 */
export function zapGfns(kvm: Kvm, memory: HostMemory, range: GfnRange): Zapped {
  // A wrapped range (T-o) ends far above any gfn that can be mapped.
  const limit = BigInt(tdpGfnEnd(kvm.tdp));
  const end = range.end < limit ? range.end : limit;
  if (range.start >= end) return { sptes: 0, zapped: [] };
  const { leaves, zapped } = tdpZap(kvm.tdp, Number(range.start), Number(end), (_, level, pfn) =>
    addMaps(memory, pfn, pagesPerLeaf(level), -1),
  );
  return { sptes: leaves, zapped };
}
