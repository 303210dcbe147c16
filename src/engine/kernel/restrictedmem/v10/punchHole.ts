// SPDX-License-Identifier: GPL-2.0-only
// Punching a hole as posted: two walks with a mutex each, and nothing held in between.
//
// Models    restrictedmem_punch_hole() in mm/restrictedmem.c, variant V10
// Left out  what the VFS checks first; see machine/vfs.ts

import { fail, type Result } from "../../../errno.ts";
import { call, type Path } from "../../../sim/gate.ts";
import { isPageAligned, type Loff, pgoffOf } from "../../../units.ts";
import { shmemFallocate } from "../../shmem/fallocate.ts";
import type { RestrictedmemEnv } from "../env.ts";
import type { RestrictedmemList } from "./file.ts";
import { restrictedmemInvalidateEnd, restrictedmemInvalidateStart } from "./invalidate.ts";

/**
 * Punches bytes [offset, offset + len) out of `rm`; `mode` goes on to tmpfs as it came.
 *
 * Context: may sleep. Holds the list's mutex during each walk, not between them.
 * Gates:   those of the start walk, the shmem call, the end walk.
 * Returns: EINVAL for bytes that are no whole pages, and nobody is told then; else the answer of tmpfs.
 */
export function* restrictedmemPunchHole(
  env: RestrictedmemEnv,
  rm: RestrictedmemList,
  mode: number,
  offset: Loff,
  len: Loff,
): Path<Result> {
  env.emit({ type: "punch.begun", file: rm.name, offset, len });
  if (!isPageAligned(offset) || !isPageAligned(len)) return fail("EINVAL");

  const start = pgoffOf(offset);
  const end = pgoffOf(offset + len);

  yield* call("v10 punch: tell every notifier to stop", restrictedmemInvalidateStart(env, rm, start, end));
  // From here on anybody may register or unregister: the walk below meets another list (T-b).
  const result = yield* call(
    "v10 punch: drop the pages, no lock held",
    shmemFallocate(env, rm.name, rm.memfd, mode, offset, len),
  );
  yield* call("v10 punch: let every notifier go on", restrictedmemInvalidateEnd(env, rm, start, end));
  return result;
}
