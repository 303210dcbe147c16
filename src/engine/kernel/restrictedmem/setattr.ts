// SPDX-License-Identifier: GPL-2.0-only
// The size is set, once. Both designs alike.
//
// Models    do_truncate(), restrictedmem_setattr() in mm/restrictedmem.c
// Left out  owner, mode and times. No length is above the maximum of these file systems, which is 2^63 - 1 bytes.

import { fail, OK, type Result } from "../../errno.ts";
import { type Path, step } from "../../sim/gate.ts";
import { isPageAligned, type Loff } from "../../units.ts";
import { shmemSetattrSize } from "../shmem/newSize.ts";
import { downWrite, upWrite } from "../sync/rwsem.ts";
import type { SetattrEnv } from "./env.ts";
import type { ShimmedFile } from "./shim.ts";

/**
 * Sets the inner size of `rm` to `length` bytes.
 *
 * Context: may sleep. Holds the outer inode's lock; the inner one's is not taken, so that an fallocate may be under way
 *          in there [D].
 * Gates:   the lock, the size, the unlock.
 * Returns: EPERM where the inner size is not 0 any more, whatever the length; EINVAL for a length of no whole pages;
 *          EFBIG, and a signal, above the limit of the process.
 */
export function* restrictedmemSetattr(env: SetattrEnv, rm: ShimmedFile, length: Loff): Path<Result> {
  yield* downWrite(env, rm.shim.inodeLock, "truncate: take the shim's inode lock");
  const result = yield* step("truncate: set the inner size, unless it is set", () =>
    setSize(env, rm, length),
  );
  yield* upWrite(env, rm.shim.inodeLock, "truncate: give the shim's inode lock back");
  return result;
}

function setSize(env: SetattrEnv, { name: file, memfd }: ShimmedFile, length: Loff): Result {
  const allowed =
    memfd.iSize !== 0n
      ? fail("EPERM")
      : !isPageAligned(length)
        ? fail("EINVAL")
        : shmemSetattrSize(env, memfd, length);
  if (!allowed.ok) {
    env.emit({ type: "size.refused", file, size: memfd.iSize, length });
    return allowed;
  }
  env.emit({ type: "size.set", file, size: length });
  return OK;
}
