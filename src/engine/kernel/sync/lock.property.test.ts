// SPDX-License-Identifier: GPL-2.0-only
// Any number of tasks, readers and writers, in any order, beside a model too simple to be wrong: one queue of all
// who have come and not yet left. Inside are its first one, and behind a reader all readers up to a writer.

import fc from "fast-check";
import { expect, it } from "vitest";
import { type Path, step } from "../../sim/gate.ts";
import { rehearse } from "../../sim/rehearse.ts";
import type { LockMode, SyncEnv, SyncEvent } from "./events.ts";
import { acquire, newLock, release } from "./lock.ts";

interface Claim {
  readonly task: string;
  readonly mode: LockMode;
}

const ROUNDS = 2;

/** How many of `queue`, from its head, are inside. */
function insideOf(queue: readonly Claim[]): number {
  const writer = queue.findIndex(({ mode }) => mode === "write");
  if (writer === 0) return 1;
  return writer < 0 ? queue.length : writer;
}

it("a lock lets in exactly the head of the queue, and nobody waits for ever", () => {
  const seen = { waited: 0, shared: 0 };
  const modes = fc.array(fc.constantFrom<LockMode>("read", "write"), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(modes, fc.array(fc.nat(5), { maxLength: 60 }), (tasks, turns) => {
      const lock = newLock("the lock");
      const queue: Claim[] = [];
      const claims = tasks.map((mode, k): Claim => ({ task: `T${k}`, mode }));
      const path =
        ({ task, mode }: Claim) =>
        (emit: (event: SyncEvent) => void) =>
          (function* (): Path<void> {
            const env: SyncEnv = { task, emit };
            for (let round = 0; round < ROUNDS; round++) {
              yield* step("arrive", () => {});
              yield* acquire(env, lock, mode, "take");
              yield* step("inside", () => {});
              yield* release(env, lock, mode, "give back");
            }
          })();
      const { stuck } = rehearse<SyncEvent>(
        Object.fromEntries(claims.map((claim) => [claim.task, path(claim)])),
        {
          choices: turns.filter((k) => k < tasks.length).map((k) => `T${k}`),
          watch: (task, events) => {
            const claim = claims.find((one) => one.task === task) as Claim;
            for (const { type } of events) {
              if (type === "lock.released") queue.splice(queue.indexOf(claim), 1);
              else if (!queue.includes(claim)) queue.push(claim);
              if (type === "lock.taken") expect(queue.indexOf(claim)).toBeLessThan(insideOf(queue));
              if (type === "lock.waited") seen.waited++;
            }
            const inside = insideOf(queue);
            expect(lock.holders.map((one) => one.task).sort()).toEqual(
              queue
                .slice(0, inside)
                .map((one) => one.task)
                .sort(),
            );
            expect(lock.waiters).toEqual(queue.slice(inside));
            if (inside > 1) seen.shared++;
          },
        },
      );
      expect(stuck).toEqual([]);
      expect(queue).toEqual([]);
    }),
    { numRuns: 300, seed: 64 },
  );
  expect(seen.waited).toBeGreaterThan(100);
  expect(seen.shared).toBeGreaterThan(100);
});
