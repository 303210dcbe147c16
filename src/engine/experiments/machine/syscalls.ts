// SPDX-License-Identifier: GPL-2.0-only
// The system calls on a restrictedmem file, fallocate apart: what they are, and how user space is refused.

import { fail, OK, type Result } from "../../errno.ts";
import { memfdRestricted } from "../../kernel/restrictedmem/create.ts";
import { restrictedmemSetattr } from "../../kernel/restrictedmem/setattr.ts";
import { call, type Path, step } from "../../sim/gate.ts";
import { designOf } from "./design.ts";
import type { Env } from "./env.ts";
import type { SyscallEntered } from "./events.ts";
import { fdget, fdOpsOf } from "./fds.ts";
import type { SyscallOperation } from "./operation.ts";
import { type FdState, SHIM_FD } from "./vfs.ts";
import { vfsFtruncateChecks, vfsLlseek, vfsMmap, vfsPreadPwrite, vfsReadWrite } from "./vfsCalls.ts";
import type { Restrictedmem, World } from "./world.ts";

/** The path of one call. Gates: its entry, then its own. */
export function syscall(world: World, env: Env, operation: SyscallOperation): Path<Result> {
  switch (operation.op) {
    case "memfd_restricted":
      return create(world, env, operation);
    case "ftruncate":
      return ftruncate(world, env, operation);
    case "fstat":
      return fstat(world, env, operation);
    case "read":
    case "write":
      return refuse(world, env, operation, "syscall: read or write is called", vfsReadWrite);
    case "pread":
    case "pwrite":
      return refuse(world, env, operation, "syscall: pread or pwrite is called", (fd) =>
        vfsPreadPwrite(fd, operation.offset),
      );
    case "lseek":
      return refuse(world, env, operation, "syscall: lseek is called", (fd) =>
        vfsLlseek(fd, operation.whence),
      );
    case "mmap":
      return refuse(world, env, operation, "syscall: mmap is called", (fd) =>
        vfsMmap(fd, operation.prot.split("|").includes("EXEC")),
      );
    case "close":
      return close(world, env, operation);
  }
}

type CallOf<Op extends SyscallOperation["op"]> = Extract<SyscallOperation, { op: Op }>;

function* create(world: World, env: Env, operation: CallOf<"memfd_restricted">): Path<Result> {
  yield* step("syscall: memfd_restricted is called", () => tell(env, operation));
  if (!world.hasMemfdRestricted) return fail("ENOSYS");
  return yield* call(
    "syscall: the kernel makes the file",
    memfdRestricted({ ...env, fds: fdOpsOf(world, env.mayAllocate) }, operation.file, operation.flags),
  );
}

function* ftruncate(world: World, env: Env, operation: CallOf<"ftruncate">): Path<Result> {
  const rm = yield* enter(world, env, operation, "syscall: ftruncate is called");
  const allowed = vfsFtruncateChecks(stateOf(rm), operation.length);
  return rm === null || !allowed.ok
    ? allowed
    : yield* call("syscall: the file is given its size", restrictedmemSetattr(env, rm, operation.length));
}

function* fstat(world: World, env: Env, operation: SyscallOperation): Path<Result> {
  const rm = yield* enter(world, env, operation, "syscall: fstat is called");
  if (rm === null) return fail("EBADF");
  yield* call("syscall: the file is asked for its attributes", designOf(world.variant).getattr(env, rm));
  return OK;
}

/** A call that ends in the VFS: `answer` says with which errno. */
function* refuse(
  world: World,
  env: Env,
  operation: SyscallOperation,
  label: string,
  answer: (fd: FdState | null) => ReturnType<typeof vfsReadWrite>,
): Path<Result> {
  return fail(answer(stateOf(yield* enter(world, env, operation, label))));
}

/** The descriptor goes at once; the file stays as long as anybody else refers to it. */
function* close(world: World, env: Env, operation: SyscallOperation): Path<Result> {
  const rm = yield* enter(world, env, operation, "syscall: close is called");
  if (rm === null) return fail("EBADF");
  delete world.fds[rm.name];
  return OK;
}

/** The step that enters the kernel and looks the descriptor up. */
const enter = (
  world: World,
  env: Env,
  operation: SyscallOperation,
  label: string,
): Path<Restrictedmem | null> =>
  step(label, () => {
    tell(env, operation);
    return fdget(world, env, operation.file);
  });

function tell(env: Env, { op, ...args }: SyscallOperation): void {
  env.emit({ type: "syscall.entered", call: op, ...args } as SyscallEntered);
}

const stateOf = (rm: Restrictedmem | null): FdState | null => (rm === null ? null : SHIM_FD);
