// SPDX-License-Identifier: GPL-2.0-only
// T-f: sharing is left to the future.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** A bind that does not ask for exclusive use is refused, even on an empty file. */
export const tF = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-f"],
  about: "A bind that does not ask for exclusive use answers -EINVAL, although the file is empty.",
  files: { f0: { pages: 64 } },
  vms: { vm0: {} },
  setup: [{ op: "createSlot", vm: "vm0", slot: 0, gfn: 0, pages: 64 }],
  tasks: {
    U: [{ op: "bind", file: "f0", start: 0, end: 64, notifier: "vm0/0", exclusive: false }],
  },
  show: ["review", "review-seed"],
  expect: { review: { findings: [], bindsRefused: 1 }, "review-seed": { findings: [], bindsRefused: 1 } },
});
