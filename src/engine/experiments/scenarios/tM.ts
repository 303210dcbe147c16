// SPDX-License-Identifier: GPL-2.0-only
// T-m: a hole in the middle of a large page; and what we found there ourselves, whose scenario is called t-m4.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** One slot on a file that is made of folios of `order`; page 3 is punched, and the guest reads on beside it. */
const largePunched = (
  name: keyof typeof TITLES,
  about: string,
  order: 9 | 18,
  pages: number,
): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES[name],
  about,
  files: { f0: { pages, order } },
  vms: { vm0: { vcpus: 1 } },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages, file: "f0", pgoff: 0 },
    { op: "map", vm: "vm0", gfn: 0, pages },
  ],
  tasks: {
    V: [
      { op: "guestWrite", vm: "vm0", vcpu: 0, gfn: 4 },
      { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 4 },
      { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 3 },
    ],
    P: [{ op: "punch", file: "f0", start: 3, end: 4 }],
  },
  choices: ["V until operation.returned", "P to end", "V to end"],
  show: ["v10", "review"],
  expect: {
    v10: { findings: [], sptesZapped: 1, pagesFreed: 1 },
    review: { findings: [], sptesZapped: 1, pagesFreed: 1 },
  },
});

export const tM1 = (): ScenarioDocument =>
  largePunched(
    "t-m1",
    "One leaf of 2 MiB maps 512 gfns. A hole of one page takes the whole leaf down, the folio is split, and what is left comes back page by page, each with a fault.",
    9,
    512,
  );

export const tM2 = (): ScenarioDocument =>
  largePunched(
    "t-m2",
    "One leaf of 1 GiB maps 262,144 gfns. A hole of one page takes all of it down.",
    18,
    262_144,
  );

/** A fault holds a reference to the folio while a part of it is punched: it cannot be split. */
export const tM3 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-m3"],
  about:
    "A page of a 2 MiB folio is punched while a fault holds the folio. It is zeroed, but it cannot be split: nothing is freed, and the file keeps the page.",
  files: { f0: { pages: 512, order: 9 } },
  vms: { vm0: { vcpus: 1 } },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
    { op: "allocate", file: "f0", start: 0, end: 512 },
  ],
  tasks: {
    V: [{ op: "guestRead", vm: "vm0", vcpu: 0, gfn: 100 }],
    P: [{ op: "punch", file: "f0", start: 3, end: 4 }],
  },
  choices: ["V until page.got", "P to end", "V to end"],
  show: ["v10", "review"],
  expect: { v10: { findings: [], pagesFreed: 0 }, review: { findings: [], pagesFreed: 0 } },
});

/** Lab-1, our own: a fault beside the hole, while the bracket is open: the leaf that it installs covers the hole too. */
export const tM4 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-m4"],
  about:
    "A fault on gfn 7, beside a hole at page 3, finds no bracket over 7 and maps all 2 MiB: page 3 is freed under the guest. Neither design stops it. Derived by this project, never seen on a kernel.",
  files: { f0: { pages: 512, order: 9 }, f1: { pages: 16 } },
  vms: { vm0: { vcpus: 1 }, vm1: {} },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
    { op: "createSlot", vm: "vm1", slot: 0, pages: 16, file: "f1", pgoff: 0 },
    { op: "map", vm: "vm0", gfn: 0, pages: 512 },
  ],
  tasks: {
    P: [{ op: "punch", file: "f0", start: 3, end: 4 }],
    V: [
      { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 7 },
      { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 3 },
    ],
    W: [{ op: "map", vm: "vm1", gfn: 0, pages: 1 }],
  },
  choices: [
    "P until lock.released mmu_lock",
    "V until operation.returned",
    "P to end",
    "W to end",
    "V to end",
  ],
  show: ["v10", "review"],
  expect: { v10: { findings: OVER_THE_HOLE }, review: { findings: OVER_THE_HOLE } },
});

const OVER_THE_HOLE = ["I8", "I9", "I10"].map((invariant) => ({ invariant, trap: "Lab-1" }));
