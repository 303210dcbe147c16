// SPDX-License-Identifier: GPL-2.0-only
// A notifier hangs itself on the file, for all of it, and takes itself off again.
//
// Models    restrictedmem_register_notifier(), restrictedmem_unregister_notifier(), variant V10

import { assert } from "../../../assert.ts";
import { type Path, step } from "../../../sim/gate.ts";
import { mutexLock, mutexUnlock } from "../../sync/mutex.ts";
import type { NotifierRef, RestrictedmemEnv } from "../env.ts";
import type { RestrictedmemList } from "./file.ts";

/**
 * Puts `notifier` at the head of the list. Cannot fail: no range is given and no overlap looked for.
 *
 * Context: may sleep. Takes the mutex. Gates: the mutex, the insertion, the mutex.
 */
export function* restrictedmemRegisterNotifier(
  env: RestrictedmemEnv,
  rm: RestrictedmemList,
  { id, name }: NotifierRef,
): Path<void> {
  yield* mutexLock(env, rm.lock, "register: take the list's mutex");
  yield* step("register: put the notifier at the head of the list", () => {
    rm.notifiers.unshift(id);
    const notifiers = rm.notifiers.length;
    env.emit({ type: "notifier.registered", file: rm.name, memslot: name, notifier: id, notifiers });
  });
  yield* mutexUnlock(env, rm.lock, "register: give the list's mutex back");
}

/**
 * Takes `notifier` off the list and tells nobody, even if it has heard a start whose end is still to come (T-b1).
 *
 * Context: as registering. Gates: the mutex, the removal, the mutex.
 */
export function* restrictedmemUnregisterNotifier(
  env: RestrictedmemEnv,
  rm: RestrictedmemList,
  { id, name }: NotifierRef,
): Path<void> {
  yield* mutexLock(env, rm.lock, "unregister: take the list's mutex");
  yield* step("unregister: take the notifier off the list", () => {
    const at = rm.notifiers.indexOf(id);
    assert(at >= 0, () => `notifier ${name} is not on the list of ${rm.name}`);
    rm.notifiers.splice(at, 1);
    const notifiers = rm.notifiers.length;
    env.emit({ type: "notifier.unregistered", file: rm.name, memslot: name, notifier: id, notifiers });
  });
  yield* mutexUnlock(env, rm.lock, "unregister: give the list's mutex back");
}
