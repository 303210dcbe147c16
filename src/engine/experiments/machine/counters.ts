// SPDX-License-Identifier: GPL-2.0-only
// What a run cost so far. Every count comes from an event that was told, never from a formula.

import type { LabEvent } from "./events.ts";

/** The counters by name, in the order in which they are shown. */
export const COUNTER_IDS = [
  "punches",
  "bindsRefused",
  "startCallbacks",
  "endCallbacks",
  "startHits",
  "endHits",
  "wasted",
  "listNodesRead",
  "xarrayNodesRead",
  "xarraySlotsRead",
  "entriesVisited",
  "walksAtOnceMax",
  "rmLockTakes",
  "mmuLockTakes",
  "sptesZapped",
  "tlbFlushes",
  "pagesFreed",
] as const;

export type CounterId = (typeof COUNTER_IDS)[number];
export type Counters = Record<CounterId, number>;

export const newCounters = (): Counters =>
  Object.fromEntries(COUNTER_IDS.map((id) => [id, 0])) as Record<CounterId, number>;

/** The counts of a world, and what is needed to go on counting. */
export interface Tally {
  counters: Counters;
  /** Walks that punches are inside of right now. */
  walksOpen: number;
}

/** Adds what `event` tells to the counts. */
export function count(tally: Tally, event: LabEvent): void {
  const { counters } = tally;
  switch (event.type) {
    case "punch.begun":
      counters.punches++;
      break;
    case "bind.refused":
      counters.bindsRefused++;
      break;
    case "notifier.start":
      counters.startCallbacks++;
      if (event.hit) counters.startHits++;
      else counters.wasted++;
      break;
    case "notifier.end":
      counters.endCallbacks++;
      if (event.hit) counters.endHits++;
      else counters.wasted++;
      break;
    case "list.read":
      counters.listNodesRead++;
      break;
    case "xarray.read":
      counters.xarraySlotsRead += event.slots;
      counters.xarrayNodesRead += event.nodes;
      if (event.notifier !== null) counters.entriesVisited++;
      break;
    case "walk.begun":
      tally.walksOpen++;
      counters.walksAtOnceMax = Math.max(counters.walksAtOnceMax, tally.walksOpen);
      break;
    case "walk.ended":
      tally.walksOpen--;
      break;
    case "lock.taken":
      if (event.lock.endsWith("/rm->lock")) counters.rmLockTakes++;
      else if (event.lock.endsWith("/mmu_lock")) counters.mmuLockTakes++;
      break;
    case "spte.zapped":
      counters.sptesZapped += event.sptes;
      break;
    case "tlb.flushed":
      counters.tlbFlushes++;
      break;
    case "shmem.punched":
    case "file.released":
      counters.pagesFreed += event.pages;
      break;
  }
}
