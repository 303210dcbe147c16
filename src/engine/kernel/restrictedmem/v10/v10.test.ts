// SPDX-License-Identifier: GPL-2.0-only
// The list: who is on it, who is called, and what may happen between the two walks.

import { describe, expect, it } from "vitest";
import { ModelBug } from "../../../assert.ts";
import { fail, OK } from "../../../errno.ts";
import { drive } from "../../../sim/drive.ts";
import { rehearse } from "../../../sim/rehearse.ts";
import { bytesOf, type Loff, loff } from "../../../units.ts";
import { FALLOC_FL, PUNCH_MODE } from "../../shmem/falloc.ts";
import { shmemFallocate } from "../../shmem/fallocate.ts";
import { pagesIn } from "../../shmem/file.ts";
import { notifierRef, short, type TestEvent, testEnvs } from "../fixture.ts";
import { copyRestrictedmemList, newRestrictedmemList } from "./file.ts";
import { restrictedmemPunchHole } from "./punchHole.ts";
import { restrictedmemRegisterNotifier, restrictedmemUnregisterNotifier } from "./register.ts";

/** A file of 64 pages, all there, with notifiers 0 ... `notifiers` - 1 registered in that order. */
function listFile(notifiers: number) {
  const rm = newRestrictedmemList("f0", bytesOf(64));
  const envOf = testEnvs();
  const told: TestEvent[] = [];
  const env = envOf("T", (event) => told.push(event));
  drive(shmemFallocate(env, "f0", rm.memfd, FALLOC_FL.KEEP_SIZE, loff(0n), bytesOf(64)));
  for (let id = 0; id < notifiers; id++) drive(restrictedmemRegisterNotifier(env, rm, notifierRef(id)));
  told.length = 0;
  const task = (name: string) => (emit: (event: TestEvent) => void) => envOf(name, emit);
  return {
    rm,
    told,
    env,
    task,
    punch: (start: number, end: number) =>
      drive(restrictedmemPunchHole(env, rm, PUNCH_MODE, bytesOf(start), bytesOf(end - start))),
  };
}

const called = (events: readonly TestEvent[]) =>
  events.filter((event) => event.type === "called").map((event) => `${event.edge} ${event.notifier}`);

describe("register and unregister", () => {
  it("puts the newest notifier at the head", () => {
    expect(listFile(4).rm.notifiers).toEqual([3, 2, 1, 0]);
  });

  it("takes the mutex, changes the list, gives the mutex back", () => {
    const { rm, env, told } = listFile(2);
    drive(restrictedmemRegisterNotifier(env, rm, notifierRef(2)));
    drive(restrictedmemUnregisterNotifier(env, rm, notifierRef(1)));
    expect(told.map(short)).toEqual([
      "lock.taken f0/rm->lock",
      "notifier.registered",
      "lock.released f0/rm->lock",
      "lock.taken f0/rm->lock",
      "notifier.unregistered",
      "lock.released f0/rm->lock",
    ]);
    expect(told[1]).toMatchObject({ memslot: "vm0/2", notifier: 2, notifiers: 3 });
    expect(told[4]).toMatchObject({ memslot: "vm0/1", notifier: 1, notifiers: 2 });
    expect(rm.notifiers).toEqual([2, 0]);
  });

  it("of a notifier that is not on the list is a bug of ours", () => {
    const { rm, env } = listFile(1);
    expect(() => drive(restrictedmemUnregisterNotifier(env, rm, notifierRef(5)))).toThrow(ModelBug);
  });
});

describe("a punch", () => {
  it("calls everybody, newest first, in both walks; the mutex is free while the pages go", () => {
    const { punch, told, rm } = listFile(3);
    expect(punch(8, 16)).toEqual(OK);
    expect(told.map(short)).toEqual([
      "punch.begun",
      "lock.taken f0/rm->lock",
      "walk.begun start",
      ...["list.read", "called start 2", "list.read", "called start 1", "list.read", "called start 0"],
      "walk.ended start",
      "lock.released f0/rm->lock",
      "lock.taken f0/inode->lock",
      "shmem.punched",
      "lock.released f0/inode->lock",
      "lock.taken f0/rm->lock",
      "walk.begun end",
      ...["list.read", "called end 2", "list.read", "called end 1", "list.read", "called end 0"],
      "walk.ended end",
      "lock.released f0/rm->lock",
    ]);
    expect(pagesIn(rm.memfd, 0, 64)).toHaveLength(56);
  });

  it("gives everybody the whole range, as pages", () => {
    const { punch, told } = listFile(2);
    punch(8, 16);
    const ranges = told.filter((event) => event.type === "called").map(({ start, end }) => [start, end]);
    expect(ranges).toEqual([
      [8, 16],
      [8, 16],
      [8, 16],
      [8, 16],
    ]);
  });

  it.each([
    ["offset", loff(1n), bytesOf(1)],
    ["length", bytesOf(0), loff(4095n)],
    ["offset and length", loff(100n), loff(100n)],
  ])(
    "with an %s that is no multiple of a page is EINVAL: it has begun, and nobody is called",
    (_, offset, len) => {
      const { rm, env, told } = listFile(2);
      expect(drive(restrictedmemPunchHole(env, rm, PUNCH_MODE, offset as Loff, len as Loff))).toEqual(
        fail("EINVAL"),
      );
      expect(told).toEqual([{ type: "punch.begun", file: "f0", offset, len }]);
    },
  );

  it("that tmpfs refuses sends its ends all the same, and returns the refusal", () => {
    const { rm, env, told } = listFile(2);
    const mode = PUNCH_MODE | FALLOC_FL.ZERO_RANGE;
    const result = drive(restrictedmemPunchHole(env, rm, mode, bytesOf(0), bytesOf(1)));
    expect(result).toEqual(fail("EOPNOTSUPP"));
    expect(called(told)).toEqual(["start 1", "start 0", "end 1", "end 0"]);
    expect(pagesIn(rm.memfd, 0, 64)).toHaveLength(64);
  });

  it("with nobody on the list walks twice all the same", () => {
    const { punch, told } = listFile(0);
    punch(0, 1);
    expect(told.map(short).filter((text) => text.startsWith("walk"))).toEqual([
      ...["walk.begun start", "walk.ended start", "walk.begun end", "walk.ended end"],
    ]);
  });
});

describe("between the two walks", () => {
  const punching = (file: ReturnType<typeof listFile>) => (emit: (event: TestEvent) => void) =>
    restrictedmemPunchHole(file.task("P")(emit), file.rm, PUNCH_MODE, bytesOf(0), bytesOf(8));

  it("who leaves loses its end, who comes hears an end without a start (T-b)", () => {
    const file = listFile(2);
    const { steps, putOffs } = rehearse<TestEvent>(
      {
        P: punching(file),
        U: (emit) => restrictedmemUnregisterNotifier(file.task("U")(emit), file.rm, notifierRef(0)),
        V: (emit) => restrictedmemRegisterNotifier(file.task("V")(emit), file.rm, notifierRef(9)),
      },
      { choices: ["P until lock.released f0/rm->lock", "U to end", "V to end"] },
    );
    expect(putOffs).toEqual([]);
    expect(called(steps.flatMap(({ events }) => events))).toEqual(["start 1", "start 0", "end 9", "end 1"]);
  });

  it("but not during a walk: whoever wants to change the list waits for its end", () => {
    const file = listFile(2);
    const { steps, putOffs } = rehearse<TestEvent>(
      {
        P: punching(file),
        U: (emit) => restrictedmemUnregisterNotifier(file.task("U")(emit), file.rm, notifierRef(0)),
      },
      { choices: ["P until called", "U to end", "P to end"] },
    );
    expect(putOffs).toMatchObject([{ task: "U", at: "unregister: take the list's mutex" }]);
    // It gets in before the end walk: the mutex is handed over between the two.
    expect(called(steps.flatMap(({ events }) => events))).toEqual(["start 1", "start 0", "end 1"]);
  });
});

describe("two punches", () => {
  const two = () => {
    const file = listFile(2);
    const punch = (name: string, first: number) => (emit: (event: TestEvent) => void) =>
      restrictedmemPunchHole(file.task(name)(emit), file.rm, PUNCH_MODE, bytesOf(first), bytesOf(8));
    return { A: punch("A", 0), B: punch("B", 32) };
  };

  it("never walk at once: the mutex keeps their walks apart", () => {
    let inside = 0;
    let most = 0;
    const { putOffs } = rehearse<TestEvent>(two(), {
      choices: ["A until called", "B until called", "A to end", "B to end"],
      watch: (_, events) => {
        for (const { type } of events) {
          if (type === "walk.begun") most = Math.max(most, ++inside);
          if (type === "walk.ended") inside--;
        }
      },
    });
    expect(most).toBe(1);
    expect(putOffs[0]).toMatchObject({ task: "B", at: "start walk: take the list's mutex" });
  });

  it("may walk while the other one frees, and free one after the other", () => {
    const story: string[] = [];
    const { putOffs } = rehearse<TestEvent>(two(), {
      choices: ["A until lock.taken f0/inode->lock", "B to end", "A to end"],
      watch: (task, events) => story.push(...events.map((event) => `${task} ${short(event)}`)),
    });
    expect(story.indexOf("B walk.begun start")).toBeGreaterThan(story.indexOf("A lock.taken f0/inode->lock"));
    expect(story.indexOf("B walk.ended start")).toBeLessThan(story.indexOf("A shmem.punched"));
    expect(putOffs).toMatchObject([{ task: "B", at: "shmem: take the inner inode's lock" }]);
    expect(story.indexOf("B shmem.punched")).toBeGreaterThan(story.indexOf("A lock.released f0/inode->lock"));
  });
});

it("a copy of the file shares nothing changeable with it", () => {
  const { rm, env } = listFile(2);
  const copy = copyRestrictedmemList(rm);
  drive(restrictedmemRegisterNotifier(env, copy, notifierRef(7)));
  drive(restrictedmemPunchHole(env, copy, PUNCH_MODE, bytesOf(0), bytesOf(64)));
  copy.lock.holders.push({ task: "T", mode: "write" });
  expect(rm.notifiers).toEqual([1, 0]);
  expect(pagesIn(rm.memfd, 0, 64)).toHaveLength(64);
  expect(rm.lock.holders).toEqual([]);
});
