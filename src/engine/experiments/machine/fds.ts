// SPDX-License-Identifier: GPL-2.0-only
// The descriptors of the one process that makes all calls, and who else keeps a file: calls under way, and memslots.
//
// Left out  dup and inheritance, so that a file has one descriptor at most; the descriptors of VMs

import { fail, OK, type Result } from "../../errno.ts";
import type { FdOps, RestrictedmemEnv } from "../../kernel/restrictedmem/env.ts";
import { restrictedmemRelease } from "../../kernel/restrictedmem/release.ts";
import { call, type Path } from "../../sim/gate.ts";
import { designOf } from "./design.ts";
import { FDS_TAKEN, FILES_EACH } from "./limits.ts";
import { isOpen, type Restrictedmem, type World } from "./world.ts";

/** Whoever is inside a call: the files that the call keeps. */
export interface Caller {
  readonly kept: Restrictedmem[];
}

/** What memfd_restricted() asks of `world`. */
export const fdOpsOf = (world: World, mayAllocate: () => boolean): FdOps => ({
  reserve(file) {
    const taken = new Set(Object.values(world.fds));
    let fd = FDS_TAKEN;
    while (taken.has(fd)) fd++;
    if (fd >= (world.limits.fds ?? Number.POSITIVE_INFINITY)) return fail("EMFILE");
    world.fds[file] = fd;
    return OK;
  },
  giveBack(file) {
    delete world.fds[file];
  },
  allocFile(): Result {
    if (world.filesOpen >= (world.limits.files ?? Number.POSITIVE_INFINITY)) return fail("ENFILE");
    if (!mayAllocate()) return fail("ENOMEM");
    world.filesOpen++;
    return OK;
  },
  freeFile() {
    world.filesOpen--;
  },
  install(file) {
    world.files[file] = designOf(world.variant).newFile(file, 0n, world.orders[file] ?? 0);
    return world.fds[file] as number;
  },
});

/** fdget(): the file behind the descriptor, kept until the call returns, or null where it is not open. */
export const fdget = (world: World, caller: Caller, name: string): Restrictedmem | null =>
  isOpen(world, name) ? keep(world, caller, name) : null;

/** As fdget() for whoever has the file itself and no descriptor: null where it is no more. */
export function keep(world: World, caller: Caller, name: string): Restrictedmem | null {
  const rm = world.files[name];
  if (rm === undefined || rm.shim.dying) return null;
  rm.shim.calls++;
  caller.kept.push(rm);
  return rm;
}

/**
 * The way out of the kernel: what the call kept is given back, and whatever nobody refers to any more is released, by
 * whoever comes here first.
 *
 * Gates: those of each release.
 */
export function* exitToUser(world: World, env: RestrictedmemEnv & Caller): Path<void> {
  for (const { shim } of env.kept) shim.calls--;
  env.kept.length = 0;
  // Whatever signal came, it is seen to on the way out.
  if (world.signals.includes(env.task)) world.signals = world.signals.filter((task) => task !== env.task);
  for (const name in world.files) {
    const rm = world.files[name] as Restrictedmem;
    if (isReferred(world, rm)) continue;
    rm.shim.dying = true;
    yield* call("exit to user space: nobody refers to the file any more", restrictedmemRelease(env, rm));
    delete world.files[rm.name];
    world.filesOpen -= FILES_EACH;
  }
}

/** Whether a descriptor, a call, a memslot that is not freed, or whoever releases it leads to `rm`. */
const isReferred = ({ fds, memslots }: World, { name, shim }: Restrictedmem): boolean =>
  shim.dying ||
  fds[name] !== undefined ||
  shim.calls > 0 ||
  memslots.some(({ file, freed }) => file === name && !freed);
