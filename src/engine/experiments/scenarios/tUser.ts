// SPDX-License-Identifier: GPL-2.0-only
// The point of the whole file: a guest reaches its memory, and user space has no way to it.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** User space tries whatever a file offers, while the guest touches the same page. */
export const tUser = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-user"],
  about:
    "A guest writes and reads page 5 of the file. User space has the file open, and each call that would show it the page is refused: the file has no method for it. Only the review's stat tells the size (T-s).",
  files: { f0: { pages: 64 } },
  vms: { vm0: { vcpus: 1 } },
  setup: [{ op: "createSlot", vm: "vm0", slot: 0, pages: 64, file: "f0", pgoff: 0 }],
  tasks: {
    U: [
      { op: "read", file: "f0", len: 4096 },
      { op: "pread", file: "f0", offset: 20480, len: 4096 },
      { op: "write", file: "f0", len: 4096 },
      { op: "mmap", file: "f0", prot: "READ|WRITE", flags: "SHARED" },
      { op: "mmap", file: "f0", prot: "READ|EXEC", flags: "SHARED" },
      { op: "fstat", file: "f0" },
    ],
    V: [
      { op: "guestWrite", vm: "vm0", vcpu: 0, gfn: 5 },
      { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 5 },
    ],
  },
  choices: ["U until operation.returned", "V until operation.returned", "U*2", "V to end", "U to end"],
  show: ["v10", "review"],
  expect: {
    v10: { findings: [], startCallbacks: 0, pagesFreed: 0 },
    review: { findings: [], startCallbacks: 0, pagesFreed: 0 },
  },
});
