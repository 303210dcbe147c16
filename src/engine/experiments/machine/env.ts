// SPDX-License-Identifier: GPL-2.0-only
// What one task's paths are given of the machine: every folder's narrow part in one object.

import { present } from "../../assert.ts";
import { fail } from "../../errno.ts";
import { kvmInvalidateEnd, kvmInvalidateStart } from "../../kernel/kvm/callbacks.ts";
import type { KvmEnv } from "../../kernel/kvm/env.ts";
import type { CreateEnv, ErrorEnv, RestrictedmemEnv, SetattrEnv } from "../../kernel/restrictedmem/env.ts";
import { mayAllocate } from "../../kernel/shmem/memory.ts";
import { designOf } from "./design.ts";
import type { LabEvent } from "./events.ts";
import type { Caller } from "./fds.ts";
import { isOpen, type Restrictedmem, type World } from "./world.ts";

/** The union of all narrow parts. `emit` takes every event. */
export interface Env
  extends Omit<KvmEnv, "emit">,
    Omit<RestrictedmemEnv, "emit" | "task" | "memory">,
    Omit<CreateEnv, "emit" | "fds">,
    Omit<SetattrEnv, "emit" | "task" | "fsizeMax">,
    Caller {
  emit(event: LabEvent): void;
}

/** Whoever does what is done before the run. */
export const SETUP_TASK = "set-up";

export const fileOf = (world: World, name: string): Restrictedmem =>
  present(world.files[name], () => `file ${name}`);

/** The environment of task `task` in `world`. Ties the calls that go upward: KVM to its file, file to its slots. */
export function envOf(world: World, task: string, emit: (event: LabEvent) => void): Env {
  const design = designOf(world.variant);
  const allowed = () => mayAllocate(world.memory);
  const env: Env = {
    task,
    memory: world.memory,
    pagesPerStep: world.pagesPerStep,
    fsizeMax: world.limits.fsize,
    signalPending: () => world.signals.includes(task),
    memslots: world.memslots,
    vms: world.vms,
    emit,
    mayAllocate: allowed,
    kept: [],
    backing: {
      *attach(memslot) {
        const file = present(memslot.file, "the slot's file");
        return isOpen(world, file) ? yield* design.attach(env, fileOf(world, file), memslot) : fail("EINVAL");
      },
      detach: (memslot) =>
        design.detach(env, fileOf(world, present(memslot.file, "the slot's file")), memslot),
      memfd: (file) => fileOf(world, file).memfd,
      isBound: (file, start, end) => design.isBound(fileOf(world, file), start, end),
      *getPage(memslot, index) {
        // The slot keeps its file, but a bind by hand may move the slot to another one before the page is taken.
        const rm = fileOf(world, present(memslot.file, "the slot's file"));
        rm.shim.calls++;
        const got = yield* design.getPage(env, rm, index);
        rm.shim.calls--;
        return got;
      },
    },
    omit: world.omit,
    notifierOps: {
      invalidateStart: (notifier, start, end) => kvmInvalidateStart(env, design.clamp, notifier, start, end),
      invalidateEnd: (notifier, start, end) => kvmInvalidateEnd(env, design.clamp, notifier, start, end),
    },
  };
  return env;
}

/** The part of it that looks for the shim of a bad page. */
export const errorEnvOf = (world: World, env: Env): ErrorEnv => ({
  ...env,
  inodeListLock: world.inodeListLock,
  shimInodes: () => Object.keys(world.files).length,
});
