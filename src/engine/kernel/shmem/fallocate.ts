// SPDX-License-Identifier: GPL-2.0-only
// tmpfs' own fallocate method: add pages, or drop those of a hole.
//
// Models    shmem_fallocate() in mm/shmem.c
// Left out  seals, swap, that page faults of tmpfs' own users wait for a hole in progress

import { fail, OK, type Result } from "../../errno.ts";
import { type Path, step } from "../../sim/gate.ts";
import { type Loff, PAGE_SIZE, pgoffOf } from "../../units.ts";
import { downWrite, upWrite } from "../sync/rwsem.ts";
import { adding } from "./allocate.ts";
import type { ShmemEnv } from "./events.ts";
import { FALLOC_FL } from "./falloc.ts";
import type { ShmemFile } from "./file.ts";
import { inodeNewsizeOk } from "./newSize.ts";
import { punching } from "./punch.ts";

/**
 * Allocates or punches bytes [offset, offset + len) of the file called `name`.
 *
 * Context: may sleep. Takes the inner inode lock for writing, so freeing is serial in every design (T-h).
 * Gates:   the lock, the work as often as env.pagesPerStep asks for, the unlock. What is refused at once does no work.
 * Returns: EOPNOTSUPP for a mode other than KEEP_SIZE and PUNCH_HOLE; of an allocation also EFBIG, ENOSPC, EINTR and
 *          ENOMEM, and then no page that it added stays.
 */
export function* shmemFallocate(
  env: ShmemEnv,
  name: string,
  file: ShmemFile,
  mode: number,
  offset: Loff,
  len: Loff,
): Path<Result> {
  if ((mode & ~(FALLOC_FL.KEEP_SIZE | FALLOC_FL.PUNCH_HOLE)) !== 0) return fail("EOPNOTSUPP");
  yield* downWrite(env, file.inodeLock, "shmem: take the inner inode's lock");
  const punch = (mode & FALLOC_FL.PUNCH_HOLE) !== 0;
  const asked = { name, start: pgoffOf(offset), end: pgoffOf(offset + len + PAGE_SIZE - 1n) };
  const refused = punch ? OK : mayGrow(env, file, offset + len, asked.end - asked.start);
  let result: Result | null = refused.ok ? null : refused;
  const work = punch
    ? punching(env, file, { name, start: pgoffOf(offset + PAGE_SIZE - 1n), end: pgoffOf(offset + len) })
    : adding(env, file, asked);
  while (result === null)
    result = yield* step("shmem: add the pages, or drop those of the hole", () => work.next().value ?? null);
  // The size can thus become one that is no multiple of a page (T-p).
  if (result.ok && !(mode & FALLOC_FL.KEEP_SIZE) && offset + len > file.iSize) file.iSize = offset + len;
  yield* upWrite(env, file.inodeLock, "shmem: give the inner inode's lock back");
  return result;
}

/** What is looked at before the first page: the size that the file would get, and the pages that are asked for. */
function mayGrow(env: ShmemEnv, file: ShmemFile, size: bigint, pages: number): Result {
  const sizeOk = inodeNewsizeOk(env, file, size);
  if (!sizeOk.ok) return sizeOk;
  const { blocksMax } = env.memory;
  return blocksMax !== null && pages > blocksMax ? fail("ENOSPC") : OK;
}
