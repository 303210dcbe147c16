// SPDX-License-Identifier: GPL-2.0-only
// What each counter counts, in words. Apart from the counters: a page that shows figures does without them.

import type { CounterId } from "./counters.ts";

export const COUNTER_TEXTS: Record<CounterId, string> = {
  punches: "punches that reached the design, refused ones too",
  bindsRefused: "slots or bindings that the design refused, set-up included",
  startCallbacks: "callbacks before the pages go",
  endCallbacks: "callbacks after they have gone",
  startHits: "start callbacks that had something to do",
  endHits: "end callbacks that had something to do",
  wasted: "callbacks that had nothing to do",
  listNodesRead: "notifiers visited in the list",
  xarrayNodesRead: "xarray nodes read, once a walk each",
  xarraySlotsRead: "xarray slots read in walks",
  entriesVisited: "xarray entries that walks came to",
  walksAtOnceMax: "most punches at once inside a walk",
  rmLockTakes: "times rm->lock was taken",
  mmuLockTakes: "times an mmu_lock was taken",
  sptesZapped: "guest mappings zapped",
  tlbFlushes: "TLB flushes",
  pagesFreed: "pages freed",
};
