// SPDX-License-Identifier: GPL-2.0-only
// T-u and T-v: a memory error that reaches no notifier.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** Page 5 is found bad while the guest uses it; then it is punched, and the guest gets another frame. */
export const tU = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-u"],
  about:
    "Page 5 goes bad. v10 looks for its file on a list on which it never is (T-u), the review passes over every file in use (T-v): nobody is told, and the guest reads on. Once punched, the frame is not handed out again.",
  files: { f0: { pages: 16 } },
  vms: { vm0: { vcpus: 1 } },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 16, file: "f0", pgoff: 0 },
    { op: "map", vm: "vm0", gfn: 0, pages: 16 },
  ],
  tasks: {
    H: [{ op: "poison", file: "f0", page: 5 }],
    V: [
      { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 5 },
      { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 5 },
    ],
    P: [{ op: "punch", file: "f0", start: 5, end: 6 }],
  },
  choices: ["H to end", "V until operation.returned", "P to end", "V to end"],
  show: ["v10", "review"],
  expect: {
    v10: { findings: [], startCallbacks: 1, sptesZapped: 1, pagesFreed: 1 },
    review: { findings: [], startCallbacks: 1, sptesZapped: 1, pagesFreed: 1 },
  },
});
