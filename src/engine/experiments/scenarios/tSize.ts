// SPDX-License-Identifier: GPL-2.0-only
// T-e, T-n, T-p: what the size of the file does not stop, and who may change it.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** e1: a hole beyond the end of the file frees pages, and is notified as any other. */
export const tE1 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-e1"],
  about:
    "The file ends at page 16, the memslot at 32, and the guest has touched page 20. A punch of pages 16 to 31 is no error: the slot is told, and the page is freed.",
  files: { f0: { pages: 16 } },
  vms: { vm0: { vcpus: 1 } },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 32, file: "f0", pgoff: 0 },
    { op: "map", vm: "vm0", gfn: 20, pages: 1 },
  ],
  tasks: {
    P: [{ op: "punch", file: "f0", start: 16, end: 32 }],
    V: [{ op: "guestRead", vm: "vm0", vcpu: 0, gfn: 20 }],
  },
  choices: ["P to end", "V to end"],
  show: ["v10", "review"],
  expect: {
    v10: { findings: [{ invariant: "I18", trap: "T-n" }], startHits: 1, sptesZapped: 1, pagesFreed: 1 },
    review: { findings: [{ invariant: "I18", trap: "T-n" }], startHits: 1, sptesZapped: 1, pagesFreed: 1 },
  },
});

/** e4: a range that would wrap around is refused before any design sees it. */
export const tE4 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-e4"],
  about:
    "Offset 2^63 - 4,096 and length 8,192 add up to a negative number: the VFS answers -EFBIG, and nobody is told. The last hole there can be ends one page earlier.",
  files: { f0: { pages: 64 } },
  vms: { vm0: {} },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 64, file: "f0", pgoff: 0 },
    { op: "map", vm: "vm0", gfn: 0, pages: 64 },
  ],
  tasks: {
    P: [
      { op: "punch", file: "f0", offset: "9223372036854771712", len: 8192 },
      { op: "punch", file: "f0", offset: "9223372036854767616", len: 4096 },
    ],
  },
  show: ["v10", "review"],
  expect: {
    v10: { findings: [], punches: 1, startHits: 0, pagesFreed: 0 },
    review: { findings: [], punches: 1, startCallbacks: 0, pagesFreed: 0 },
  },
});

/** n: a file of size 0 gives pages all the same. */
export const tN = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-n"],
  about:
    "Nobody has given the file a size. The memslot is tied to it and the guest gets page 3 all the same: getting a page does not look at the size, and stat says 0.",
  files: { f0: { pages: 0 } },
  vms: { vm0: { vcpus: 1 } },
  setup: [{ op: "createSlot", vm: "vm0", slot: 0, pages: 16, file: "f0", pgoff: 0 }],
  tasks: {
    V: [{ op: "guestWrite", vm: "vm0", vcpu: 0, gfn: 3 }],
    U: [{ op: "fstat", file: "f0" }],
  },
  choices: ["V to end", "U to end"],
  show: ["v10", "review"],
  expect: {
    v10: { findings: [{ invariant: "I18", trap: "T-n" }] },
    review: { findings: [{ invariant: "I18", trap: "T-n" }] },
  },
});

/** p: the size is meant to be set once, and fallocate sets it to a hundred bytes. */
export const tP = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-p"],
  about:
    "The size of the file may be set once. An fallocate of 100 bytes does so first: the size is no multiple of a page, and ftruncate to two pages is -EPERM for good.",
  files: { f0: { pages: 0 } },
  vms: { vm0: {} },
  tasks: {
    U: [
      { op: "allocate", file: "f0", offset: 0, len: 100 },
      { op: "fstat", file: "f0" },
      { op: "ftruncate", file: "f0", length: 8192 },
    ],
  },
  show: ["v10", "review"],
  expect: { v10: { findings: [] }, review: { findings: [] } },
});
