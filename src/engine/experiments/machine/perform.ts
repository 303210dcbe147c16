// SPDX-License-Identifier: GPL-2.0-only
// One operation, from its entry into the kernel to what it returns.

import { present } from "../../assert.ts";
import { fail, OK, type Result } from "../../errno.ts";
import { kvmCreateSlot } from "../../kernel/kvm/createSlot.ts";
import { kvmDeleteSlot } from "../../kernel/kvm/deleteSlot.ts";
import { vmOf } from "../../kernel/kvm/env.ts";
import { kvmMapGuest } from "../../kernel/kvm/mapGuest.ts";
import { type Memslot, memslotOf } from "../../kernel/kvm/memslot.ts";
import { FALLOC_FL } from "../../kernel/shmem/falloc.ts";
import { shmemFallocate } from "../../kernel/shmem/fallocate.ts";
import { call, type Path, step } from "../../sim/gate.ts";
import { assumeTouched } from "./assumeTouched.ts";
import { type Design, designOf } from "./design.ts";
import { type Env, fileOf } from "./env.ts";
import type { CallEvent } from "./events.ts";
import type {
  BindOperation,
  CreateSlotOperation,
  DeleteSlotOperation,
  FallocateOperation,
  MapOperation,
  Operation,
  UnbindOperation,
} from "./operation.ts";
import { vfsFallocateChecks } from "./vfs.ts";
import type { World } from "./world.ts";

/**
 * The path of `operation` in `world`, for the task whose environment is `env`.
 *
 * Gates: the entry, then the operation's own; a guest's touch has just its own. Ends with operation.returned.
 */
export function* perform(world: World, env: Env, operation: Operation): Path<void> {
  const result = yield* answer(world, env, operation);
  env.emit({ type: "operation.returned", op: operation.op, errno: result.ok ? null : result.errno });
}

function answer(world: World, env: Env, operation: Operation): Path<Result> {
  switch (operation.op) {
    case "allocate":
    case "punch":
      return fallocate(world, env, operation);
    case "createSlot":
      return createSlot(env, operation);
    case "deleteSlot":
      return deleteSlot(env, operation);
    case "map":
      return map(env, operation);
    case "bind":
    case "unbind":
      return bindOrUnbind(world, env, operation);
  }
}

function* fallocate(world: World, env: Env, operation: FallocateOperation): Path<Result> {
  const { op, file, mode, offset, len } = operation;
  yield* step("syscall: fallocate is called", () => {
    env.emit({ type: "fallocate.entered", file, mode, offset, len });
    if (op === "punch") assumeTouched(world, env, operation);
  });
  const allowed = vfsFallocateChecks(mode, offset, len);
  if (!allowed.ok) return allowed;
  const rm = fileOf(world, file);
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

function* deleteSlot(env: Env, { vm, slot }: DeleteSlotOperation): Path<Result> {
  const entered: CallEvent = {
    type: "region.entered",
    memslot: `${vm}/${slot}`,
    gfn: null,
    pages: 0,
    file: null,
    pgoff: null,
  };
  yield* step("ioctl: a memory region is set to nothing", () => env.emit(entered));
  return yield* call("ioctl: KVM deletes the slot", kvmDeleteSlot(env, vm, slot));
}

function* map(env: Env, { vm, gfn, pages }: MapOperation): Path<Result> {
  return yield* call("guest: the memory is not mapped yet", kvmMapGuest(env, vm, gfn, pages));
}

function* bindOrUnbind(world: World, env: Env, operation: BindOperation | UnbindOperation): Path<Result> {
  const { op, file, start, end, notifier } = operation;
  const { bindings } = designOf(world.variant);
  const memslot = `${notifier.vm}/${notifier.slot}`;
  const known = yield* step("module: a range is bound or unbound", () => {
    env.emit(
      operation.op === "bind"
        ? { type: "bind.entered", file, memslot, start, end, exclusive: operation.exclusive }
        : { type: "unbind.entered", file, memslot, start, end },
    );
    if (bindings === null) env.emit({ type: "operation.absent", op });
    return bindings !== null;
  });
  if (!known) return OK;
  const id = vmOf(env, notifier.vm).slots[notifier.slot];
  if (id === undefined) return fail("EINVAL");
  return yield* bound(env, present(bindings, "bind"), world, operation, memslotOf(env.memslots, id));
}

function* bound(
  env: Env,
  bindings: NonNullable<Design["bindings"]>,
  world: World,
  operation: BindOperation | UnbindOperation,
  memslot: Memslot,
): Path<Result> {
  const rm = fileOf(world, operation.file);
  const binding = { start: operation.start, end: operation.end, memslot };
  if (operation.op === "unbind") {
    yield* call("module: the file erases the range", bindings.unbind(env, rm, binding));
    return OK;
  }
  const result = yield* call(
    "module: the file binds the range",
    bindings.bind(env, rm, binding, operation.exclusive),
  );
  // Still in the step that lets the lock go: no callback can come before the slot knows its range (T-ak), and
  // none that is under way sees it change.
  if (result.ok) {
    memslot.file = operation.file;
    memslot.pgoff = operation.start;
  }
  return result;
}
