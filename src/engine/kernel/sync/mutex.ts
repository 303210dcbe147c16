// SPDX-License-Identifier: GPL-2.0-only
// A mutex: one holder at a time.

import type { Path } from "../../sim/gate.ts";
import type { SyncEnv } from "./events.ts";
import { acquire, type Lock, release } from "./lock.ts";

/** Takes the mutex. Context: may sleep. Gates: as acquire(). */
export const mutexLock = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  acquire(env, lock, "write", label);

/** Gives the mutex back. Gates: one step. */
export const mutexUnlock = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  release(env, lock, "write", label);
