// SPDX-License-Identifier: GPL-2.0-only
// T-r: a binding that could not be stored.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** The xarray needs three nodes for the slot and gets two; the list allocates nothing to register. */
export const tR = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-r"],
  about:
    "Memory runs out while the xarray stores a new slot's binding, and nobody looks: the slot is there, and no page of it is bound. Its guest faults for ever, and no punch reaches it. The list needs no memory to register.",
  files: { f0: { pages: 128 } },
  vms: { vm0: { vcpus: 1 } },
  failAllocations: [3],
  tasks: {
    U: [
      { op: "createSlot", vm: "vm0", slot: 0, pages: 100, file: "f0", pgoff: 5 },
      { op: "punch", file: "f0", start: 5, end: 6 },
    ],
    V: [{ op: "guestWrite", vm: "vm0", vcpu: 0, gfn: 5 }],
  },
  choices: ["U until operation.returned", "V until page.refused", "U to end"],
  show: ["v10", "review"],
  expect: {
    v10: { findings: [], startHits: 1, pagesFreed: 1 },
    review: {
      findings: [
        { invariant: "I17", trap: "T-r" },
        { invariant: "I31", trap: "T-r" },
      ],
      startCallbacks: 0,
      pagesFreed: 0,
    },
  },
});
