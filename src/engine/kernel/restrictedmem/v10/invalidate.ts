// SPDX-License-Identifier: GPL-2.0-only
// One walk of the list: every notifier is called, whatever it covers (T-a).
//
// Models    restrictedmem_invalidate_start(), restrictedmem_invalidate_end(), variant V10

import { call, type Path } from "../../../sim/gate.ts";
import type { Pgoff } from "../../../units.ts";
import type { MemslotId } from "../../kvm/memslot.ts";
import { mutexLock, mutexUnlock } from "../../sync/mutex.ts";
import type { RestrictedmemEnv } from "../env.ts";
import type { RestrictedmemList } from "./file.ts";

/**
 * Tells every notifier that file pages [start, end) are about to go.
 *
 * Context: may sleep. The mutex is held for this walk only. Gates: the mutex, the callbacks' own, the mutex.
 */
export function* restrictedmemInvalidateStart(
  env: RestrictedmemEnv,
  rm: RestrictedmemList,
  start: Pgoff,
  end: Pgoff,
): Path<void> {
  yield* mutexLock(env, rm.lock, "start walk: take the list's mutex");
  env.emit({ type: "walk.begun", file: rm.name, edge: "start", start, end });
  for (const notifier of listForEach(env, rm))
    yield* call("start walk: call the next notifier", env.notifierOps.invalidateStart(notifier, start, end));
  env.emit({ type: "walk.ended", file: rm.name, edge: "start" });
  yield* mutexUnlock(env, rm.lock, "start walk: give the list's mutex back");
}

/** Tells every notifier that is on the list *now* that the pages have gone. Context and gates as above. */
export function* restrictedmemInvalidateEnd(
  env: RestrictedmemEnv,
  rm: RestrictedmemList,
  start: Pgoff,
  end: Pgoff,
): Path<void> {
  yield* mutexLock(env, rm.lock, "end walk: take the list's mutex again");
  env.emit({ type: "walk.begun", file: rm.name, edge: "end", start, end });
  for (const notifier of listForEach(env, rm))
    yield* call("end walk: call the next notifier", env.notifierOps.invalidateEnd(notifier, start, end));
  env.emit({ type: "walk.ended", file: rm.name, edge: "end" });
  yield* mutexUnlock(env, rm.lock, "end walk: give the list's mutex back");
}

/** The list from its head, one node read at a time. The mutex keeps it still. */
function* listForEach(env: RestrictedmemEnv, rm: RestrictedmemList): Generator<MemslotId> {
  for (const notifier of rm.notifiers) {
    env.emit({ type: "list.read", file: rm.name, notifier });
    yield notifier;
  }
}
