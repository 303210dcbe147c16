// SPDX-License-Identifier: GPL-2.0-only
// What a punch adds to the counts of a machine at rest, without taking its steps: the list is as long as it is, the
// xarray is walked as the punch would walk it, and every page of a slot is assumed to be there.
//
// A test holds this equal to stepping. Where it could not be, the punch is left to be stepped: bytes that are no whole
// pages, an open bracket, pages or mappings that are really there, a callback that wraps around (T-o), a slot that is
// bound in part only (T-g2), a hole larger than the host.

import type { Memslot } from "../../kernel/kvm/memslot.ts";
import { lastOf, type RestrictedmemXarray } from "../../kernel/restrictedmem/review/file.ts";
import { isBound } from "../../kernel/restrictedmem/review/getPage.ts";
import type { RestrictedmemList } from "../../kernel/restrictedmem/v10/file.ts";
import { PUNCH_MODE } from "../../kernel/shmem/falloc.ts";
import { framesLeft } from "../../kernel/shmem/memory.ts";
import { tdpEmpty } from "../../kernel/tdp/tables.ts";
import { xaEmpty, xaForEachRange, xaToPointer } from "../../kernel/xarray/index.ts";
import { isPageAligned, LOFF_MAX, type Pgoff, pgoffOf } from "../../units.ts";
import type { CounterId, Counters } from "../machine/counters.ts";
import type { FallocateOperation } from "../machine/operation.ts";
import { isOpen, type World } from "../machine/world.ts";

/** File pages [start, end), at least one. */
interface Hole {
  readonly file: string;
  readonly start: Pgoff;
  readonly end: Pgoff;
}

/** Adds what `punch` costs to `world.counters` and returns true; or returns false, and has changed nothing. */
export function countPunch(world: World, punch: FallocateOperation): boolean {
  const { counters, assumed } = world;
  const hole = holeOf(world, punch);
  const rm = world.files[punch.file];
  if (hole === null || rm === undefined || assumed === null) return false;
  const pages = coveredPages(world, hole);
  if (pages > framesLeft(world.memory)) return false;
  const walked = rm.keeps === "list" ? walkList(world, rm, hole) : walkXarray(world, rm, hole);
  if (walked === null) return false;
  const added: Partial<Counters> = {
    ...walked.counts,
    punches: 1,
    pagesFreed: pages,
    ...(assumed.mapped ? { sptesZapped: walked.reached, tlbFlushes: walked.slots } : {}),
  };
  for (const id of Object.keys(added) as CounterId[]) counters[id] += added[id] ?? 0;
  counters.walksAtOnceMax = Math.max(counters.walksAtOnceMax, 1);
  return true;
}

/** What two walks come to: their counts, and the slots that some callback reaches with their pages in the hole. */
interface Walked {
  readonly counts: Partial<Counters>;
  readonly slots: number;
  readonly reached: number;
}

function holeOf(world: World, { file, mode, offset, len }: FallocateOperation): Hole | null {
  if (mode !== PUNCH_MODE || offset < 0n || len <= 0n || offset + len > LOFF_MAX) return null;
  if (!isPageAligned(offset) || !isPageAligned(len)) return null;
  const rm = world.files[file];
  if (rm === undefined || !isOpen(world, file) || !xaEmpty(rm.memfd.iPages)) return null;
  for (const kvm of Object.values(world.vms))
    if (kvm.mmuInvalidateInProgress !== 0 || !tdpEmpty(kvm.tdp)) return null;
  return { file, start: pgoffOf(offset), end: pgoffOf(offset + len) };
}

/** Both walks come to all that is registered, and call it. Null where a callback would wrap around. */
function walkList({ memslots }: World, rm: RestrictedmemList, { start, end }: Hole): Walked | null {
  const length = rm.notifiers.length;
  let slots = 0;
  let reached = 0;
  for (const id of rm.notifiers) {
    const memslot = memslots[id] as Memslot;
    if (memslot.pgoff < 0 || memslot.baseGfn + end < memslot.pgoff) return null;
    const pages = overlap(memslot, start, end);
    reached += pages;
    if (pages > 0) slots++;
  }
  return {
    ...{ slots, reached },
    counts: {
      ...{ startCallbacks: length, endCallbacks: length, startHits: slots, endHits: slots },
      ...{ wasted: 2 * (length - slots), listNodesRead: 2 * length, rmLockTakes: 2, mmuLockTakes: 2 * slots },
    },
  };
}

/**
 * Both walks read the same, and call once for each entry that they come to; the second call of a slot finds nothing.
 * Null where a slot that is called is not bound to all that it has of the hole.
 */
function walkXarray({ memslots }: World, rm: RestrictedmemXarray, { start, end }: Hole): Walked | null {
  const { visits, walk } = xaForEachRange(rm.bindings, start, lastOf(end, rm.lastMode));
  const called = new Set<number>();
  let hits = 0;
  let reached = 0;
  for (const { entry } of visits) {
    const id = xaToPointer(entry);
    const memslot = memslots[id] as Memslot;
    const pages = overlap(memslot, start, end);
    if (pages === 0) continue;
    hits++;
    if (called.has(id)) continue;
    const from = Math.max(start, memslot.pgoff);
    if (!isBound(rm, from as Pgoff, (from + pages) as Pgoff)) return null;
    reached += pages;
    called.add(id);
  }
  const calls = visits.length;
  return {
    ...{ slots: called.size, reached },
    counts: {
      ...{ startCallbacks: calls, endCallbacks: calls, startHits: hits, endHits: hits },
      ...{ wasted: 2 * (calls - hits), entriesVisited: 2 * calls, rmLockTakes: 1, mmuLockTakes: 2 * hits },
      ...{ xarrayNodesRead: 2 * walk.nodesRead.length, xarraySlotsRead: 2 * walk.slotsRead },
    },
  };
}

/** How many pages of the hole belong to some visible slot: those that are there, by assumption. */
function coveredPages({ vms, memslots }: World, { file, start, end }: Hole): number {
  const parts: [start: number, end: number][] = [];
  for (const { slotsByGfn } of Object.values(vms))
    for (const id of slotsByGfn) {
      const memslot = memslots[id] as Memslot;
      const shared = memslot.file === file ? overlap(memslot, start, end) : 0;
      if (shared === 0) continue;
      const from = Math.max(start, memslot.pgoff);
      parts.push([from, from + shared]);
    }
  parts.sort((a, b) => a[0] - b[0]);
  let pages = 0;
  let upTo: number = start;
  for (const [from, to] of parts) {
    pages += Math.max(0, to - Math.max(from, upTo));
    upTo = Math.max(upTo, to);
  }
  return pages;
}

const overlap = ({ pgoff, npages }: Memslot, start: number, end: number): number =>
  Math.max(0, Math.min(end, pgoff + npages) - Math.max(start, pgoff));
