// SPDX-License-Identifier: GPL-2.0-only
// The whole simulated machine, as plain data: files, VMs, memslot objects, page frames, and the counts so far.

import { copyKvm, type Kvm } from "../../kernel/kvm/kvm.ts";
import type { Memslots } from "../../kernel/kvm/memslot.ts";
import { copyRestrictedmemXarray, type RestrictedmemXarray } from "../../kernel/restrictedmem/review/file.ts";
import { copyRestrictedmemList, type RestrictedmemList } from "../../kernel/restrictedmem/v10/file.ts";
import { copyMemory, type HostMemory } from "../../kernel/shmem/memory.ts";
import { type Assumed, copyAssumed } from "./assumed.ts";
import type { Tally } from "./counters.ts";
import type { VariantId } from "./variants.ts";

/** The file in either design; `keeps` tells which. */
export type Restrictedmem = RestrictedmemList | RestrictedmemXarray;

export interface World extends Tally {
  readonly variant: VariantId;
  memory: HostMemory;
  /** Every memslot object that ever was, by id. */
  memslots: Memslots;
  files: Record<string, Restrictedmem>;
  vms: Record<string, Kvm>;
  /** Null where nothing is taken for granted. */
  assumed: Assumed | null;
}

/** A world that shares nothing changeable with `world`. */
export const copyWorld = (world: World): World => ({
  variant: world.variant,
  memory: copyMemory(world.memory),
  memslots: world.memslots.map((memslot) => ({ ...memslot })),
  files: mapValues(world.files, (file) =>
    file.keeps === "list" ? copyRestrictedmemList(file) : copyRestrictedmemXarray(file),
  ),
  vms: mapValues(world.vms, copyKvm),
  assumed: copyAssumed(world.assumed),
  counters: { ...world.counters },
  walksOpen: world.walksOpen,
});

const mapValues = <T>(record: Record<string, T>, copy: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, copy(value)]));
