// SPDX-License-Identifier: GPL-2.0-only
// Every operation that a scenario may ask for.

import { fail, OK, type Result } from "../../errno.ts";
import { kvmDeleteSlot } from "../../kernel/kvm/deleteSlot.ts";
import { vmOf } from "../../kernel/kvm/env.ts";
import { guestAccess } from "../../kernel/kvm/guestAccess.ts";
import { type Memslot, memslotOf } from "../../kernel/kvm/memslot.ts";
import { mmuNotifierInvalidate } from "../../kernel/kvm/mmuNotifier.ts";
import { memoryFailure } from "../../kernel/shmem/memoryFailure.ts";
import { call, type Path, step } from "../../sim/gate.ts";
import { type Design, designOf } from "./design.ts";
import { type Env, errorEnvOf } from "./env.ts";
import type { CallEvent } from "./events.ts";
import { exitToUser, fdget, keep } from "./fds.ts";
import type {
  BindOperation,
  DeleteSlotOperation,
  GuestOperation,
  MmuNotifierOperation,
  Operation,
  PoisonOperation,
  SignalOperation,
  UnbindOperation,
} from "./operation.ts";
import { answerBasic, fallocate, performing } from "./perform.ts";
import { syscall } from "./syscalls.ts";
import type { Restrictedmem, World } from "./world.ts";

/**
 * Performs whatever a scenario may ask for.
 *
 * Gates: as performBasic(); at last the release of a file that nobody refers to any more.
 */
export const performAny = performing(function* (world, env, operation) {
  const result = yield* answerAny(world, env, operation);
  yield* exitToUser(world, env);
  return result;
});

function answerAny(world: World, env: Env, operation: Operation): Path<Result> {
  switch (operation.op) {
    case "deleteSlot":
      return deleteSlot(env, operation);
    case "guestRead":
    case "guestWrite":
      return guest(env, operation);
    case "signal":
      return signal(world, env, operation);
    case "mmuNotifier":
      return mmuNotifier(env, operation);
    case "poison":
      return poison(world, env, operation);
    case "bind":
    case "unbind":
      return bindOrUnbind(world, env, operation);
    case "allocate":
    case "punch":
      return fallocate(world, env, operation, () => fdget(world, env, operation.file));
    case "createSlot":
    case "map":
      return answerBasic(world, env, operation);
    default:
      return syscall(world, env, operation);
  }
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

function guest(env: Env, { op, vm, vcpu, gfn }: GuestOperation): Path<Result> {
  return guestAccess(env, { vm, vcpu, gfn, does: op === "guestRead" ? "read" : "write" });
}

function* signal(world: World, env: Env, { task }: SignalOperation): Path<Result> {
  yield* step("syscall: a signal is sent", () => {
    world.signals.push(task);
    env.emit({ type: "signal.sent", signal: "SIGINT", to: task });
  });
  return OK;
}

function* mmuNotifier(env: Env, { vm, start, end }: MmuNotifierOperation): Path<Result> {
  yield* step("host: user memory is unmapped", () => env.emit({ type: "unmap.entered", vm, start, end }));
  return yield* call("host: KVM's notifier hears of it", mmuNotifierInvalidate(env, vm, start, end));
}

/** memory_failure(): it comes by the frame, so that nobody needs a descriptor, and nobody asks it for an answer. */
function* poison(world: World, env: Env, { file, page }: PoisonOperation): Path<Result> {
  const pfn = yield* step("host: the machine finds a page bad", () => {
    const rm = keep(world, env, file);
    const bad = rm === null ? null : memoryFailure(world.memory, rm.memfd, page);
    env.emit({ type: "poison.entered", file, index: page, pfn: bad });
    return bad;
  });
  if (pfn !== null)
    yield* call(
      "host: whose page it is shall hear of it",
      designOf(world.variant).errorPage(errorEnvOf(world, env), file, page),
    );
  return OK;
}

function* bindOrUnbind(world: World, env: Env, operation: BindOperation | UnbindOperation): Path<Result> {
  const { op, file, start, end, notifier } = operation;
  const { bindings } = designOf(world.variant);
  const memslot = `${notifier.vm}/${notifier.slot}`;
  const rm = yield* step("module: a range is bound or unbound", () => {
    env.emit(
      operation.op === "bind"
        ? { type: "bind.entered", file, memslot, start, end, exclusive: operation.exclusive }
        : { type: "unbind.entered", file, memslot, start, end },
    );
    if (bindings === null) env.emit({ type: "operation.absent", op });
    // The module has the file, not a descriptor of it.
    return keep(world, env, file);
  });
  if (bindings === null) return OK;
  const id = vmOf(env, notifier.vm).slots[notifier.slot];
  if (id === undefined || rm === null) return fail("EINVAL");
  return yield* bound(env, bindings, rm, operation, memslotOf(env.memslots, id));
}

function* bound(
  env: Env,
  bindings: NonNullable<Design["bindings"]>,
  rm: Restrictedmem,
  operation: BindOperation | UnbindOperation,
  memslot: Memslot,
): Path<Result> {
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
