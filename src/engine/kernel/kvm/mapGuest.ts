// SPDX-License-Identifier: GPL-2.0-only
// The guest touches memory: file pages are found or allocated, and mapped.
//
// Models    the outcome of kvm_tdp_page_fault() for a range, all in one step
// Left out  the fault path itself, which is pageFault.ts: a viewer sees that a touch succeeds or is held off, not how
//           the two race. What a machine looks like before the story begins is made of this.

import { fail, OK, type Result } from "../../errno.ts";
import { type Path, step } from "../../sim/gate.ts";
import type { Gfn, Pgoff } from "../../units.ts";
import { blocksLeft } from "../shmem/blocks.ts";
import { countHoles } from "../shmem/file.ts";
import { isWithinReach } from "../shmem/getPage.ts";
import { framesLeft } from "../shmem/memory.ts";
import { tdpUnmappedRuns } from "../tdp/leaves.ts";
import { tdpGfnEnd } from "../tdp/tables.ts";
import { type KvmEnv, vmOf } from "./env.ts";
import { mmuInvalidateBlocks } from "./invalidate.ts";
import { gfnToMemslot, type Kvm } from "./kvm.ts";
import { type Extent, mapExtent } from "./mapExtent.ts";

/**
 * The guest of `vm` touches gfn [gfn, gfn + pages).
 *
 * Gates:   one step.
 * Returns: EIO of a VM that is dead; EINVAL unless private slots hold every gfn, and the tables reach it; EFBIG where a
 *          slot's file can have no such page (T-ah); EINVAL where the file has no binding for one of the pages (T-r);
 *          ENOMEM where the host lacks frames, ENOSPC where the mount is full. Nothing changes then, nor while an open
 *          bracket covers one of the gfns: the guest will have to try again.
 *          ENOMEM or ENOSPC on the way, where an allocation is made to fail or large folios take more than was asked for:
 *          what was mapped before stays, as after as many faults, and is told.
 */
export function* kvmMapGuest(env: KvmEnv, vm: string, gfn: Gfn, pages: number): Path<Result> {
  const kvm = vmOf(env, vm);
  return yield* step("guest: touch the memory", () => touch(env, kvm, gfn, gfn + pages));
}

function touch(env: KvmEnv, kvm: Kvm, start: number, end: number): Result {
  if (kvm.bugged) return fail("EIO");
  const extents = extentsOf(env, kvm, start, end);
  if (extents === null) return fail("EINVAL");
  if (!extents.every(({ index, pages }) => isWithinReach(index, index + pages))) return fail("EFBIG");
  if (!extents.every((extent) => isBound(env, extent))) return fail("EINVAL");
  if (mmuInvalidateBlocks(kvm, start, end)) {
    const range = kvm.mmuInvalidateRange;
    const tracked = range === null ? null : ([range.start, range.end] as const);
    const count = kvm.mmuInvalidateInProgress;
    env.emit({ type: "guest.refused", vm: kvm.name, start, end, count, range: tracked });
    return OK;
  }
  const before = framesLeft(env.memory);
  const [errno, room] = roomFor(env);
  // Pages that are there already need no frame; they are counted only where it matters.
  if (end - start > room && countHolesOf(env, kvm, extents) > room) return fail(errno);
  let mapped = 0;
  const tell = (until: number) => {
    const allocated = before - framesLeft(env.memory);
    env.emit({ type: "guest.mapped", vm: kvm.name, start, end: until, allocated, mapped });
  };
  for (const extent of extents) {
    const done = mapExtent(env, kvm, extent);
    mapped += done.mapped;
    if (done.errno === null) continue;
    if (done.until > start) tell(done.until);
    return fail(done.errno);
  }
  tell(end);
  return OK;
}

const isBound = ({ backing }: KvmEnv, { file, index, pages }: Extent): boolean =>
  backing.isBound(file, index as Pgoff, (index + pages) as Pgoff);

/** How many pages can be added, and what is answered to one more. tmpfs looks at its mount first. */
function roomFor({ memory }: KvmEnv): readonly ["ENOSPC" | "ENOMEM", number] {
  const [mount, frames] = [blocksLeft(memory), framesLeft(memory)];
  return mount <= frames ? ["ENOSPC", mount] : ["ENOMEM", frames];
}

/** How many pages have to be added: holes behind gfns that are not mapped, each once however many slots have it. */
function countHolesOf(env: KvmEnv, kvm: Kvm, extents: readonly Extent[]): number {
  const needed = extents.flatMap(({ gfn, pages, file, index }) =>
    tdpUnmappedRuns(kvm.tdp, gfn, gfn + pages).map(([start, end]) => ({
      ...{ file, start: start - gfn + index, end: end - gfn + index },
    })),
  );
  needed.sort((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
  let holes = 0;
  let counted = { file: "", end: 0 };
  for (const { file, start, end } of needed) {
    const from = counted.file === file ? Math.max(start, counted.end) : start;
    if (end <= from) continue;
    holes += countHoles(env.backing.memfd(file), from, end);
    counted = { file, end };
  }
  return holes;
}

/** Where the gfns of [start, end) lie in files, or null where one lies in none. */
function extentsOf(env: KvmEnv, kvm: Kvm, start: number, end: number): Extent[] | null {
  if (end > tdpGfnEnd(kvm.tdp)) return null;
  const extents: Extent[] = [];
  for (let gfn = start; gfn < end; ) {
    const memslot = gfnToMemslot(kvm, env.memslots, gfn);
    if (memslot === null || memslot.file === null) return null;
    const pages = Math.min(end, memslot.baseGfn + memslot.npages) - gfn;
    extents.push({ memslot, gfn, pages, file: memslot.file, index: gfn - memslot.baseGfn + memslot.pgoff });
    gfn += pages;
  }
  return extents;
}
