// SPDX-License-Identifier: GPL-2.0-only
// T-l: a fault races with a punch. What stands between them are a sequence number, a count and a flush; each scenario
// has a twin in which one of them is taken out, to show what it is there for.

import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** What both designs show alike: neither takes a lock of the file for a fault. */
const bothBreak = (trap: string, ...invariants: readonly string[]): ScenarioDocument["expect"] => {
  const findings = invariants.map((invariant) => ({ invariant, trap }));
  return { v10: { findings }, review: { findings } };
};

const NOTHING_BREAKS = { v10: { findings: [] }, review: { findings: [] } };

/** One VM whose slot covers 1,024 pages of f0, of which 16 are there; another guest takes what is freed. */
const race = (
  name: keyof typeof TITLES,
  about: string,
  rest: Pick<ScenarioDocument, "tasks" | "choices"> & Partial<ScenarioDocument>,
): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES[name],
  about,
  files: { f0: { pages: 1024 }, f1: { pages: 16 } },
  vms: { vm0: { seq: 10, vcpus: 1 }, vm1: {} },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 1024, file: "f0", pgoff: 0 },
    { op: "createSlot", vm: "vm1", slot: 0, pages: 16, file: "f1", pgoff: 0 },
    { op: "allocate", file: "f0", start: 0, end: 16 },
  ],
  show: ["v10", "review"],
  expect: NOTHING_BREAKS,
  ...rest,
});

/** The guest of vm0 reads gfn 5 twice; another guest touches its memory for the first time in between. */
const READER_AND_OTHER: ScenarioDocument["tasks"] = {
  P: [{ op: "punch", file: "f0", start: 5, end: 6 }],
  V: [
    { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 5 },
    { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 5 },
  ],
  W: [{ op: "map", vm: "vm1", gfn: 0, pages: 1 }],
};

/** The whole punch between a fault's page and its lock. */
const WHOLE_PUNCH_INSIDE = [
  "V until page.got",
  "P to end",
  "V until operation.returned",
  "W to end",
  "V to end",
];

const L1 =
  "A fault gets its page, then a whole punch comes and goes: the count is 0 again, and only the sequence number has moved.";

export const tL1 = (): ScenarioDocument =>
  race("t-l1", `${L1} The fault sees it, lets the page go and tries again.`, {
    tasks: READER_AND_OTHER,
    choices: WHOLE_PUNCH_INSIDE,
  });

export const tL1Off = (): ScenarioDocument =>
  race("t-l1-off", `${L1} Here nobody looks at it: the guest gets a page that is free by then.`, {
    tasks: READER_AND_OTHER,
    choices: WHOLE_PUNCH_INSIDE,
    omit: ["seqTest"],
    expect: bothBreak("T-l1", "I8", "I9", "I11", "I13"),
  });

/** The fault begins after the zap, and wants to install before the end. */
const INSIDE_THE_PUNCH = [
  "P until lock.released mmu_lock",
  "V until page.got",
  "P until shmem.punched",
  "V until lock.released mmu_lock",
  "V until operation.returned",
  "P to end",
  "W to end",
  "V to end",
];

const L2 =
  "A fault begins after the zap and wants to map before the punch has ended: its snapshot is as new as can be, and only the count tells it that a bracket is open.";

export const tL2 = (): ScenarioDocument =>
  race("t-l2", `${L2} It goes back to the guest until the bracket is closed.`, {
    tasks: READER_AND_OTHER,
    choices: INSIDE_THE_PUNCH,
  });

export const tL2Off = (): ScenarioDocument =>
  race("t-l2-off", `${L2} Here nobody looks at the count: the page is mapped, and freed.`, {
    tasks: READER_AND_OTHER,
    choices: INSIDE_THE_PUNCH,
    omit: ["countTest"],
    expect: bothBreak("T-l2", "I8", "I9", "I10", "I11", "I13"),
  });

export const tL3 = (): ScenarioDocument =>
  race(
    "t-l3",
    "The punch is of page 5, the fault on gfn 600: outside of the range, so the count does not hold it off. But the sequence number has moved, whatever the range was: one retry for nothing, and no harm.",
    {
      tasks: {
        P: [{ op: "punch", file: "f0", start: 5, end: 6 }],
        V: [{ op: "guestRead", vm: "vm0", vcpu: 0, gfn: 600 }],
      },
      choices: ["V until page.got", "P to end", "V to end"],
    },
  );

/** Two slots on the same pages, far apart: the tracked range is all that lies between them. */
export const tL4 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-l4"],
  about:
    "The list lets two memslots share pages 0 to 7, at gfns 0 and 1,000,000. One range is tracked: their punch holds off every gfn in between. The xarray refuses the second slot.",
  files: { f0: { pages: 16 } },
  vms: { vm0: { seq: 10, vcpus: 1 } },
  setup: [
    { op: "createSlot", vm: "vm0", slot: 0, pages: 8, file: "f0", pgoff: 0 },
    { op: "createSlot", vm: "vm0", slot: 1, gfn: 1_000_000, pages: 8, file: "f0", pgoff: 0 },
    { op: "createSlot", vm: "vm0", slot: 2, gfn: 500, pages: 8, file: "f0", pgoff: 8 },
    { op: "map", vm: "vm0", gfn: 0, pages: 8 },
  ],
  tasks: {
    P: [{ op: "punch", file: "f0", start: 0, end: 8 }],
    V: [{ op: "guestRead", vm: "vm0", vcpu: 0, gfn: 500 }],
  },
  choices: ["P until shmem.punched", "V until operation.returned", "P to end", "V to end"],
  show: ["v10", "review"],
  expect: { v10: { findings: [], bindsRefused: 0 }, review: { findings: [], bindsRefused: 1 } },
});

/** The guest has the page in its TLB when it is zapped. */
const CACHED: ScenarioDocument["tasks"] = {
  V: [
    { op: "guestWrite", vm: "vm0", vcpu: 0, gfn: 5 },
    { op: "guestRead", vm: "vm0", vcpu: 0, gfn: 5 },
  ],
  P: [{ op: "punch", file: "f0", start: 5, end: 6 }],
  W: [{ op: "map", vm: "vm1", gfn: 0, pages: 1 }],
};

const CACHED_CHOICES = ["V until operation.returned", "P to end", "W to end", "V to end"];

const L5 = "A vCPU in the guest has cached the translation of gfn 5 when the page is punched.";

export const tL5 = (): ScenarioDocument =>
  race("t-l5", `${L5} It is kicked out before the page is freed, flushes, and faults in a new page.`, {
    tasks: CACHED,
    choices: CACHED_CHOICES,
  });

export const tL5Off = (): ScenarioDocument =>
  race("t-l5-off", `${L5} Here nobody flushes: it goes on reading what is another guest's page by now.`, {
    tasks: CACHED,
    choices: CACHED_CHOICES,
    omit: ["flush"],
    expect: bothBreak("T-l5", "I9"),
  });
