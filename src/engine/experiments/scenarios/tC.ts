// SPDX-License-Identifier: GPL-2.0-only
// T-c: the xarray wants an inclusive last index, and the code as posted hands it the exclusive end.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

const TOO_LONG = { invariant: "I17", trap: "T-c" };

/** c1: two neighbours, of which the second is refused. */
export const tC1 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-c1"],
  about:
    "Two memslots lie end to end. As posted, the first one also takes the page after its last, so that the second is refused with -EINVAL.",
  files: { f0: { pages: 1024 } },
  vms: { vm0: {} },
  tasks: {
    U: [
      { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
      { op: "createSlot", vm: "vm0", slot: 1, pages: 512, file: "f0", pgoff: 512 },
    ],
  },
  show: ["review-seed", "review"],
  expect: {
    "review-seed": { findings: [TOO_LONG], bindsRefused: 1 },
    review: { findings: [], bindsRefused: 0 },
  },
});

/** c2: a page that nobody owns lies between two slots; both are called for it. */
export const tC2 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-c2"],
  about:
    "Page 512 lies between two memslots and belongs to neither. As posted, a punch of it calls both, and both find nothing to do.",
  files: { f0: { pages: 1024 } },
  vms: { vm0: {} },
  setup: [{ op: "allocate", file: "f0", start: 512, end: 513 }],
  tasks: {
    U: [
      { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
      { op: "createSlot", vm: "vm0", slot: 1, pages: 511, file: "f0", pgoff: 513 },
      { op: "punch", file: "f0", start: 512, end: 513 },
    ],
  },
  show: ["review-seed", "review"],
  expect: {
    "review-seed": { findings: [TOO_LONG], startCallbacks: 2, endCallbacks: 2, startHits: 0, wasted: 4 },
    review: { findings: [], startCallbacks: 0, endCallbacks: 0, wasted: 0 },
  },
});

/** c3: a binding that is stored one page too long has two entries, and is called twice. */
export const tC3 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-c3"],
  about:
    "512 pages are one entry of the xarray; 513 are two. As posted, a punch at the end of the memslot meets both entries and calls the memslot twice.",
  files: { f0: { pages: 512 } },
  vms: { vm0: {} },
  tasks: {
    U: [
      { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
      { op: "map", vm: "vm0", gfn: 440, pages: 72 },
      { op: "punch", file: "f0", start: 448, end: 512 },
    ],
  },
  show: ["review-seed", "review"],
  expect: {
    "review-seed": { findings: [TOO_LONG], startCallbacks: 2, endCallbacks: 2, startHits: 2, tlbFlushes: 1 },
    review: { findings: [], startCallbacks: 1, endCallbacks: 1, startHits: 1, tlbFlushes: 1 },
  },
});
