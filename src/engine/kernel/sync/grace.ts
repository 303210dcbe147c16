// SPDX-License-Identifier: GPL-2.0-only
// Grace periods: a writer waits until the read sections that might still see the old state have ended.
//
// Models    srcu_read_lock(), synchronize_srcu(), synchronize_rcu()
// Left out  readers that begin while the writer waits: here they hold it up too. A viewer may see a grace period
//           end later than it had to, never earlier.

import { assert } from "../../assert.ts";
import { type Path, step, stepWhen } from "../../sim/gate.ts";
import type { SyncEnv } from "./events.ts";

/** A sleepable-RCU domain: the tasks inside a read section, a task as often as it entered. */
export interface Srcu {
  readonly name: string;
  readers: string[];
}

export const newSrcu = (name: string): Srcu => ({ name, readers: [] });

export const copySrcu = (srcu: Srcu): Srcu => ({ name: srcu.name, readers: [...srcu.readers] });

/** Enters a read section. No gate: it waits for nobody, and belongs to the step that leads to it. */
export function srcuReadLock(env: SyncEnv, srcu: Srcu): void {
  srcu.readers.push(env.task);
  env.emit({ type: "srcu.entered", srcu: srcu.name });
}

/** Leaves the read section. No gate, as above. */
export function srcuReadUnlock(env: SyncEnv, srcu: Srcu): void {
  const at = srcu.readers.indexOf(env.task);
  assert(at >= 0, () => `${env.task} leaves ${srcu.name} without having entered it`);
  srcu.readers.splice(at, 1);
  env.emit({ type: "srcu.left", srcu: srcu.name });
}

/** Waits until no task is inside a read section of `srcu`. Context: sleeps. Gates: one step. */
export function* synchronizeSrcu(env: SyncEnv, srcu: Srcu, label: string): Path<void> {
  yield* stepWhen(
    label,
    () => srcu.readers.length === 0,
    () => env.emit({ type: "grace.elapsed", of: srcu.name }),
  );
}

/**
 * Waits for the RCU readers. Context: sleeps. Gates: one step, which can always be taken: RCU is read-held only
 * inside a look-up, and no look-up spans a gate.
 */
export function* synchronizeRcu(env: SyncEnv, label: string): Path<void> {
  yield* step(label, () => env.emit({ type: "grace.elapsed", of: "RCU" }));
}
