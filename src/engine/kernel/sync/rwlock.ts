// SPDX-License-Identifier: GPL-2.0-only
// A spinning read-write lock, as mmu_lock is on x86-64: faults read, brackets and zaps write.

import type { Path } from "../../sim/gate.ts";
import type { SyncEnv } from "./events.ts";
import { acquire, type Lock, release } from "./lock.ts";

/** Takes the lock for writing. Context: no sleeping until it is given back. Gates: as acquire(). */
export const writeLock = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  acquire(env, lock, "write", label);

/** Ends a write hold. Gates: one step. */
export const writeUnlock = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  release(env, lock, "write", label);

/** Takes the lock for reading. Context and gates as above. */
export const readLock = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  acquire(env, lock, "read", label);

/** Ends a read hold. Gates: one step. */
export const readUnlock = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  release(env, lock, "read", label);
