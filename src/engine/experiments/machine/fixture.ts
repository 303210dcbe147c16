// SPDX-License-Identifier: GPL-2.0-only
// For tests: a machine of a file and a VM, with whatever a test wants different.

import { gfn } from "../../units.ts";
import type { MachinePlan } from "./boot.ts";
import { performAny } from "./performAny.ts";

/** A VM without vCPUs, its tracked range empty. */
export const vmPreset = (seq = 0) =>
  ({ seq, range: [gfn(0), gfn(0)], vcpus: 0, levels: 4, underflow: "silent", hasPrivateMem: true }) as const;

export const planOf = (parts: Partial<MachinePlan>): MachinePlan => ({
  files: new Map([["f0", { pages: 64 }]]),
  vms: new Map([["vm0", vmPreset()]]),
  setup: [],
  perform: performAny,
  assumed: null,
  omit: new Set(),
  pagesPerStep: null,
  part: null,
  ...parts,
});
