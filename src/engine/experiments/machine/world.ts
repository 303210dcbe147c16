// SPDX-License-Identifier: GPL-2.0-only
// The whole simulated machine, as plain data: files, VMs, memslot objects, page frames, and the counts so far.

import type { Omission } from "../../kernel/kvm/env.ts";
import { copyKvm, type Kvm } from "../../kernel/kvm/kvm.ts";
import type { Memslots } from "../../kernel/kvm/memslot.ts";
import { copyRestrictedmemXarray, type RestrictedmemXarray } from "../../kernel/restrictedmem/review/file.ts";
import { copyRestrictedmemList, type RestrictedmemList } from "../../kernel/restrictedmem/v10/file.ts";
import { copyLock, type Lock } from "../../kernel/sync/lock.ts";
import { copyMemory, type FolioOrder, type HostMemory } from "../../kernel/shmem/memory.ts";
import { type Assumed, copyAssumed } from "./assumed.ts";
import type { Tally } from "./counters.ts";
import type { Limits } from "./limits.ts";
import type { VariantId } from "./variants.ts";

/** The file in either design; `keeps` tells which. */
export type Restrictedmem = RestrictedmemList | RestrictedmemXarray;

export interface World extends Tally {
  readonly variant: VariantId;
  memory: HostMemory;
  /** Every memslot object that ever was, by id. */
  memslots: Memslots;
  /** Those that there are. */
  files: Record<string, Restrictedmem>;
  /** The descriptor of each file that has one, by the file's name; also one that is only reserved. */
  fds: Record<string, number>;
  /** Files that the host has open: an inner one and a shim for each of ours. */
  filesOpen: number;
  /** The spinlock of the list of inodes that the shims' superblock has, `sb/s_inode_list_lock`. */
  inodeListLock: Lock;
  readonly limits: Limits;
  /** The largest folios that tmpfs tries for a file that is yet to be made; those of order 0 are left out. */
  readonly orders: Readonly<Record<string, FolioOrder>>;
  /** Whether the kernel was built with the system call. */
  readonly hasMemfdRestricted: boolean;
  vms: Record<string, Kvm>;
  /** Tasks with a signal that they have not seen to. */
  signals: string[];
  /** What of KVM this machine does without. */
  readonly omit: ReadonlySet<Omission>;
  /** How many pages an fallocate adds or frees in a step at most; null: all. */
  readonly pagesPerStep: number | null;
  /** Null where nothing is taken for granted. */
  assumed: Assumed | null;
}

/** Whether the file called `name` is open. A descriptor that is reserved leads to no file yet. */
export const isOpen = ({ fds, files }: World, name: string) =>
  fds[name] !== undefined && files[name] !== undefined;

/** Whether the host has stopped at BUG(): no task runs any more. */
export function isHostStopped({ vms }: Pick<World, "vms">): boolean {
  for (const name in vms) if (vms[name]?.stoppedHost) return true;
  return false;
}

/** A world that shares nothing changeable with `world`. */
export const copyWorld = (world: World): World => ({
  variant: world.variant,
  memory: copyMemory(world.memory),
  memslots: world.memslots.map((memslot) => ({ ...memslot })),
  files: mapValues(world.files, (file) =>
    file.keeps === "list" ? copyRestrictedmemList(file) : copyRestrictedmemXarray(file),
  ),
  fds: { ...world.fds },
  filesOpen: world.filesOpen,
  inodeListLock: copyLock(world.inodeListLock),
  limits: world.limits,
  orders: world.orders,
  hasMemfdRestricted: world.hasMemfdRestricted,
  vms: mapValues(world.vms, copyKvm),
  signals: world.signals.slice(),
  omit: world.omit,
  pagesPerStep: world.pagesPerStep,
  assumed: copyAssumed(world.assumed),
  counters: { ...world.counters },
  walksOpen: world.walksOpen,
});

const mapValues = <T>(record: Record<string, T>, copy: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, copy(value)]));
