// SPDX-License-Identifier: GPL-2.0-only
// T-o, T-ah: unsigned sums and signed offsets in v10's callbacks.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** o: a hole below the slot's first page wraps around, and all of the VM is zapped. */
export const tO = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-o"],
  about:
    "The slot begins at gfn 0 and page 100, the hole ends at page 10: v10 computes 0 + 10 - 100 without a sign, and zaps all of the VM. The review's tree looks first whether the hole meets the slot.",
  files: { f0: { pages: 256 }, f1: { pages: 64 } },
  vms: { vm0: { vcpus: 1 } },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, gfn: 0, pages: 50, file: "f0", pgoff: 100 },
    { op: "createSlot", vm: "vm0", slot: 1, gfn: 1000, pages: 64, file: "f1", pgoff: 0 },
    { op: "allocate", file: "f0", start: 0, end: 10 },
    { op: "map", vm: "vm0", gfn: 0, pages: 50 },
    { op: "map", vm: "vm0", gfn: 1000, pages: 64 },
  ],
  tasks: {
    P: [{ op: "punch", file: "f0", start: 0, end: 10 }],
    V: [{ op: "guestRead", vm: "vm0", vcpu: 0, gfn: 1000 }],
  },
  choices: ["P until shmem.punched", "V until operation.returned", "P to end", "V to end"],
  show: ["v10", "review"],
  expect: {
    v10: { findings: [], startHits: 1, sptesZapped: 114 },
    review: { findings: [], startHits: 0, sptesZapped: 0 },
  },
});

/** ah: an offset of 2^63 bytes passes v10's checks and is a page far beyond what tmpfs can hold. */
export const tAh = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-ah"],
  about:
    "An offset of 2^63 passes v10's checks and is kept as a negative number: tmpfs has no such page, so the guest faults for ever, and each hole zaps all of the VM. The review's code refuses it.",
  files: { f0: { pages: 64 }, f1: { pages: 64 } },
  vms: { vm0: { vcpus: 1 } },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 1, gfn: 1000, pages: 64, file: "f1", pgoff: 0 },
    { op: "map", vm: "vm0", gfn: 1000, pages: 64 },
  ],
  tasks: {
    U: [
      { op: "createSlot", vm: "vm0", slot: 0, gfn: 0, pages: 16, file: "f0", offset: "9223372036854775808" },
    ],
    V: [{ op: "guestRead", vm: "vm0", vcpu: 0, gfn: 3 }],
    P: [{ op: "punch", file: "f0", start: 0, end: 10 }],
  },
  choices: ["U to end", "V to end", "P to end"],
  show: ["v10", "review"],
  expect: {
    v10: {
      findings: [
        { invariant: "I18", trap: "T-ah" },
        { invariant: "I31", trap: "T-q" },
      ],
      sptesZapped: 64,
    },
    review: { findings: [], sptesZapped: 0, startCallbacks: 0 },
  },
});
