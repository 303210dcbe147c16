// SPDX-License-Identifier: GPL-2.0-only
// The guest touches memory: file pages are found or allocated, and mapped.
//
// Models    the outcome of kvm_tdp_page_fault() for a range, all in one step
// Left out  the fault path itself: snapshot, retry tests, levels. A viewer sees that a touch succeeds or is
//           held off, not how the two race.

import { fail, OK, type Result } from "../../errno.ts";
import { type Path, step } from "../../sim/gate.ts";
import type { Gfn } from "../../units.ts";
import { countHoles, getPages } from "../shmem/file.ts";
import { framesLeft } from "../shmem/memory.ts";
import { type KvmEnv, vmOf } from "./env.ts";
import { mmuInvalidateBlocks } from "./invalidate.ts";
import { gfnToMemslot, type Kvm } from "./kvm.ts";
import { installMappings, unmappedRuns } from "./mappings.ts";

/** Neighbouring gfns whose file pages are neighbours too. */
export interface Extent {
  readonly gfn: number;
  readonly pages: number;
  readonly file: string;
  readonly index: number;
}

/**
 * The guest of `vm` touches gfn [gfn, gfn + pages).
 *
 * Gates:   one step.
 * Returns: EINVAL unless private slots hold every gfn; ENOMEM where the host lacks frames. Nothing changes then,
 *          nor while an open bracket covers one of the gfns: the guest will have to try again.
 */
export function* kvmMapGuest(env: KvmEnv, vm: string, gfn: Gfn, pages: number): Path<Result> {
  const kvm = vmOf(env, vm);
  return yield* step("guest: touch the memory", () => touch(env, kvm, gfn, gfn + pages));
}

function touch(env: KvmEnv, kvm: Kvm, start: number, end: number): Result {
  const extents = extentsOf(env, kvm, start, end);
  if (extents === null) return fail("EINVAL");
  if (mmuInvalidateBlocks(kvm, start, end)) {
    const range = kvm.mmuInvalidateRange;
    const tracked = range === null ? null : ([range.start, range.end] as const);
    const count = kvm.mmuInvalidateInProgress;
    env.emit({ type: "guest.refused", vm: kvm.name, start, end, count, range: tracked });
    return OK;
  }
  const before = framesLeft(env.memory);
  // Pages that are there already need no frame; they are counted only where it matters.
  if (end - start > before && countHolesOf(env, extents) > before) return fail("ENOMEM");
  let mapped = 0;
  for (const extent of extents) mapped += mapExtent(env, kvm, extent);
  const allocated = before - framesLeft(env.memory);
  env.emit({ type: "guest.mapped", vm: kvm.name, start, end, allocated, mapped });
  return OK;
}

const countHolesOf = (env: KvmEnv, extents: readonly Extent[]): number =>
  extents.reduce(
    (sum, { file, index, pages }) => sum + countHoles(env.backing.memfd(file), index, index + pages),
    0,
  );

/** Where the gfns of [start, end) lie in files, or null where one lies in none. */
function extentsOf(env: KvmEnv, kvm: Kvm, start: number, end: number): Extent[] | null {
  const extents: Extent[] = [];
  for (let gfn = start; gfn < end; ) {
    const memslot = gfnToMemslot(kvm, env.memslots, gfn);
    if (memslot === null || memslot.file === null) return null;
    const pages = Math.min(end, memslot.baseGfn + memslot.npages) - gfn;
    extents.push({ gfn, pages, file: memslot.file, index: gfn - memslot.baseGfn + memslot.pgoff });
    gfn += pages;
  }
  return extents;
}

/** Maps the gfns of `extent` and says how many. One that is mapped does not fault, even to a page that was freed. */
export function mapExtent(
  { memory, backing }: KvmEnv,
  kvm: Kvm,
  { gfn, pages, file, index }: Extent,
): number {
  let mapped = 0;
  for (const [start, end] of unmappedRuns(kvm, gfn, gfn + pages)) {
    const from = start - gfn + index;
    installMappings(kvm, memory, start, getPages(memory, backing.memfd(file), from, from + end - start));
    mapped += end - start;
  }
  return mapped;
}
