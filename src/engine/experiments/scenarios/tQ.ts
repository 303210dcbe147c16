// SPDX-License-Identifier: GPL-2.0-only
// T-q: every error of the file sends the guest back to fault again.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** A limit of four pages; the guest touches a fifth. */
export const tQ = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-q"],
  about:
    'A memory limit leaves room for four pages, and the guest touches a fifth. -ENOMEM becomes "try again": the vCPU faults for ever, and user space never hears why. Both designs share the code.',
  files: { f0: { pages: 16 } },
  vms: { vm0: { vcpus: 1 } },
  limits: { memory: 4 },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 16, file: "f0", pgoff: 0 },
    { op: "map", vm: "vm0", gfn: 0, pages: 4 },
  ],
  tasks: { V: [{ op: "guestWrite", vm: "vm0", vcpu: 0, gfn: 4 }] },
  show: ["v10", "review"],
  expect: {
    v10: { findings: [{ invariant: "I31", trap: "T-q" }] },
    review: { findings: [{ invariant: "I31", trap: "T-q" }] },
  },
});
