// SPDX-License-Identifier: GPL-2.0-only
// A range of the file comes to belong to one notifier, or stops doing so.
//
// Models    restrictedmem_bind(), restrictedmem_unbind() in mm/restrictedmem.c, variant REVIEW

import { fail, OK, type Result } from "../../../errno.ts";
import { type Path, step } from "../../../sim/gate.ts";
import type { Pgoff } from "../../../units.ts";
import { synchronizeRcu } from "../../sync/grace.ts";
import { downWrite, upWrite } from "../../sync/rwsem.ts";
import { XA_NULL, xaEmpty, xaFind, xaMkPointer, xaStoreRange, xaToPointer } from "../../xarray/index.ts";
import type { NotifierRef, RestrictedmemEnv } from "../env.ts";
import { lastOf, type RestrictedmemXarray } from "./file.ts";

/**
 * Binds file pages [start, end) to `notifier`.
 *
 * Context: may sleep. Holds rm.lock for writing.
 * Gates:   the lock, the attempt, the unlock.
 * Returns: EINVAL if `exclusive` is false (T-f), differs from the bindings' own, or an index is taken.
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
  // The result of the store is not looked at, here as there (T-r); an inverted range thus stores nothing.
  xaStoreRange(rm.bindings, start, last, xaMkPointer(id));
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
  });
  return OK;
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
