// SPDX-License-Identifier: GPL-2.0-only
// For tests: a host with VMs `vm0`, `vm1` and a file `f0` whose design does nothing but say that it was asked.

import { OK, type Result } from "../../errno.ts";
import { step } from "../../sim/gate.ts";
import { gfn, type Gfn, type Pfn, pgoff, type Pgoff } from "../../units.ts";
import { putFolio } from "../shmem/folios.ts";
import { newShmemFile, type ShmemFile } from "../shmem/file.ts";
import { getPage } from "../shmem/getPage.ts";
import type { ShmemEnv, ShmemEvent } from "../shmem/events.ts";
import { type HostMemory, newMemory } from "../shmem/memory.ts";
import type { SyncEvent } from "../sync/events.ts";
import { xaEraseEach, xaToPointer } from "../xarray/index.ts";
import type { KvmEnv, Omission } from "./env.ts";
import type { KvmEvent } from "./events.ts";
import type { GuestEvent } from "./guestEvents.ts";
import { type Kvm, type KvmPreset, newKvm } from "./kvm.ts";
import { type Memslot, type MemslotId, memslotName, type Memslots, newMemslot } from "./memslot.ts";

/** What the file was asked for, beside KVM's own events. */
export interface BackingEvent {
  readonly type: "backing.attached" | "backing.detached";
  readonly memslot: string;
}

export type TestEvent = KvmEvent | GuestEvent | ShmemEvent | SyncEvent | BackingEvent;

export interface TestHost {
  readonly vm0: Kvm;
  readonly vm1: Kvm;
  readonly file: ShmemFile;
  readonly memory: HostMemory;
  readonly memslots: Memslots;
  /** What the file answers to the next attach. */
  answer: Result;
  /** What KVM does without. */
  readonly omit: Set<Omission>;
  /** Everything told to environments that were given no `emit` of their own. */
  readonly told: TestEvent[];
  /** Takes pages [start, end) out of the file, as a punch does that nobody hears of. */
  freePages(start: number, end: number): void;
  env(task?: string, emit?: (event: TestEvent) => void): KvmEnv & ShmemEnv;
}

/** Two vCPUs that have not run yet, tables deep enough for every gfn that a slot can have. */
export const PRESET: KvmPreset = {
  ...{ seq: 7, range: [gfn(0), gfn(0)], vcpus: 2, levels: 5, underflow: "silent", hasPrivateMem: true },
};

export function testHost(memory: HostMemory = newMemory()): TestHost {
  const [vm0, vm1] = [newKvm("vm0", PRESET), newKvm("vm1", PRESET)];
  const host: TestHost = {
    vm0,
    vm1,
    file: newShmemFile("f0", 0n),
    memory,
    memslots: [],
    answer: OK,
    omit: new Set(),
    told: [],
    freePages: (start, end) =>
      xaEraseEach(host.file.iPages, start, end - 1, (_, entry) =>
        putFolio(memory, xaToPointer(entry) as Pfn),
      ),
    env: (task = "T", emit = (event) => host.told.push(event)) => ({
      task,
      memory,
      ...{ pagesPerStep: null, fsizeMax: null, signalPending: () => false },
      memslots: host.memslots,
      vms: { vm0, vm1 },
      emit,
      backing: {
        *attach(memslot) {
          const told = { type: "backing.attached", memslot: memslotName(memslot) } as const;
          yield* step("test: the file is asked to tie the slot", () => emit(told));
          return host.answer;
        },
        *detach(memslot) {
          const told = { type: "backing.detached", memslot: memslotName(memslot) } as const;
          yield* step("test: the file is asked to untie the slot", () => emit(told));
        },
        memfd: () => host.file,
        isBound: () => true,
        *getPage(_, index) {
          return yield* step("test: the file is asked for a page", () => {
            const got = getPage(memory, host.file, index);
            if (!got.ok) return { ...got, mended: () => false };
            const { pfn, order, refs } = got;
            emit({ type: "page.got", file: "f0", index, pfn, order, refs });
            return got;
          });
        },
      },
      omit: host.omit,
    }),
  };
  return host;
}

/** A visible slot of gfn [baseGfn, baseGfn + npages) on file page `base`, or an ordinary one where that is null. */
export function visibleSlot(
  { memslots }: TestHost,
  kvm: Kvm,
  slot: number,
  baseGfn: number,
  npages: number,
  base: number | null,
): Memslot {
  const memslot = newMemslot(memslots, {
    vm: kvm.name,
    slot,
    baseGfn: baseGfn as Gfn,
    npages,
    file: base === null ? null : "f0",
    pgoff: (base ?? 0) as Pgoff,
  });
  kvm.slots[slot] = memslot.id;
  kvm.slotsByGfn.push(memslot.id);
  const gfnOf = (id: MemslotId) => (memslots[id] as Memslot).baseGfn;
  kvm.slotsByGfn.sort((a, b) => gfnOf(a) - gfnOf(b));
  return memslot;
}

/** An event in a word or two: its type, and the lock or memslot it is about. */
export const short = (event: TestEvent): string =>
  [event.type, "lock" in event ? event.lock : "memslot" in event ? event.memslot : ""].join(" ").trim();

export const backedBy = (base: number) => ({ file: "f0", pgoff: pgoff(base) });
