// SPDX-License-Identifier: GPL-2.0-only
// A spinlock: one holder at a time, and who holds it does not sleep.

import type { Path } from "../../sim/gate.ts";
import type { SyncEnv } from "./events.ts";
import { acquire, type Lock, release } from "./lock.ts";

/** Takes the lock. Gates: as acquire(). */
export const spinLock = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  acquire(env, lock, "write", label);

/** Gives the lock back. Gates: one step. */
export const spinUnlock = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  release(env, lock, "write", label);
