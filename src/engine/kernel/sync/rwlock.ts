// SPDX-License-Identifier: GPL-2.0-only
// A spinning read-write lock, as mmu_lock is on x86-64. Only its write side is taken so far: brackets and zaps.

import type { Path } from "../../sim/gate.ts";
import type { SyncEnv } from "./events.ts";
import { acquire, type Lock, release } from "./lock.ts";

/** Takes the lock for writing. Context: no sleeping until it is given back. Gates: as acquire(). */
export const writeLock = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  acquire(env, lock, "write", label);

/** Ends a write hold. Gates: one step. */
export const writeUnlock = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  release(env, lock, "write", label);
