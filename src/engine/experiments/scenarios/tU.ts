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
    "Page 5 goes bad while a guest uses it. In the list's design the search for its file looks through a list on which no such file is (T-u); the review's passes over every file that is in use (T-v). No callback comes, and the guest reads on. Punched, the page leaves its guest, and its frame is not handed out again.",
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
