// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { ModelBug } from "../../assert.ts";
import { drive } from "../../sim/drive.ts";
import { call, type Path, step } from "../../sim/gate.ts";
import { rehearse } from "../../sim/rehearse.ts";
import type { LockMode, SyncEnv, SyncEvent } from "./events.ts";
import { acquire, copyLock, isHeldForWriting, type Lock, newLock, release } from "./lock.ts";
import { mutexLock, mutexUnlock } from "./mutex.ts";
import { writeLock, writeUnlock } from "./rwlock.ts";
import { downRead, downWrite, upRead, upWrite } from "./rwsem.ts";

const alone = (task: string): SyncEnv => ({ task, emit: () => {} });

/** A task that takes `lock`, does one thing, and gives it back: four steps with its entry, if it need not wait. */
const user = (task: string, lock: Lock, mode: LockMode) => (emit: (event: SyncEvent) => void) =>
  call(
    "in the kernel",
    (function* (): Path<void> {
      const env: SyncEnv = { task, emit };
      yield* step("enter", () => {});
      yield* acquire(env, lock, mode, "take");
      yield* step("inside", () => {});
      yield* release(env, lock, mode, "give back");
    })(),
  );

/** Who took and released, in order: `A+ A- B+`; `B?` where B began to wait. */
function story(modes: Record<string, LockMode>, choices: readonly string[]) {
  const lock = newLock("the lock");
  const told: string[] = [];
  const sign = { "lock.taken": "+", "lock.released": "-", "lock.waited": "?" } as Record<string, string>;
  const recording = rehearse<SyncEvent>(
    Object.fromEntries(Object.entries(modes).map(([task, mode]) => [task, user(task, lock, mode)])),
    {
      choices,
      watch: (task, events) => {
        for (const { type } of events) told.push(`${task}${sign[type]}`);
      },
    },
  );
  expect(recording.stuck).toEqual([]);
  expect(lock).toEqual(newLock("the lock"));
  return told.join(" ");
}

describe("a lock", () => {
  it("lets one writer in, and the others wait until it has left", () => {
    const told = story({ A: "write", B: "write" }, ["A until lock.taken", "B to end", "A to end"]);
    expect(told).toBe("A+ B? A- B+ B-");
  });

  it("lets readers in together", () => {
    const told = story({ A: "read", B: "read", C: "read" }, ["A*3", "B*3", "C*3"]);
    expect(told).toBe("A+ B+ C+ C- A- B-");
  });

  it("keeps a writer out while anybody reads, and readers out while anybody writes", () => {
    expect(story({ A: "read", B: "read", W: "write" }, ["A*2", "B*2", "W*2", "A to end"])).toBe(
      "A+ B+ W? A- B- W+ W-",
    );
    expect(story({ W: "write", A: "read" }, ["W*2", "A*2", "W to end"])).toBe("W+ A? W- A+ A-");
  });

  it("holds later readers back once a writer waits", () => {
    const told = story({ A: "read", W: "write", B: "read" }, ["A*2", "W*2", "B to end", "A to end"]);
    expect(told).toBe("A+ W? B? A- W+ W- B+ B-");
  });

  it("is handed to whoever came first, and a late-comer does not overtake before that one has run", () => {
    // B has the lock from A's release on, although it has not run yet; C can only queue behind it.
    const told = story({ A: "write", B: "write", C: "write" }, ["A*2", "B*2", "A to end", "C*2", "C to end"]);
    expect(told).toBe("A+ B? A- C? B+ B- C+ C-");
    const lock = newLock("the lock");
    lock.holders = [{ task: "A", mode: "write" }];
    lock.waiters = [{ task: "B", mode: "write" }];
    drive(release(alone("A"), lock, "write", "give back"));
    expect(lock.holders).toEqual([{ task: "B", mode: "write" }]);
    expect(() => drive(acquire(alone("C"), lock, "read", "take"))).toThrow("waits");
    expect(lock.waiters).toEqual([{ task: "C", mode: "read" }]);
  });

  it("goes to all waiting readers at once, up to the next writer", () => {
    const lock = newLock("the lock");
    lock.holders = [{ task: "W", mode: "write" }];
    lock.waiters = (
      [
        ["A", "read"],
        ["B", "read"],
        ["X", "write"],
        ["C", "read"],
      ] as const
    ).map(([task, mode]) => ({ task, mode }));
    drive(release(alone("W"), lock, "write", "give back"));
    expect(lock.holders.map(({ task }) => task)).toEqual(["A", "B"]);
    drive(release(alone("B"), lock, "read", "give back"));
    expect(lock.holders.map(({ task }) => task)).toEqual(["A"]);
    drive(release(alone("A"), lock, "read", "give back"));
    expect(lock.holders.map(({ task }) => task)).toEqual(["X"]);
    drive(release(alone("X"), lock, "write", "give back"));
    expect(lock).toMatchObject({ holders: [{ task: "C" }], waiters: [] });
  });

  it("tells who a task queues behind: holders first, then those who wait", () => {
    const lock = newLock("the lock");
    const behind: Record<string, readonly string[]> = {};
    rehearse<SyncEvent>(
      { A: user("A", lock, "write"), B: user("B", lock, "read"), C: user("C", lock, "write") },
      {
        choices: ["A*2", "B*2", "C*2"],
        watch: (task, events) => {
          for (const event of events) if (event.type === "lock.waited") behind[task] = event.behind;
        },
      },
    );
    expect(behind).toEqual({ B: ["A"], C: ["A", "B"] });
  });

  it("is one step to take where it is free, and two where it is not", () => {
    const lock = newLock("the lock");
    const { steps } = rehearse<SyncEvent>(
      { A: user("A", lock, "write"), B: user("B", lock, "write") },
      { choices: ["A*2", "B*2"] },
    );
    const at = (task: number) => steps.filter((taken) => taken.task === task).map((taken) => taken.at[1]);
    expect(at(0)).toEqual(["enter", "take", "inside", "give back"]);
    expect(at(1)).toEqual(["enter", "take", "take", "inside", "give back"]);
  });

  it("can't be released by who does not hold it, nor in another mode, nor taken twice", () => {
    const lock = newLock("the lock");
    expect(() => drive(release(alone("A"), lock, "write", "give back"))).toThrow(ModelBug);
    drive(acquire(alone("A"), lock, "read", "take"));
    expect(() => drive(release(alone("B"), lock, "read", "give back"))).toThrow("B releases the lock");
    expect(() => drive(release(alone("A"), lock, "write", "give back"))).toThrow("does not hold for write");
    expect(() => drive(acquire(alone("A"), lock, "read", "take"))).toThrow("which it holds already");
    expect(lock.holders).toEqual([{ task: "A", mode: "read" }]);
  });

  it("is copied whole: what happens to the copy does not happen to it", () => {
    const lock = newLock("the lock");
    drive(acquire(alone("A"), lock, "read", "take"));
    const copy = copyLock(lock);
    expect(copy).toEqual(lock);
    drive(release(alone("A"), copy, "read", "give back"));
    copy.waiters.push({ task: "B", mode: "read" });
    expect(lock).toMatchObject({ holders: [{ task: "A" }], waiters: [] });
  });
});

describe("the kernel's names for it", () => {
  const A = alone("A");

  it.each([
    ["a mutex", mutexLock, mutexUnlock, true],
    ["an rwlock's write side", writeLock, writeUnlock, true],
    ["an rwsem's write side", downWrite, upWrite, true],
    ["an rwsem's read side", downRead, upRead, false],
  ])("%s excludes as it should, and is given back by its own release", (_, take, giveBack, excludes) => {
    const lock = newLock("the lock");
    drive(take(A, lock, "take"));
    expect(isHeldForWriting(lock)).toBe(excludes);
    const second = () => drive(downRead(alone("B"), lock, "take"));
    if (excludes) expect(second).toThrow("waits");
    else second();
    drive(giveBack(A, lock, "give back"));
    expect(lock.holders.map(({ task }) => task)).toEqual(["B"]);
  });
});
