// SPDX-License-Identifier: GPL-2.0-only
// A real machine with a balloon: what its log and its memory map say, and what that exists to show.

import type { ScenarioDocument } from "./document.ts";
import { TITLES } from "./titles.ts";

/** The two files of the recording, by their paths from the page. */
export const Q35_BALLOON_FILES = {
  log: "captures/qemu-q35-linux-balloon.strace.gz",
  map: "captures/qemu-q35-linux-balloon.mtree.txt",
} as const;

/** The scenario that `imported` is, which is what the import makes of the two files. */
export const q35Balloon = (imported: ScenarioDocument): ScenarioDocument => ({
  ...imported,
  title: TITLES["q35-balloon"],
  about:
    "QEMU q35 with 1 GiB, a balloon, free page reporting and virtio-mem: every hole that it punched, over the slots of its memory map.",
  show: ["v10", "review"],
  expect: {
    v10: { findings: [], bindsRefused: 0, punches: 8_632, startCallbacks: 60_268, pagesFreed: 561_664 },
    review: { findings: [], bindsRefused: 0, punches: 8_632, startCallbacks: 8_632, pagesFreed: 561_664 },
    "review-seed": { findings: [{ invariant: "I17", trap: "T-c" }], bindsRefused: 3, punches: 8_632 },
  },
});
