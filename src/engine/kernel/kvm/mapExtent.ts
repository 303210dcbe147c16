// SPDX-License-Identifier: GPL-2.0-only
// Neighbouring gfns are mapped at once: what as many faults would come to, without the faults.
//
// Left out  replacing smaller leaves by a large one, as a fault does: where a block is mapped in part, the rest of it is
//           mapped page by page.

import type { Errno } from "../../errno.ts";
import type { Pfn } from "../../units.ts";
import { orderOf } from "../shmem/folios.ts";
import { generationOf } from "../shmem/frames.ts";
import { getPages } from "../shmem/getPage.ts";
import { triesBeforeFail } from "../shmem/memory.ts";
import { addMaps, setTag, writerTag } from "../shmem/tags.ts";
import { tdpInstall, tdpInstallRun } from "../tdp/install.ts";
import { tdpUnmappedRuns } from "../tdp/leaves.ts";
import { blockOf, pagesPerLeaf } from "../tdp/level.ts";
import { levelFor } from "../tdp/levelFor.ts";
import { tdpLeafAt } from "../tdp/walk.ts";
import type { KvmEnv } from "./env.ts";
import type { Kvm } from "./kvm.ts";
import type { Memslot } from "./memslot.ts";

/** Neighbouring gfns of one slot, whose file pages are neighbours too. */
export interface Extent {
  readonly memslot: Memslot;
  readonly gfn: number;
  readonly pages: number;
  readonly file: string;
  readonly index: number;
}

/** How many gfns were mapped; the first that could not be, or the end, and why the file gave no page for it. */
export interface Mapped {
  readonly mapped: number;
  readonly until: number;
  readonly errno: Errno | null;
}

/**
 * Maps the gfns of `extent` that are not mapped yet, and leaves the VM's name on their pages. One that is mapped does not
 * fault, even to a page that was freed. Stops at the first page that can't be had.
 */
export function mapExtent(env: KvmEnv, kvm: Kvm, extent: Extent): Mapped {
  const { memory } = env;
  const { gfn, pages } = extent;
  let mapped = 0;
  for (const [start, end] of tdpUnmappedRuns(kvm.tdp, gfn, gfn + pages)) {
    const { tries } = memory;
    const atOnce = (end - start) * TRIES_PER_PAGE <= triesBeforeFail(memory);
    const got = atOnce ? mapRun(env, kvm, extent, start, end) : null;
    if (got?.errno === null) {
      mapped += got.mapped;
      continue;
    }
    // Somewhere in the run there is an end to it: page by page it is found, and what comes before it stays.
    memory.tries = tries;
    for (let at = start; at < end; at++) {
      if (tdpLeafAt(kvm.tdp, at) !== null) continue;
      const page = mapRun(env, kvm, extent, at, at + 1);
      mapped += page.mapped;
      if (page.errno !== null) return { mapped, until: at, errno: page.errno };
    }
  }
  return { mapped, until: gfn + pages, errno: null };
}

/** Allocations that a page takes at most: those of 1 GiB and of 2 MiB may be refused before. */
const TRIES_PER_PAGE = 3;

/** Maps gfn [start, end) of `extent`, none of which is mapped; all of it, or none. */
function mapRun(
  env: KvmEnv,
  kvm: Kvm,
  { memslot, gfn, file, index }: Extent,
  start: number,
  end: number,
): Omit<Mapped, "until"> {
  const from = start - gfn + index;
  const got = getPages(env.memory, env.backing.memfd(file), from, from + end - start);
  if (!got.ok) return { mapped: 0, errno: got.errno };
  const tag = writerTag(env.memory, kvm.name);
  for (const pfn of got.pfns) setTag(env.memory, pfn, tag);
  return { mapped: installRun(env, kvm, memslot, start, got.pfns), errno: null };
}

/** Leaves for gfn [start, start + pfns.length), as large as they may be. Returns how many gfns they map. */
function installRun(
  { memory }: KvmEnv,
  kvm: Kvm,
  slot: Memslot,
  start: number,
  pfns: readonly Pfn[],
): number {
  const generation = (pfn: Pfn) => generationOf(memory, pfn);
  let mapped = 0;
  for (let at = 0; at < pfns.length; ) {
    const gfn = start + at;
    const pfn = pfns[at] as Pfn;
    const level = levelFor({ gfn, pfn, order: orderOf(memory, pfn), slot });
    const pages = pagesPerLeaf(level);
    const first = blockOf(gfn, level);
    const wholeBlock = level > 1 && isUnmapped(kvm, first, first + pages);
    if (wholeBlock) {
      const frame = (pfn - (gfn - first)) as Pfn;
      tdpInstall(kvm.tdp, first, level, frame, generation(frame), () => {});
      addMaps(memory, frame, pages, 1);
      mapped += pages;
      at += first + pages - gfn;
      continue;
    }
    const end = smallUntil(memory, pfns, at);
    const small = pfns.slice(at, end);
    tdpInstallRun(kvm.tdp, gfn, small, generation);
    for (const one of small) addMaps(memory, one, 1, 1);
    mapped += end - at;
    at = end;
  }
  return mapped;
}

const isUnmapped = (kvm: Kvm, start: number, end: number): boolean => {
  const [run] = tdpUnmappedRuns(kvm.tdp, start, end);
  return run !== undefined && run[0] === start && run[1] === end;
};

/** Past the pages, from `at` on, that need leaves of their own: this one, and all that lie in no large folio. */
function smallUntil(memory: KvmEnv["memory"], pfns: readonly Pfn[], at: number): number {
  let end = at + 1;
  while (end < pfns.length && orderOf(memory, pfns[end] as Pfn) === 0) end++;
  return end;
}
