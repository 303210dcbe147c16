// SPDX-License-Identifier: GPL-2.0-only
// One operation, from its entry into the kernel to what it returns: those that the page's opening scenario is made
// of. All that there are: performAny.ts, which the page fetches with the first scenario that has another one.

import { ModelBug } from "../../assert.ts";
import type { Result } from "../../errno.ts";
import { kvmCreateSlot } from "../../kernel/kvm/createSlot.ts";
import { kvmMapGuest } from "../../kernel/kvm/mapGuest.ts";
import { FALLOC_FL } from "../../kernel/shmem/falloc.ts";
import { shmemFallocate } from "../../kernel/shmem/fallocate.ts";
import { call, type Path, step } from "../../sim/gate.ts";
import { assumeTouched } from "./assumeTouched.ts";
import { designOf } from "./design.ts";
import { type Env, fileOf } from "./env.ts";
import type { CallEvent } from "./events.ts";
import type { CreateSlotOperation, FallocateOperation, MapOperation, Operation } from "./operation.ts";
import { SHIM_FD, vfsFallocateChecks } from "./vfs.ts";
import type { Restrictedmem, World } from "./world.ts";

/**
 * The path of `operation` in `world`, for the task whose environment is `env`.
 *
 * Gates: the entry, then the operation's own; a guest's touch has just its own. Ends with operation.returned.
 */
export type Perform = (world: World, env: Env, operation: Operation) => Path<void>;

/** A Perform that gets its results from `answer`. */
export const performing = (answer: (world: World, env: Env, operation: Operation) => Path<Result>): Perform =>
  function* (world, env, operation) {
    const result = yield* answer(world, env, operation);
    env.emit({ type: "operation.returned", op: operation.op, errno: result.ok ? null : result.errno });
  };

export type BasicOperation = FallocateOperation | CreateSlotOperation | MapOperation;

/** Throws ModelBug for an operation that is no basic one. */
export const performBasic = performing((world, env, operation) =>
  answerBasic(world, env, operation as BasicOperation),
);

export function answerBasic(world: World, env: Env, operation: BasicOperation): Path<Result> {
  switch (operation.op) {
    case "allocate":
    case "punch":
      return fallocate(world, env, operation, () => fileOf(world, operation.file));
    case "createSlot":
      return createSlot(env, operation);
    case "map":
      return map(env, operation);
    default:
      throw new ModelBug(`${(operation satisfies never as Operation).op} is not among the basic operations`);
  }
}

/** fallocate(2). `fdget` gives the file behind the descriptor; null where it is not open. */
export function* fallocate(
  world: World,
  env: Env,
  operation: FallocateOperation,
  fdget: () => Restrictedmem | null,
): Path<Result> {
  const { op, file, mode, offset, len } = operation;
  const rm = yield* step("syscall: fallocate is called", () => {
    env.emit({ type: "fallocate.entered", file, mode, offset, len });
    const open = fdget();
    if (open !== null && op === "punch") assumeTouched(world, env, operation);
    return open;
  });
  const allowed = vfsFallocateChecks(rm === null ? null : SHIM_FD, mode, offset, len);
  if (rm === null || !allowed.ok) return allowed;
  // The shim looks at one bit: a punch is its own business, all else goes on to tmpfs.
  return mode & FALLOC_FL.PUNCH_HOLE
    ? yield* call(
        "syscall: the file punches the hole",
        designOf(world.variant).punchHole(env, rm, mode, offset, len),
      )
    : yield* call(
        "syscall: the file passes it on to tmpfs",
        shmemFallocate(env, file, rm.memfd, mode, offset, len),
      );
}

function* createSlot(env: Env, operation: CreateSlotOperation): Path<Result> {
  const { vm, slot, gfn, pages, backing } = operation;
  const entered: CallEvent = {
    type: "region.entered",
    memslot: `${vm}/${slot}`,
    gfn,
    pages,
    file: backing?.file ?? null,
    pgoff: backing?.pgoff ?? null,
  };
  yield* step("ioctl: a memory region is set", () => env.emit(entered));
  return yield* call("ioctl: KVM creates the slot", kvmCreateSlot(env, operation));
}

function* map(env: Env, { vm, gfn, pages }: MapOperation): Path<Result> {
  return yield* call("guest: the memory is not mapped yet", kvmMapGuest(env, vm, gfn, pages));
}
