// SPDX-License-Identifier: GPL-2.0-only
// T-l5 with four vCPUs: one zap, and each of them comes to its flush in its own way.

import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { GFN_BASE, tA12 } from "./tA12.ts";
import { TITLES } from "./titles.ts";

const read = (vcpu: number, gfn: number): OperationDocument => ({ op: "guestRead", vm: "vm0", vcpu, gfn });

/** Pages that each vCPU reads before the punch, and has cached then. Pages 18 to 21 are the hole. */
const CACHED: readonly (readonly number[])[] = [[19], [7, 20, 19, 18], [21, 33], [3, 18]];

const readsBefore = (vcpu: number): OperationDocument[] =>
  (CACHED[vcpu] ?? []).map((page) => read(vcpu, GFN_BASE + page));

/** In no memslot: a vCPU that reads there is sent to user space, which emulates a device. */
const DEVICE = 0x1000;

/** The machine of t-a-12 with four vCPUs. Three are in the guest when the punch comes, the last one is not. */
export const tL5Four = (): ScenarioDocument => ({
  ...tA12(),
  format: FORMAT,
  title: TITLES["t-l5-4"],
  about:
    "Four vCPUs have cached what the punch zaps. Those in the guest are sent an IPI and waited for, and flush on their way back; the one outside flushes when it enters, and nobody waits for it.",
  vms: { vm0: { vcpus: CACHED.length } },
  tasks: {
    P: [{ op: "punch", file: "f0", start: 18, end: 22 }],
    V0: [...readsBefore(0), read(0, GFN_BASE + 19)],
    V1: [...readsBefore(1), read(1, GFN_BASE + 7)],
    V2: [...readsBefore(2), read(2, GFN_BASE + 33)],
    V3: [...readsBefore(3), read(3, DEVICE), read(3, GFN_BASE + 3)],
  },
  choices: [
    // The last walk before the punch is that of page 18.
    ...[3, 0, 2, 1].flatMap((vcpu) =>
      [...(CACHED[vcpu] ?? []), ...(vcpu === 3 ? [DEVICE] : [])].map(
        () => `V${vcpu} until operation.returned`,
      ),
    ),
    "P until vcpu.exited vm0/vcpu0",
    "V0 until vcpu.entered vm0/vcpu0",
    "P to end",
    "V3 to end",
    "V2 to end",
    "V1 to end",
    "V0 to end",
  ],
  expect: {
    v10: { findings: [], startHits: 1, endHits: 1, wasted: 22, sptesZapped: 4, tlbFlushes: 1, pagesFreed: 4 },
    review: {
      findings: [],
      startHits: 1,
      endHits: 1,
      wasted: 0,
      sptesZapped: 4,
      tlbFlushes: 1,
      pagesFreed: 4,
    },
  },
});
