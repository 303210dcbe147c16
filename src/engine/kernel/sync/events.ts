// SPDX-License-Identifier: GPL-2.0-only
// What locks and grace periods tell.

/** How a lock is held: `write` excludes everybody, `read` excludes writers. A mutex is always `write`. */
export type LockMode = "read" | "write";

export type SyncEvent =
  /** The lock is not free: the task queues behind those named. */
  | { type: "lock.waited"; lock: string; mode: LockMode; behind: readonly string[] }
  | { type: "lock.taken"; lock: string; mode: LockMode }
  | { type: "lock.released"; lock: string; mode: LockMode }
  | { type: "srcu.entered"; srcu: string }
  | { type: "srcu.left"; srcu: string }
  /** Every read section that was running has ended. `of` is "RCU" or the SRCU domain's name. */
  | { type: "grace.elapsed"; of: string };

/** What a path needs in order to lock: who it is, and somebody to tell. */
export interface SyncEnv {
  readonly task: string;
  emit(event: SyncEvent): void;
}
