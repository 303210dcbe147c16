// SPDX-License-Identifier: GPL-2.0-only
// Which size a file may get, and getting it.
//
// Models    inode_newsize_ok() in fs/attr.c, and what shmem_setattr() does with a size
// Left out  dropping pages, since the shim lets a size be set from 0 only

import { assert } from "../../assert.ts";
import { fail, OK, type Result } from "../../errno.ts";
import { LOFF_MAX } from "../../units.ts";
import type { ShmemEnv } from "./events.ts";
import type { ShmemFile } from "./file.ts";

export type NewsizeEnv = Pick<ShmemEnv, "task" | "fsizeMax" | "emit">;

/**
 * EFBIG where `size`, in bytes, is above i_size and above what any file may have, or above the file size rlimit: then the
 * task gets SIGXFSZ too.
 */
export function inodeNewsizeOk(env: NewsizeEnv, file: ShmemFile, size: bigint): Result {
  if (size <= file.iSize) return OK;
  if (env.fsizeMax !== null && size > env.fsizeMax) {
    env.emit({ type: "signal.sent", signal: "SIGXFSZ", to: env.task });
    return fail("EFBIG");
  }
  return size > LOFF_MAX ? fail("EFBIG") : OK;
}

/**
 * Sets i_size to `newSize` bytes, which is not below it.
 *
 * Context: the caller's; the inner inode's lock is not taken [D].
 * Returns: EFBIG as inodeNewsizeOk().
 */
export function shmemSetattrSize(env: NewsizeEnv, file: ShmemFile, newSize: bigint): Result {
  assert(
    newSize >= file.iSize,
    () => `a size of ${newSize} is set, which is below the ${file.iSize} there are`,
  );
  const allowed = inodeNewsizeOk(env, file, newSize);
  if (allowed.ok) file.iSize = newSize;
  return allowed;
}
