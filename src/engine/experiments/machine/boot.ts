// SPDX-License-Identifier: GPL-2.0-only
// A machine before its tasks run: files and VMs made, set-up done, counters at zero.

import type { Errno } from "../../errno.ts";
import type { Omission } from "../../kernel/kvm/env.ts";
import { type KvmPreset, newKvm } from "../../kernel/kvm/kvm.ts";
import { type FolioOrder, newMemory } from "../../kernel/shmem/memory.ts";
import { newLock } from "../../kernel/sync/lock.ts";
import { drive } from "../../sim/drive.ts";
import type { Slices } from "../../sim/slices.ts";
import { bytesOf } from "../../units.ts";
import { type Counters, count, newCounters } from "./counters.ts";
import { designOf } from "./design.ts";
import { envOf, SETUP_TASK } from "./env.ts";
import type { LabEvent } from "./events.ts";
import { FDS_TAKEN, FILES_EACH, type Limits, NO_LIMITS } from "./limits.ts";
import type { Operation } from "./operation.ts";
import type { Perform } from "./perform.ts";
import type { VariantId } from "./variants.ts";
import type { World } from "./world.ts";

/** What a machine is made of, and what is done before the run. Names are unique. */
export interface MachinePlan {
  /**
   * By file: inner i_size in pages, by which nothing is allocated; the largest folios that tmpfs tries. A file that does
   * not exist yet is one for memfd_restricted() to make; its `pages` are what is drawn of it.
   */
  readonly files: ReadonlyMap<
    string,
    {
      readonly pages: number;
      readonly order?: FolioOrder | undefined;
      readonly exists?: boolean | undefined;
    }
  >;
  /** None unless said. */
  readonly limits?: Limits | undefined;
  /** Allocations of the run, set-up included, that are made to fail: their ordinals, from 1. */
  readonly failAllocations?: readonly number[] | undefined;
  /** A kernel with memfd_restricted() unless said. */
  readonly kernel?: { readonly restrictedmem: boolean } | undefined;
  readonly vms: ReadonlyMap<string, KvmPreset>;
  /** What of KVM the machine does without. */
  readonly omit: ReadonlySet<Omission>;
  /** How many pages an fallocate adds or frees in a step at most; null: all. */
  readonly pagesPerStep: number | null;
  readonly setup: readonly Operation[];
  /** Knows every operation of the set-up and of the run. */
  readonly perform: Perform;
  /** What is taken for granted of pages that a punch is called for. */
  readonly assumed: { readonly mapped: boolean } | null;
  /** Null where the run is whole. */
  readonly part: PartOfRun | null;
}

/** What is known of the longer run that this one is a part of; by design the counts before it, and in all. */
export interface PartOfRun {
  /** The operation of the longer run that is the first one here, and how many that run has. */
  readonly from: number;
  readonly operations: number;
  readonly before: ReadonlyMap<VariantId, Counters>;
  readonly total: ReadonlyMap<VariantId, Counters>;
}

/** An operation of the set-up that did not succeed. */
export interface Refusal {
  readonly index: number;
  readonly operation: Operation;
  /** Null where the design has no such operation. */
  readonly errno: Errno | null;
}

/** What is there once a machine has booted. */
export interface Booted {
  readonly world: World;
  readonly refusals: readonly Refusal[];
}

/** A slice of the set-up ends after so many operations. */
const SLICE_OPERATIONS = 256;

/**
 * Boots `plan` under `variant`, in slices. The events of the set-up go to `tell`, with the world as it is then; they are
 * no part of the run, and of its counts only bindsRefused is kept.
 */
export function* booting(
  plan: MachinePlan,
  variant: VariantId,
  tell: (event: LabEvent, world: World) => void,
): Slices<Booted> {
  const design = designOf(variant);
  const files = [...plan.files].filter(([, { exists = true }]) => exists);
  const world: World = {
    variant,
    memory: {
      ...newMemory(),
      limit: plan.limits?.memory ?? null,
      blocksMax: plan.limits?.mount ?? null,
      fails: [...(plan.failAllocations ?? [])],
    },
    memslots: [],
    files: Object.fromEntries(
      files.map(([name, { pages, order = 0 }]) => [name, design.newFile(name, bytesOf(pages), order)]),
    ),
    fds: Object.fromEntries(files.map(([name], k) => [name, FDS_TAKEN + k])),
    filesOpen: files.length * FILES_EACH,
    inodeListLock: newLock("sb/s_inode_list_lock"),
    limits: plan.limits ?? NO_LIMITS,
    orders: Object.fromEntries(
      [...plan.files].flatMap(([name, { order = 0, exists = true }]) =>
        exists || order === 0 ? [] : [[name, order]],
      ),
    ),
    hasMemfdRestricted: plan.kernel?.restrictedmem ?? true,
    vms: Object.fromEntries([...plan.vms].map(([name, preset]) => [name, newKvm(name, preset)])),
    signals: [],
    omit: plan.omit,
    pagesPerStep: plan.pagesPerStep,
    assumed: plan.assumed === null ? null : { ...plan.assumed, punched: {} },
    counters: newCounters(),
    walksOpen: 0,
  };
  const refusals: Refusal[] = [];
  let index = 0;
  const refuse = (errno: Errno | null) =>
    refusals.push({ index, operation: plan.setup[index] as Operation, errno });
  const env = envOf(world, SETUP_TASK, (event) => {
    count(world, event);
    tell(event, world);
    if (event.type === "operation.absent") refuse(null);
    if (event.type === "operation.returned" && event.errno !== null) refuse(event.errno);
  });
  for (; index < plan.setup.length; index++) {
    drive(plan.perform(world, env, plan.setup[index] as Operation));
    if (index % SLICE_OPERATIONS === 0) yield;
  }
  const { bindsRefused } = world.counters;
  world.counters = { ...(plan.part?.before.get(variant) ?? { ...newCounters(), bindsRefused }) };
  return { world, refusals };
}
