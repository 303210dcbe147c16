// SPDX-License-Identifier: GPL-2.0-only
// A range of the file comes to belong to one notifier, or stops doing so.
//
// Models    restrictedmem_bind(), restrictedmem_unbind() in mm/restrictedmem.c, variant REVIEW

import { fail, OK, type Result } from "../../../errno.ts";
import { type Path, step } from "../../../sim/gate.ts";
import type { Pgoff } from "../../../units.ts";
import { synchronizeRcu } from "../../sync/grace.ts";
import { downWrite, upWrite } from "../../sync/rwsem.ts";
import { type HostMemory, triesBeforeFail } from "../../shmem/memory.ts";
import {
  type Entry,
  XA_NULL,
  type Xarray,
  xaEmpty,
  xaFind,
  xaMkPointer,
  xaStoreRange,
  xaToPointer,
} from "../../xarray/index.ts";
import type { NotifierRef, RestrictedmemEnv } from "../env.ts";
import { lastOf, type RestrictedmemXarray } from "./file.ts";

/**
 * Binds file pages [start, end) to `notifier`.
 *
 * Context: may sleep. Holds rm.lock for writing.
 * Gates:   the lock, the attempt, the unlock.
 * Returns: EINVAL if `exclusive` is false (T-f), differs from the bindings' own, or an index is taken. Where no memory is
 *          left for the xarray's nodes it is 0 all the same, and nothing is bound (T-r): a range takes all of its nodes on
 *          the way to its last and its first page, before any entry is stored.
 */
export function* restrictedmemBind(
  env: RestrictedmemEnv,
  rm: RestrictedmemXarray,
  start: Pgoff,
  end: Pgoff,
  notifier: NotifierRef,
  exclusive: boolean,
): Path<Result> {
  yield* downWrite(env, rm.lock, "bind: take the bindings' lock for writing");
  const result = yield* step("bind: look for a conflict, then store the range", () =>
    bindLocked(env, rm, start, end, notifier, exclusive),
  );
  yield* upWrite(env, rm.lock, "bind: give the bindings' lock back");
  return result;
}

function bindLocked(
  env: RestrictedmemEnv,
  rm: RestrictedmemXarray,
  start: Pgoff,
  end: Pgoff,
  { id, name }: NotifierRef,
  exclusive: boolean,
): Result {
  const last = lastOf(end, rm.lastMode);
  const refused = {
    type: "bind.refused",
    file: rm.name,
    memslot: name,
    start,
    end,
    index: null,
    owner: null,
  } as const;
  if (!exclusive) {
    env.emit({ ...refused, because: "notExclusive" });
    return fail("EINVAL");
  }
  if (!xaEmpty(rm.bindings)) {
    if (exclusive !== rm.exclusive) {
      env.emit({ ...refused, because: "otherMode" });
      return fail("EINVAL");
    }
    const taken = xaFind(rm.bindings, start, last);
    if (taken !== null) {
      env.emit({ ...refused, because: "occupied", index: taken.index, owner: xaToPointer(taken.entry) });
      return fail("EINVAL");
    }
  }
  // The result of the store is not looked at, here as there: a bind without memory succeeds (T-r).
  const stored = storeRange(env.memory, rm.bindings, start, last, xaMkPointer(id));
  rm.exclusive = exclusive;
  env.emit({
    type: "notifier.bound",
    file: rm.name,
    memslot: name,
    notifier: id,
    start,
    end,
    first: start,
    last,
    ...(stored.ok ? {} : { failed: stored.errno }),
  });
  return OK;
}

/** xaStoreRange(), of which each node is one of the host's allocations. */
function storeRange(memory: HostMemory, xa: Xarray, first: number, last: number, entry: Entry): Result {
  const { allocated } = xa;
  const nodes = triesBeforeFail(memory);
  xa.nodesLeft = Number.isFinite(nodes) ? nodes : null;
  const stored = xaStoreRange(xa, first, last, entry);
  xa.nodesLeft = null;
  memory.tries += xa.allocated - allocated + (!stored.ok && stored.errno === "ENOMEM" ? 1 : 0);
  return stored;
}

/**
 * Erases whatever is bound in file pages [start, end). The notifier is not compared with what is found (T-g1),
 * and nobody is told (T-g5).
 *
 * Context: may sleep. Holds rm.lock for writing, also while it waits for the grace period (T-g3).
 * Gates:   the lock, the store, the grace period, the unlock.
 */
export function* restrictedmemUnbind(
  env: RestrictedmemEnv,
  rm: RestrictedmemXarray,
  start: Pgoff,
  end: Pgoff,
  { id, name }: NotifierRef,
): Path<void> {
  yield* downWrite(env, rm.lock, "unbind: take the bindings' lock for writing");
  yield* step("unbind: store NULL over the range", () => {
    const last = lastOf(end, rm.lastMode);
    xaStoreRange(rm.bindings, start, last, XA_NULL);
    env.emit({
      type: "notifier.unbound",
      file: rm.name,
      memslot: name,
      notifier: id,
      start,
      end,
      first: start,
      last,
    });
  });
  yield* synchronizeRcu(env, "unbind: wait for a grace period, lock held");
  yield* upWrite(env, rm.lock, "unbind: give the bindings' lock back");
}
