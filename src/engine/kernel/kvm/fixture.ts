// SPDX-License-Identifier: GPL-2.0-only
// For tests: a host with VMs `vm0`, `vm1` and a file `f0` whose design does nothing but say that it was asked.

import { OK, type Result } from "../../errno.ts";
import { step } from "../../sim/gate.ts";
import { gfn, type Gfn, pgoff, type Pgoff } from "../../units.ts";
import { newShmemFile, type ShmemFile } from "../shmem/file.ts";
import type { ShmemEvent } from "../shmem/events.ts";
import { type HostMemory, newMemory } from "../shmem/memory.ts";
import type { SyncEvent } from "../sync/events.ts";
import type { KvmEnv } from "./env.ts";
import type { KvmEvent } from "./events.ts";
import { type Kvm, newKvm } from "./kvm.ts";
import { type Memslot, type MemslotId, memslotName, type Memslots, newMemslot } from "./memslot.ts";

/** What the file was asked for, beside KVM's own events. */
export interface BackingEvent {
  readonly type: "backing.attached" | "backing.detached";
  readonly memslot: string;
}

export type TestEvent = KvmEvent | ShmemEvent | SyncEvent | BackingEvent;

export interface TestHost {
  readonly vm0: Kvm;
  readonly vm1: Kvm;
  readonly file: ShmemFile;
  readonly memory: HostMemory;
  readonly memslots: Memslots;
  /** What the file answers to the next attach. */
  answer: Result;
  /** Everything told to environments that were given no `emit` of their own. */
  readonly told: TestEvent[];
  env(task?: string, emit?: (event: TestEvent) => void): KvmEnv;
}

export function testHost(memory: HostMemory = newMemory()): TestHost {
  const preset = { seq: 7, range: [gfn(0), gfn(0)] as const };
  const [vm0, vm1] = [newKvm("vm0", preset), newKvm("vm1", preset)];
  const host: TestHost = {
    vm0,
    vm1,
    file: newShmemFile("f0", 0n),
    memory,
    memslots: [],
    answer: OK,
    told: [],
    env: (task = "T", emit = (event) => host.told.push(event)) => ({
      task,
      memory,
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
      },
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
