// SPDX-License-Identifier: GPL-2.0-only
// A machine before its tasks run: files and VMs made, set-up done, counters at zero.

import type { Errno } from "../../errno.ts";
import { newKvm } from "../../kernel/kvm/kvm.ts";
import { newMemory } from "../../kernel/shmem/memory.ts";
import { drive } from "../../sim/drive.ts";
import type { Slices } from "../../sim/slices.ts";
import { bytesOf, type Gfn } from "../../units.ts";
import { type Counters, count, newCounters } from "./counters.ts";
import { designOf } from "./design.ts";
import { envOf, SETUP_TASK } from "./env.ts";
import type { LabEvent } from "./events.ts";
import type { Operation } from "./operation.ts";
import { perform } from "./perform.ts";
import type { VariantId } from "./variants.ts";
import type { World } from "./world.ts";

/** What a machine is made of, and what is done before the run. Names are unique. */
export interface MachinePlan {
  /** Inner i_size in pages, by file. Nothing is allocated by it. */
  readonly files: ReadonlyMap<string, { readonly pages: number }>;
  readonly vms: ReadonlyMap<string, { readonly seq: number; readonly range: readonly [Gfn, Gfn] }>;
  readonly setup: readonly Operation[];
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
 * Boots `plan` under `variant`, in slices. The events of the set-up go to `tell`; they are no part of the run, and of its
 * counts only bindsRefused is kept.
 */
export function* booting(
  plan: MachinePlan,
  variant: VariantId,
  tell: (event: LabEvent) => void,
): Slices<Booted> {
  const design = designOf(variant);
  const world: World = {
    variant,
    memory: newMemory(),
    memslots: [],
    files: Object.fromEntries(
      [...plan.files].map(([name, { pages }]) => [name, design.newFile(name, bytesOf(pages))]),
    ),
    vms: Object.fromEntries([...plan.vms].map(([name, preset]) => [name, newKvm(name, preset)])),
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
    tell(event);
    if (event.type === "operation.absent") refuse(null);
    if (event.type === "operation.returned" && event.errno !== null) refuse(event.errno);
  });
  for (; index < plan.setup.length; index++) {
    drive(perform(world, env, plan.setup[index] as Operation));
    if (index % SLICE_OPERATIONS === 0) yield;
  }
  const { bindsRefused } = world.counters;
  world.counters = { ...(plan.part?.before.get(variant) ?? { ...newCounters(), bindsRefused }) };
  return { world, refusals };
}
