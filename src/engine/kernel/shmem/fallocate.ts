// SPDX-License-Identifier: GPL-2.0-only
// tmpfs' own fallocate method: add pages, or drop those of a hole.
//
// Models    shmem_fallocate() in mm/shmem.c
// Left out  signals, the file size rlimit, seals, folios larger than a page, the content of pages: a part of a page
//           at the edge of a hole is zeroed there and untouched here. A call is never interrupted half-way; all
//           pages of a call come or go in one step.

import { fail, OK, type Result } from "../../errno.ts";
import { type Path, step } from "../../sim/gate.ts";
import { type Loff, PAGE_SIZE, type Pfn, pgoffOf } from "../../units.ts";
import { downWrite, upWrite } from "../sync/rwsem.ts";
import { xaEraseEach, xaToPointer } from "../xarray/index.ts";
import type { PageRange, ShmemEnv } from "./events.ts";
import { FALLOC_FL } from "./falloc.ts";
import { countHoles, getPages, type ShmemFile } from "./file.ts";
import { framesLeft, freeFrame } from "./memory.ts";
import { runsOf } from "./runs.ts";

/**
 * Allocates or punches bytes [offset, offset + len) of the file called `name`.
 *
 * Context: may sleep. Takes the inner inode lock for writing, so freeing is serial in every design (T-h).
 * Gates:   the lock, the work, the unlock.
 * Returns: EOPNOTSUPP for a mode other than KEEP_SIZE and PUNCH_HOLE; ENOMEM where the host has too few
 *          frames, and then nothing was added.
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
  const result = yield* step("shmem: add the pages, or drop those of the hole", () =>
    mode & FALLOC_FL.PUNCH_HOLE
      ? punchPages(env, name, file, pgoffOf(offset + PAGE_SIZE - 1n), pgoffOf(offset + len))
      : allocatePages(env, name, file, mode, offset, len),
  );
  yield* upWrite(env, file.inodeLock, "shmem: give the inner inode's lock back");
  return result;
}

/**
 * Frees the pages of [start, end), which are those that lie whole in the hole; where there are none, `end` may lie
 * below `start`. Their frames' generations grow: a mapping that is left becomes stale.
 */
function punchPages(env: ShmemEnv, name: string, file: ShmemFile, start: number, end: number): Result {
  const freed: number[] = [];
  xaEraseEach(file.iPages, start, end - 1, (index, entry) => {
    freeFrame(env.memory, xaToPointer(entry) as Pfn);
    freed.push(index);
  });
  const runs: PageRange[] = runsOf(freed);
  env.emit({ type: "shmem.punched", file: name, start, end, pages: freed.length, freed: runs });
  return OK;
}

/** Adds the pages that [offset, offset + len) touches; a partly touched page counts whole. */
function allocatePages(
  env: ShmemEnv,
  name: string,
  file: ShmemFile,
  mode: number,
  offset: bigint,
  len: bigint,
): Result {
  const start = pgoffOf(offset);
  const end = pgoffOf(offset + len + PAGE_SIZE - 1n);
  const before = framesLeft(env.memory);
  // Pages that are there already need no frame; they are counted only where it matters.
  if (end - start > before && countHoles(file, start, end) > before) return fail("ENOMEM");
  getPages(env.memory, file, start, end);
  const pages = before - framesLeft(env.memory);
  // The size can thus become one that is no multiple of a page (T-p).
  if (!(mode & FALLOC_FL.KEEP_SIZE) && offset + len > file.iSize) file.iSize = offset + len;
  env.emit({ type: "shmem.allocated", file: name, start, end, pages });
  return OK;
}
