// SPDX-License-Identifier: GPL-2.0-only
// T-b: the list's mutex is dropped between the two walks, so that start and end come unpaired.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** b1: the slot that heard the start is gone when the end comes. The VM's count stays up for ever. */
export const tB1 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-b1"],
  about:
    "A memslot is deleted while a hole is punched under it. In the list it has heard the start and is gone before the end: the VM's count of open brackets stays at 1, and guest faults in the hole are refused for ever. Under the xarray the deletion waits for the punch.",
  files: { f0: { pages: 512 } },
  vms: { vm0: { seq: 7 } },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 },
    { op: "map", vm: "vm0", gfn: 0, pages: 128 },
  ],
  tasks: {
    P: [{ op: "punch", file: "f0", start: 0, end: 64 }],
    U: [{ op: "deleteSlot", vm: "vm0", slot: 0 }],
  },
  choices: ["P until lock.released mmu_lock", "U to end", "P to end"],
  show: ["v10", "review"],
  expect: {
    v10: {
      findings: [
        { invariant: "I3", trap: "T-b1" },
        { invariant: "I4", trap: "T-b1" },
      ],
      startCallbacks: 1,
      endCallbacks: 0,
    },
    review: { findings: [], startCallbacks: 1, endCallbacks: 1 },
  },
});

/** b2: the slot that hears the end was not there for the start. The VM's count falls below zero. */
export const tB2 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-b2"],
  about:
    "A memslot is created while a hole is punched. In the list it comes between the two walks and hears an end without a start: the VM's count falls to -1. Under the xarray the creation waits for the punch.",
  files: { f0: { pages: 512 } },
  vms: { vm0: { seq: 7, range: [0, 64] } },
  setup: [{ op: "allocate", file: "f0", start: 0, end: 64 }],
  tasks: {
    P: [{ op: "punch", file: "f0", start: 0, end: 64 }],
    U: [{ op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 }],
  },
  choices: ["P until lock.taken rm->lock", "U to end", "P to end"],
  show: ["v10", "review"],
  expect: {
    v10: {
      findings: [
        { invariant: "I1", trap: "T-b2" },
        { invariant: "I2", trap: "T-b2" },
        { invariant: "I4", trap: "T-b2" },
      ],
      startCallbacks: 0,
      endCallbacks: 1,
    },
    review: { findings: [], startCallbacks: 0, endCallbacks: 0 },
  },
});
