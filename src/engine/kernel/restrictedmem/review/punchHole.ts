// SPDX-License-Identifier: GPL-2.0-only
// Punching a hole as the review proposed: one read hold over both walks, and only the bound are told.
//
// Models    restrictedmem_punch_hole() in mm/restrictedmem.c, variant REVIEW
// Left out  what the VFS checks first; see machine/vfs.ts

import { fail, type Result } from "../../../errno.ts";
import { call, type Path } from "../../../sim/gate.ts";
import { isPageAligned, type Loff, pgoffOf } from "../../../units.ts";
import type { MemslotId } from "../../kvm/memslot.ts";
import { shmemFallocate } from "../../shmem/fallocate.ts";
import { downRead, upRead } from "../../sync/rwsem.ts";
import { xaToPointer, xaWalkNext, xaWalkStart } from "../../xarray/index.ts";
import type { RestrictedmemEnv } from "../env.ts";
import type { Edge } from "../events.ts";
import { lastOf, type RestrictedmemXarray } from "./file.ts";

/**
 * Punches bytes [offset, offset + len) out of `rm`; `mode` goes on to tmpfs as it came.
 *
 * Context: may sleep. Readers of rm.lock may be several; this one lets go only when the end walk is done.
 * Gates:   taking and giving back the lock; in between those of every callback and of tmpfs.
 * Returns: EINVAL for bytes that are no whole pages, and nobody is told then; else the answer of tmpfs.
 */
export function* restrictedmemPunchHole(
  env: RestrictedmemEnv,
  rm: RestrictedmemXarray,
  mode: number,
  offset: Loff,
  len: Loff,
): Path<Result> {
  env.emit({ type: "punch.begun", file: rm.name, offset, len });
  if (!isPageAligned(offset) || !isPageAligned(len)) return fail("EINVAL");

  const start = pgoffOf(offset);
  const end = pgoffOf(offset + len);

  // Not given back between the walks: an end must go to exactly those who heard the start (T-b).
  yield* downRead(env, rm.lock, "review punch: hold the bindings still");

  for (const notifier of xaForEachBinding(env, rm, "start", start, end))
    yield* call(
      "review punch: tell the bound notifier to stop",
      env.notifierOps.invalidateStart(notifier, start, end),
    );

  const result = yield* call(
    "review punch: drop the pages, bindings held still",
    shmemFallocate(env, rm.name, rm.memfd, mode, offset, len),
  );

  // Whatever tmpfs answered: a bracket that stays open would hold the guest off for ever.
  for (const notifier of xaForEachBinding(env, rm, "end", start, end))
    yield* call(
      "review punch: let the bound notifier go on",
      env.notifierOps.invalidateEnd(notifier, start, end),
    );

  yield* upRead(env, rm.lock, "review punch: let binds in again");
  return result;
}

/**
 * The notifiers of the entries that meet file pages [start, end), once an entry: a binding that was stored as
 * three runs is called three times (T-d). Tells what each look-up read.
 */
function* xaForEachBinding(
  env: RestrictedmemEnv,
  rm: RestrictedmemXarray,
  edge: Edge,
  start: ReturnType<typeof pgoffOf>,
  end: ReturnType<typeof pgoffOf>,
): Generator<MemslotId> {
  env.emit({ type: "walk.begun", file: rm.name, edge, start, end });
  const walk = xaWalkStart(start, lastOf(end, rm.lastMode));
  for (;;) {
    const { slotsRead, nodesRead } = walk;
    const nodes = nodesRead.length;
    const found = xaWalkNext(rm.bindings, walk);
    const notifier = found === null ? null : (xaToPointer(found.entry) as MemslotId);
    env.emit({
      type: "xarray.read",
      file: rm.name,
      index: found?.index ?? null,
      notifier,
      slots: walk.slotsRead - slotsRead,
      nodes: nodesRead.length - nodes,
    });
    if (notifier === null) break;
    yield notifier;
  }
  env.emit({ type: "walk.ended", file: rm.name, edge });
}
