// SPDX-License-Identifier: GPL-2.0-only
// T-d: a range that does not fit one level of the tree is stored as several entries, and called once for each.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** 1,000 pages from page 5 on: three entries, so three calls in each walk. Here the list is cheaper. */
export const tD = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-d"],
  about:
    "A memslot of 1,000 pages begins at page 5. The xarray stores it as three runs, and a punch of all of it calls the memslot three times in each walk; the list calls it once.",
  files: { f0: { pages: 1024 } },
  vms: { vm0: {} },
  tasks: {
    U: [
      { op: "createSlot", vm: "vm0", slot: 0, pages: 1000, file: "f0", pgoff: 5 },
      { op: "map", vm: "vm0", gfn: 5, pages: 100 },
      { op: "punch", file: "f0", start: 5, end: 1005 },
    ],
  },
  show: ["v10", "review"],
  expect: {
    v10: { findings: [], startCallbacks: 1, endCallbacks: 1, mmuLockTakes: 2, tlbFlushes: 1 },
    review: {
      findings: [],
      startCallbacks: 3,
      endCallbacks: 3,
      entriesVisited: 6,
      mmuLockTakes: 6,
      tlbFlushes: 1,
    },
  },
});
