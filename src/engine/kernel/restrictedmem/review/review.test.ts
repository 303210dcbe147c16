// SPDX-License-Identifier: GPL-2.0-only
// The xarray: what may be bound, what an unbind erases, who is called how often, and what the lock keeps still.

import { describe, expect, it } from "vitest";
import { fail, OK } from "../../../errno.ts";
import { drive } from "../../../sim/drive.ts";
import { rehearse } from "../../../sim/rehearse.ts";
import { bytesOf, type Loff, loff, pgoff } from "../../../units.ts";
import { FALLOC_FL, PUNCH_MODE } from "../../shmem/falloc.ts";
import { shmemFallocate } from "../../shmem/fallocate.ts";
import { pagesIn } from "../../shmem/file.ts";
import { xaCheck, xaEmpty, xaEntries, xaToPointer } from "../../xarray/index.ts";
import { notifierRef, short, type TestEvent, testEnvs } from "../fixture.ts";
import { restrictedmemBind, restrictedmemUnbind } from "./bind.ts";
import { copyRestrictedmemXarray, type LastMode, newRestrictedmemXarray } from "./file.ts";
import { restrictedmemPunchHole } from "./punchHole.ts";

const A = 0;
const B = 1;

/** An empty file, and what can be done with it by a task alone. */
function xarrayFile(lastMode: LastMode = "endMinus1") {
  const rm = newRestrictedmemXarray("f0", bytesOf(64), lastMode);
  const envOf = testEnvs();
  const told: TestEvent[] = [];
  const env = envOf("T", (event) => told.push(event));
  const file = {
    rm,
    told,
    env,
    envOf,
    bind(id: number, start: number, end: number, exclusive = true) {
      const result = drive(restrictedmemBind(env, rm, pgoff(start), pgoff(end), notifierRef(id), exclusive));
      xaCheck(rm.bindings);
      return result;
    },
    unbind(id: number, start: number, end: number) {
      drive(restrictedmemUnbind(env, rm, pgoff(start), pgoff(end), notifierRef(id)));
      xaCheck(rm.bindings);
    },
    allocate: (start: number, end: number) =>
      drive(shmemFallocate(env, "f0", rm.memfd, FALLOC_FL.KEEP_SIZE, bytesOf(start), bytesOf(end - start))),
    punch: (start: number, end: number) =>
      drive(restrictedmemPunchHole(env, rm, PUNCH_MODE, bytesOf(start), bytesOf(end - start))),
    /** Runs of bound pages, [notifier, first, last], both included. */
    bound: () => xaEntries(rm.bindings).map(({ first, last, entry }) => [xaToPointer(entry), first, last]),
  };
  return file;
}

const called = (events: readonly TestEvent[]) =>
  events.filter((event) => event.type === "called").map((event) => `${event.edge} ${"AB"[event.notifier]}`);

describe("bind", () => {
  it("takes the lock for writing, looks and stores in one step, gives the lock back", () => {
    const { bind, told, bound, rm } = xarrayFile();
    expect(bind(A, 0, 512)).toEqual(OK);
    expect(told).toEqual([
      { type: "lock.taken", lock: "f0/rm->lock", mode: "write" },
      {
        type: "notifier.bound",
        file: "f0",
        memslot: "vm0/0",
        notifier: A,
        start: 0,
        end: 512,
        first: 0,
        last: 511,
      },
      { type: "lock.released", lock: "f0/rm->lock", mode: "write" },
    ]);
    expect(bound()).toEqual([[A, 0, 511]]);
    expect(rm.exclusive).toBe(true);
  });

  it("that is not exclusive is EINVAL on an empty file and on a bound one (T-f), and the lock is given back", () => {
    const { bind, told, bound, rm } = xarrayFile();
    expect(bind(A, 0, 512, false)).toEqual(fail("EINVAL"));
    expect(xaEmpty(rm.bindings)).toBe(true);
    expect(told.map(short)).toEqual(["lock.taken f0/rm->lock", "bind.refused", "lock.released f0/rm->lock"]);
    expect(told[1]).toMatchObject({ because: "notExclusive", index: null, owner: null });
    bind(A, 0, 512);
    expect(bind(B, 600, 700, false)).toEqual(fail("EINVAL"));
    expect(bound()).toEqual([[A, 0, 511]]);
    expect(rm.lock.holders).toEqual([]);
  });

  it("where the file's bindings are of the other mode is EINVAL; on an empty file the mode is free", () => {
    const { bind, told, rm } = xarrayFile();
    bind(A, 0, 512);
    rm.exclusive = false;
    told.length = 0;
    expect(bind(B, 600, 700)).toEqual(fail("EINVAL"));
    expect(told[1]).toMatchObject({ type: "bind.refused", because: "otherMode", index: null });
    const empty = xarrayFile();
    empty.rm.exclusive = false;
    expect(empty.bind(A, 0, 512)).toEqual(OK);
  });

  it.each([
    ["the same pages", 100, 200, 100],
    ["its first page", 50, 101, 100],
    ["its last page", 199, 300, 199],
    ["pages inside it", 120, 130, 120],
    ["pages around it", 0, 1_000, 100],
  ])("over %s is EINVAL, and says which page is taken and by whom", (_, start, end, index) => {
    const { bind, told, bound } = xarrayFile();
    bind(A, 100, 200);
    const before = bound();
    told.length = 0;
    expect(bind(B, start, end)).toEqual(fail("EINVAL"));
    expect(told[1]).toMatchObject({ type: "bind.refused", because: "occupied", index, owner: A });
    expect(bound()).toEqual(before);
  });

  it("refuses a neighbour on either side as posted, and neither as repaired (T-c1)", () => {
    const seed = xarrayFile("exclusiveAsLast");
    expect(seed.bind(A, 0, 512)).toEqual(OK);
    expect(seed.bound()).toEqual([
      [A, 0, 511],
      [A, 512, 512],
    ]);
    expect(seed.bind(B, 512, 1_024)).toEqual(fail("EINVAL"));
    expect(seed.bind(B, 513, 1_024)).toEqual(OK);
    const other = xarrayFile("exclusiveAsLast");
    other.bind(B, 512, 1_024);
    expect(other.bind(A, 0, 512)).toEqual(fail("EINVAL"));
    const fixed = xarrayFile("endMinus1");
    expect([fixed.bind(A, 0, 512), fixed.bind(B, 512, 1_024)]).toEqual([OK, OK]);
  });

  it("waits for a punch to end, and a later punch waits behind it", () => {
    const { rm, envOf, bind } = xarrayFile();
    bind(A, 0, 64);
    const punch = (task: string) => (emit: (event: TestEvent) => void) =>
      restrictedmemPunchHole(envOf(task, emit), rm, PUNCH_MODE, bytesOf(0), bytesOf(8));
    const story: string[] = [];
    const { putOffs } = rehearse<TestEvent>(
      {
        P: punch("P"),
        U: (emit) => restrictedmemBind(envOf("U", emit), rm, pgoff(64), pgoff(80), notifierRef(B), true),
        Q: punch("Q"),
      },
      {
        choices: ["P until called", "U to end", "Q to end", "P to end"],
        watch: (task, events) => story.push(...events.map((event) => `${task} ${short(event)}`)),
      },
    );
    expect(putOffs.map(({ task }) => task)).toEqual(["U", "Q"]);
    const at = (text: string) => story.lastIndexOf(text);
    expect(at("U notifier.bound")).toBeGreaterThan(at("P lock.released f0/rm->lock"));
    expect(story.indexOf("Q walk.begun start")).toBeGreaterThan(at("U lock.released f0/rm->lock"));
  });
});

describe("unbind", () => {
  it("waits for a grace period with the lock held (T-g3), and tells no notifier (T-g5)", () => {
    const { bind, unbind, told, rm } = xarrayFile();
    bind(A, 0, 512);
    told.length = 0;
    unbind(A, 0, 512);
    expect(told.map(short)).toEqual([
      "lock.taken f0/rm->lock",
      "notifier.unbound",
      "grace.elapsed",
      "lock.released f0/rm->lock",
    ]);
    expect(told[1]).toMatchObject({ notifier: A, start: 0, end: 512, first: 0, last: 511 });
    expect(told[2]).toEqual({ type: "grace.elapsed", of: "RCU" });
    expect(xaEmpty(rm.bindings)).toBe(true);
  });

  it("leaves the neighbours", () => {
    const { bind, unbind, bound } = xarrayFile();
    for (const [id, start] of [0, 100, 200].entries()) bind(id, start, start + 100);
    unbind(1, 100, 200);
    expect(new Set(bound().map(([id]) => id))).toEqual(new Set([0, 2]));
  });

  it("does not look at whose the pages are: a caller can unbind a neighbour (T-g1)", () => {
    const { bind, unbind, rm, punch, told } = xarrayFile();
    bind(A, 0, 512);
    bind(B, 512, 1_024);
    unbind(A, 0, 1_024);
    expect(xaEmpty(rm.bindings)).toBe(true);
    told.length = 0;
    punch(600, 601);
    expect(called(told)).toEqual([]);
  });

  it("of some pages of an entry erases the whole entry (T-g2)", () => {
    const { bind, unbind, rm } = xarrayFile();
    bind(A, 0, 512);
    unbind(A, 0, 64);
    expect(xaEmpty(rm.bindings)).toBe(true);
  });

  it("one page too long erases a neighbour whole, where only binds were repaired (T-c4)", () => {
    const { bind, unbind, rm, bound } = xarrayFile("endMinus1");
    bind(A, 0, 512);
    bind(B, 512, 1_024);
    expect(bound()).toHaveLength(2);
    const halfRepaired = { ...rm, lastMode: "exclusiveAsLast" } as const;
    drive(
      restrictedmemUnbind(
        testEnvs()("T", () => {}),
        halfRepaired,
        pgoff(0),
        pgoff(512),
        notifierRef(A),
      ),
    );
    expect(bound()).toEqual([]);
    unbind(B, 512, 1_024);
  });
});

describe("a punch", () => {
  it("holds the lock for reading over both walks and the freeing, and calls only who is bound there", () => {
    const { bind, allocate, punch, told, rm } = xarrayFile();
    bind(A, 0, 32);
    bind(B, 32, 64);
    allocate(0, 64);
    told.length = 0;
    expect(punch(40, 44)).toEqual(OK);
    expect(told.map(short)).toEqual([
      "punch.begun",
      "lock.taken f0/rm->lock",
      "walk.begun start",
      ...["xarray.read", "called start 1", "xarray.read"],
      "walk.ended start",
      "lock.taken f0/inode->lock",
      "shmem.punched",
      "lock.released f0/inode->lock",
      "walk.begun end",
      ...["xarray.read", "called end 1", "xarray.read"],
      "walk.ended end",
      "lock.released f0/rm->lock",
    ]);
    expect(told[1]).toMatchObject({ mode: "read" });
    expect(told[4]).toMatchObject({ start: 40, end: 44 });
    expect(pagesIn(rm.memfd, 0, 64)).toHaveLength(60);
  });

  it("tells what each look-up read: the entry it came to, then that there is no further one", () => {
    const { bind, punch, told } = xarrayFile();
    bind(A, 5, 1_005);
    told.length = 0;
    punch(0, 64);
    const reads = told.filter((event) => event.type === "xarray.read");
    expect(reads.map(({ index, notifier }) => [index, notifier])).toEqual([
      ...[
        [5, A],
        [null, null],
        [5, A],
        [null, null],
      ],
    ]);
    expect(reads.every(({ slots }) => slots > 0)).toBe(true);
    expect(reads[0]?.nodes).toBeGreaterThan(0);
  });

  it.each([
    ["offset", loff(1n), bytesOf(1)],
    ["length", bytesOf(0), loff(4095n)],
  ])(
    "with an %s that is no multiple of a page is EINVAL: it has begun, and takes no lock",
    (_, offset, len) => {
      const { rm, env, told, bind } = xarrayFile();
      bind(A, 0, 64);
      told.length = 0;
      expect(drive(restrictedmemPunchHole(env, rm, PUNCH_MODE, offset as Loff, len as Loff))).toEqual(
        fail("EINVAL"),
      );
      expect(told.map(short)).toEqual(["punch.begun"]);
    },
  );

  it("that tmpfs refuses sends its ends all the same, and returns the refusal", () => {
    const { rm, env, told, bind } = xarrayFile();
    bind(A, 0, 64);
    told.length = 0;
    const mode = PUNCH_MODE | FALLOC_FL.ZERO_RANGE;
    const result = drive(restrictedmemPunchHole(env, rm, mode, bytesOf(0), bytesOf(1)));
    expect(result).toEqual(fail("EOPNOTSUPP"));
    expect(called(told)).toEqual(["start A", "end A"]);
    expect(rm.lock.holders).toEqual([]);
  });
});

describe("how often a notifier is called in each walk", () => {
  type Row = [
    name: string,
    bindings: [start: number, end: number][],
    punch: [start: number, end: number],
    exclusiveAsLast: [a: number, b: number],
    endMinus1: [a: number, b: number],
  ];

  const rows: Row[] = [
    ["W1", [[0, 512]], [0, 512], [2, 0], [1, 0]],
    ["W2", [[0, 512]], [448, 512], [2, 0], [1, 0]],
    [
      "W4",
      [
        [0, 512],
        [513, 1_024],
      ],
      [512, 513],
      [1, 1],
      [0, 0],
    ],
    [
      "W5",
      [
        [0, 512],
        [513, 1_024],
      ],
      [0, 1_024],
      [2, 3],
      [1, 2],
    ],
    ["W6", [[5, 1_005]], [5, 1_005], [3, 0], [3, 0]],
    ["W7", [[5, 1_005]], [0, 64], [2, 0], [1, 0]],
    ["W8", [[5, 1_005]], [100, 101], [1, 0], [1, 0]],
    ["W9", [[100, 262_244]], [0, 262_244], [5, 0], [5, 0]],
    ["W10", [[100, 262_244]], [4_000, 5_000], [2, 0], [2, 0]],
  ];

  it.each(rows)("%s", (_, bindings, [start, end], exclusiveAsLast, endMinus1) => {
    const calls = (mode: LastMode) => {
      const { bind, punch, told } = xarrayFile(mode);
      for (const [id, [first, past]] of bindings.entries()) expect(bind(id, first, past)).toEqual(OK);
      punch(start, end);
      const all = called(told);
      const times = (edge: string) =>
        ["A", "B"].map((name) => all.filter((text) => text === `${edge} ${name}`).length);
      expect(times("end")).toEqual(times("start"));
      return times("start");
    };
    expect(calls("exclusiveAsLast")).toEqual(exclusiveAsLast);
    expect(calls("endMinus1")).toEqual(endMinus1);
  });
});

describe("two punches", () => {
  const two = (choices: readonly string[]) => {
    const { rm, envOf, bind } = xarrayFile();
    bind(A, 0, 64);
    bind(B, 64, 128);
    const punch = (task: string, first: number) => (emit: (event: TestEvent) => void) =>
      restrictedmemPunchHole(envOf(task, emit), rm, PUNCH_MODE, bytesOf(first), bytesOf(8));
    const story: string[] = [];
    let inside = 0;
    let most = 0;
    const { putOffs } = rehearse<TestEvent>(
      { P: punch("P", 0), Q: punch("Q", 64) },
      {
        choices,
        watch: (task, events) => {
          story.push(...events.map((event) => `${task} ${short(event)}`));
          for (const { type } of events) {
            if (type === "walk.begun") most = Math.max(most, ++inside);
            if (type === "walk.ended") inside--;
          }
        },
      },
    );
    return { story, most, putOffs };
  };

  it("walk at once", () => {
    const { most, putOffs } = two(["P until walk.begun", "Q until walk.begun", "P to end", "Q to end"]);
    expect(most).toBe(2);
    expect(putOffs).toEqual([]);
  });

  it("free one after the other", () => {
    const { story, putOffs } = two(["P until lock.taken f0/inode->lock", "Q to end", "P to end"]);
    expect(putOffs).toMatchObject([{ task: "Q", at: "shmem: take the inner inode's lock" }]);
    expect(story.indexOf("Q shmem.punched")).toBeGreaterThan(story.indexOf("P lock.released f0/inode->lock"));
  });
});

it("a copy of the file shares nothing changeable with it", () => {
  const { rm, env, bind, allocate, bound } = xarrayFile();
  bind(A, 0, 64);
  allocate(0, 64);
  const copy = copyRestrictedmemXarray(rm);
  drive(restrictedmemPunchHole(env, copy, PUNCH_MODE, bytesOf(0), bytesOf(64)));
  drive(restrictedmemUnbind(env, copy, pgoff(0), pgoff(64), notifierRef(A)));
  copy.lock.holders.push({ task: "T", mode: "read" });
  expect(bound()).toEqual([[A, 0, 63]]);
  expect(pagesIn(rm.memfd, 0, 64)).toHaveLength(64);
  expect(rm.lock.holders).toEqual([]);
});
