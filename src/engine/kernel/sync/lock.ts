// SPDX-License-Identifier: GPL-2.0-only
// The state behind mutex, rwsem and rwlock: who holds it, who waits. First come, first served, with hand-off.
//
// Models    the fair path of kernel/locking/{mutex,rwsem,qrwlock}.c
// Left out  optimistic spinning, lock stealing, owner tracking: a viewer never sees a late-comer overtake.

import { assert } from "../../assert.ts";
import { type Path, step, stepWhen } from "../../sim/gate.ts";
import type { LockMode, SyncEnv } from "./events.ts";

interface Claim {
  readonly task: string;
  readonly mode: LockMode;
}

/** Plain data. `holders` are several only in read mode; `waiters` stand in order of arrival. */
export interface Lock {
  /** As shown and as named in choices: `f0/rm->lock`, `vm0/mmu_lock`. */
  readonly name: string;
  holders: Claim[];
  waiters: Claim[];
}

export const newLock = (name: string): Lock => ({ name, holders: [], waiters: [] });

export const copyLock = (lock: Lock): Lock => ({
  name: lock.name,
  holders: [...lock.holders],
  waiters: [...lock.waiters],
});

export const isHeldForWriting = (lock: Lock) => lock.holders.some((holder) => holder.mode === "write");

/**
 * Takes `lock`, or queues and waits until it is handed over.
 *
 * Gates:   one step where the lock is free; else one that queues and one that finds the lock handed over.
 * Context: may wait for ever if the tasks wait for each other; nothing here detects that, the scheduler does.
 */
export function* acquire(env: SyncEnv, lock: Lock, mode: LockMode, label: string): Path<void> {
  const claim: Claim = { task: env.task, mode };
  const taken = yield* step(label, () => {
    assert(!holds(lock, env.task), () => `${env.task} takes ${lock.name}, which it holds already`);
    // Once somebody waits, later readers queue behind: a writer is not starved.
    if (lock.waiters.length === 0 && admits(lock, mode)) {
      lock.holders.push(claim);
      env.emit({ type: "lock.taken", lock: lock.name, mode });
      return true;
    }
    const behind = [...lock.holders, ...lock.waiters].map((other) => other.task);
    lock.waiters.push(claim);
    env.emit({ type: "lock.waited", lock: lock.name, mode, behind });
    return false;
  });
  if (taken) return;
  yield* stepWhen(
    label,
    () => holds(lock, env.task),
    () => env.emit({ type: "lock.taken", lock: lock.name, mode }),
  );
}

/**
 * Gives `lock` back, and hands it to whoever waits first: a writer alone, or all readers up to the next writer.
 *
 * Gates: one step.
 */
export function* release(env: SyncEnv, lock: Lock, mode: LockMode, label: string): Path<void> {
  yield* step(label, () => {
    const at = lock.holders.findIndex((holder) => holder.task === env.task && holder.mode === mode);
    assert(at >= 0, () => `${env.task} releases ${lock.name}, which it does not hold for ${mode}`);
    lock.holders.splice(at, 1);
    while (lock.waiters[0] !== undefined && admits(lock, lock.waiters[0].mode))
      lock.holders.push(lock.waiters.shift() as Claim);
    env.emit({ type: "lock.released", lock: lock.name, mode });
  });
}

const holds = (lock: Lock, task: string) => lock.holders.some((holder) => holder.task === task);

const admits = (lock: Lock, mode: LockMode) =>
  lock.holders.length === 0 || (mode === "read" && !isHeldForWriting(lock));
