// SPDX-License-Identifier: GPL-2.0-only
// T-h: a mutex keeps two punches apart, a read-write semaphore lets their walks overlap.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** Two holes in one file, each under a memslot of its own VM. */
export const tH = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-h"],
  about:
    "Two tasks punch far apart, under memslots of two VMs. With the mutex one walk waits for the other; with the semaphore both walk at once. The freeing is serial in both: it holds the inner inode's lock.",
  files: { f0: { pages: 8192 } },
  vms: { vm0: {}, vm1: {} },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
    { op: "createSlot", vm: "vm1", slot: 1, pages: 512, file: "f0", pgoff: 4096 },
    { op: "map", vm: "vm0", gfn: 0, pages: 512 },
    { op: "map", vm: "vm1", gfn: 4096, pages: 512 },
  ],
  tasks: {
    P1: [{ op: "punch", file: "f0", start: 0, end: 512 }],
    P2: [{ op: "punch", file: "f0", start: 4096, end: 4608 }],
  },
  choices: [
    "P1 until notifier.start",
    "P2 until notifier.start",
    "P1 until lock.taken inode->lock",
    "P2 to end",
    "P1 to end",
  ],
  show: ["v10", "review"],
  expect: {
    v10: { findings: [], walksAtOnceMax: 1, startCallbacks: 4, startHits: 2 },
    review: { findings: [], walksAtOnceMax: 2, startCallbacks: 2, startHits: 2 },
  },
});
