// SPDX-License-Identifier: GPL-2.0-only
// T-b, as far as the guest: what an unpaired notification leads to is a page that is freed while a guest reads it.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/**
 * b2, step 5: the count is -1 from the first punch. During the second it stands at 0, and no fault is held off: one
 * that comes between the zap and the freeing maps a page that is about to go.
 */
export const tB2Guest = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-b2-5"],
  about:
    "A lost start leaves the count at -1, and the next punch brings it to 0, where no fault is held off: the guest maps a page that is just being freed. Under the xarray the slot waits for the punch.",
  files: { f0: { pages: 512 }, f1: { pages: 64 } },
  vms: { vm0: { seq: 7, range: [0, 64], vcpus: 1 }, vm1: {} },
  setup: [
    { op: "allocate", file: "f0", start: 0, end: 192 },
    { op: "createSlot", vm: "vm1", slot: 0, pages: 64, file: "f1", pgoff: 0 },
  ],
  tasks: {
    P: [
      { op: "punch", file: "f0", start: 0, end: 64 },
      { op: "punch", file: "f0", start: 128, end: 192 },
    ],
    U: [
      { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
      { op: "map", vm: "vm1", gfn: 0, pages: 64 },
    ],
    V: [
      { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 130 },
      { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 130 },
    ],
  },
  choices: [
    "P until lock.taken rm->lock",
    "U until operation.returned",
    "P until operation.returned",
    "P until lock.released mmu_lock",
    "V until operation.returned",
    "P to end",
    "U to end",
    "V to end",
  ],
  show: ["v10", "review"],
  expect: {
    v10: {
      findings: [
        { invariant: "I1", trap: "T-b2" },
        { invariant: "I2", trap: "T-b2" },
        { invariant: "I4", trap: "T-b2" },
        { invariant: "I8", trap: "T-b2" },
        { invariant: "I9", trap: "T-b2" },
        { invariant: "I10", trap: "T-b2" },
      ],
    },
    review: { findings: [] },
  },
});

/** b3: deleted and created again in the window; the sum is right, and both notifiers are wrong. */
export const tB3 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-b3"],
  about:
    "A memslot is deleted and made again under a punch. The old one has lost its end, the new one hears an end without a start: the count comes back to 0 by luck. Under the xarray both wait.",
  files: { f0: { pages: 512 } },
  vms: { vm0: { seq: 7 } },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
    { op: "map", vm: "vm0", gfn: 0, pages: 128 },
  ],
  tasks: {
    P: [{ op: "punch", file: "f0", start: 0, end: 64 }],
    U: [
      { op: "deleteSlot", vm: "vm0", slot: 0 },
      { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
    ],
  },
  choices: ["P until lock.released mmu_lock", "U to end", "P to end"],
  show: ["v10", "review"],
  expect: {
    v10: {
      findings: [
        { invariant: "I1", trap: "T-b3" },
        { invariant: "I2", trap: "T-b3" },
        { invariant: "I3", trap: "T-b3" },
        { invariant: "I4", trap: "T-b3" },
      ],
    },
    review: { findings: [] },
  },
});

/** b4: from a clean state, one punch and one new slot: a page is freed while it is mapped. */
export const tB4 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-b4"],
  about:
    "A memslot comes between the start walk and the freeing, and its guest faults at once: the page is mapped, freed under it, and handed to another guest. Under the xarray the slot waits for the punch.",
  files: { f0: { pages: 512 }, f1: { pages: 64 } },
  vms: { vm0: { seq: 7, vcpus: 1 }, vm1: {} },
  setup: [
    { op: "allocate", file: "f0", start: 0, end: 64 },
    { op: "createSlot", vm: "vm1", slot: 0, pages: 64, file: "f1", pgoff: 0 },
  ],
  tasks: {
    P: [{ op: "punch", file: "f0", start: 0, end: 64 }],
    U: [
      { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
      { op: "map", vm: "vm1", gfn: 0, pages: 64 },
    ],
    V: [
      { op: "guestWrite", vm: "vm0", vcpu: 0, gfn: 5 },
      { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 5 },
    ],
  },
  choices: [
    "P until lock.released rm->lock",
    "U until operation.returned",
    "V until operation.returned",
    "P to end",
    "U to end",
    "V to end",
  ],
  show: ["v10", "review"],
  expect: {
    v10: {
      findings: [
        { invariant: "I1", trap: "T-b4" },
        { invariant: "I2", trap: "T-b4" },
        { invariant: "I4", trap: "T-b4" },
        { invariant: "I8", trap: "T-b4" },
        { invariant: "I9", trap: "T-b4" },
        { invariant: "I10", trap: "T-b4" },
      ],
    },
    review: { findings: [] },
  },
});
