// SPDX-License-Identifier: GPL-2.0-only
// A read-write semaphore: many readers or one writer; a waiting writer holds later readers back.

import type { Path } from "../../sim/gate.ts";
import type { SyncEnv } from "./events.ts";
import { acquire, type Lock, release } from "./lock.ts";

/** Takes the semaphore for reading. Context: may sleep. Gates: as acquire(). */
export const downRead = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  acquire(env, lock, "read", label);

/** Ends a read hold. Gates: one step. */
export const upRead = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  release(env, lock, "read", label);

/** Takes the semaphore for writing. Context: may sleep. Gates: as acquire(). */
export const downWrite = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  acquire(env, lock, "write", label);

/** Ends a write hold. Gates: one step. */
export const upWrite = (env: SyncEnv, lock: Lock, label: string): Path<void> =>
  release(env, lock, "write", label);
