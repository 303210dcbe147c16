// SPDX-License-Identifier: GPL-2.0-only
// Assumed is that each page of a file-backed slot is there, and mapped if the scenario says so, before it is punched
// for the first time, and again before each later punch. Only the pages of a hole can tell the difference, so they
// are given and mapped in the step in which the punch is called, all at once and for nothing; every other page costs
// neither time nor memory, however large the machine. What was punched is remembered for whoever draws the rest.
//
// Left out: mappings outside of the hole. A callback that wraps around (T-o) would zap those as well.

import { getPages } from "../../kernel/shmem/getPage.ts";
import { framesLeft } from "../../kernel/shmem/memory.ts";
import { mmuInvalidateBlocks } from "../../kernel/kvm/invalidate.ts";
import { mapExtent } from "../../kernel/kvm/mapExtent.ts";
import type { Memslot } from "../../kernel/kvm/memslot.ts";
import { PAGE_SIZE, type Pgoff, pgoffOf } from "../../units.ts";
import type { PageRun } from "./assumed.ts";
import { type Env, fileOf, SETUP_TASK } from "./env.ts";
import type { FallocateOperation } from "./operation.ts";
import type { World } from "./world.ts";

/**
 * Brings about what `world` assumes of the pages that lie whole in the hole that `punch` asks for: those of slots that
 * this design has. Gfns that an open bracket holds off stay unmapped, and so do those of a slot that is not bound to all
 * of the hole's pages; where the host has no frames left the rest of the hole stays as it is.
 */
export function assumeTouched(world: World, env: Env, { file, offset, len }: FallocateOperation): void {
  const { assumed } = world;
  if (assumed === null) return;
  const start: number = pgoffOf(offset + PAGE_SIZE - 1n);
  const end: number = pgoffOf(offset + len);
  if (end <= start) return;
  assumed.punched = { ...assumed.punched, [file]: withRun(assumed.punched[file] ?? [], start, end) };
  // Nothing is counted in the set-up, and what a punch there leaves is a hole either way.
  if (env.task === SETUP_TASK) return;
  const before = framesLeft(world.memory);
  let mapped = 0;
  for (const kvm of Object.values(world.vms))
    for (const id of kvm.slotsByGfn) {
      const memslot = world.memslots[id] as Memslot;
      const from = Math.max(start, memslot.pgoff);
      const to = Math.min(end, memslot.pgoff + memslot.npages, from + framesLeft(world.memory));
      if (memslot.file !== file || to <= from) continue;
      const gfn = from - memslot.pgoff + memslot.baseGfn;
      const faulted =
        assumed.mapped &&
        !mmuInvalidateBlocks(kvm, gfn, gfn + to - from) &&
        env.backing.isBound(file, from as Pgoff, to as Pgoff)
          ? mapExtent(env, kvm, { memslot, gfn, pages: to - from, file, index: from }).mapped
          : 0;
      mapped += faulted;
      // What faulted is there; a page whose gfn was mapped before may have been freed since.
      if (faulted < to - from) getPages(world.memory, fileOf(world, file).memfd, from, to);
    }
  const allocated = before - framesLeft(world.memory);
  if (allocated + mapped > 0) env.emit({ type: "pages.assumed", file, start, end, allocated, mapped });
}

/** `runs` and [start, end) together. */
function withRun(runs: readonly PageRun[], start: number, end: number): readonly PageRun[] {
  const first = runs.findIndex((run) => run[1] >= start);
  if (first < 0) return [...runs, [start, end]];
  let past = first;
  let joined: PageRun = [start, end];
  for (; past < runs.length && (runs[past] as PageRun)[0] <= end; past++) {
    const run = runs[past] as PageRun;
    joined = [Math.min(joined[0], run[0]), Math.max(joined[1], run[1])];
  }
  return [...runs.slice(0, first), joined, ...runs.slice(past)];
}
