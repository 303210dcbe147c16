// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { fail, OK } from "../../errno.ts";
import { rehearse } from "../../sim/rehearse.ts";
import { bytesOf, LOFF_MAX, loff, PAGE_SIZE, type Pfn, pgoff } from "../../units.ts";
import { FALLOC_FL, PUNCH_MODE } from "./falloc.ts";
import { shmemHost, type Told } from "./fixture.ts";
import { shmemFallocate } from "./fallocate.ts";
import { copyShmemFile, countHoles, findPage, pagesIn } from "./file.ts";
import { putFolio } from "./folios.ts";
import { generationOf } from "./frames.ts";
import { getPages } from "./getPage.ts";
import { copyMemory, framesLeft, type HostMemory, newMemory } from "./memory.ts";
import { runsOf } from "./runs.ts";

/** How often each of the first `frames` frames has been freed. */
const generations = (memory: HostMemory, frames: number) =>
  Array.from({ length: frames }, (_, pfn) => generationOf(memory, pfn as Pfn));

/** A host with one file `f0` of `pages` pages, none of them there; `frames` frames are free on it. */
const host = (pages: number, frames?: number) => shmemHost({ pages, frames });

describe("an allocation", () => {
  it("adds the pages that it touches, one event and three steps for all of them", () => {
    const { allocate, pages, told } = host(8);
    expect(allocate(2, 5)).toEqual(OK);
    expect(pages()).toEqual([2, 3, 4]);
    expect(told).toEqual([
      { type: "lock.taken", lock: "f0/inode->lock", mode: "write" },
      { type: "shmem.allocated", file: "f0", start: 2, end: 5, pages: 3 },
      { type: "lock.released", lock: "f0/inode->lock", mode: "write" },
    ]);
  });

  it("leaves the pages that are there as they are, frame and generation", () => {
    const { allocate, file, memory, told } = host(8);
    allocate(2, 4);
    const frames = [2, 3].map((index) => findPage(file, pgoff(index)));
    expect(allocate(0, 6)).toEqual(OK);
    expect([2, 3].map((index) => findPage(file, pgoff(index)))).toEqual(frames);
    expect(told[1]).toMatchObject({ start: 0, end: 6, pages: 4 });
    expect(generations(memory, 6)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each([
    ["a byte", 0n, 1n, [0]],
    ["the last byte of a page", 4095n, 1n, [0]],
    ["two bytes across a page's end", 4095n, 2n, [0, 1]],
    ["a page less a byte", 0n, 4095n, [0]],
    ["a page from its second byte on", 1n, 4096n, [0, 1]],
  ])("of %s counts a partly touched page whole", (_, offset, len, expected) => {
    const { fallocate, pages } = host(8);
    expect(fallocate(0, offset, len)).toEqual(OK);
    expect(pages()).toEqual(expected);
  });

  it("beyond i_size makes the file larger, to the byte (T-p), unless KEEP_SIZE is set", () => {
    const { fallocate, file, pages } = host(0);
    expect(fallocate(FALLOC_FL.KEEP_SIZE, 0n, 100n)).toEqual(OK);
    expect(file.iSize).toBe(0n);
    expect(fallocate(0, 0n, 100n)).toEqual(OK);
    expect(file.iSize).toBe(100n);
    expect(pages()).toEqual([0]);
  });

  it("inside i_size leaves the size alone", () => {
    const { allocate, file } = host(8);
    expect(allocate(2, 5, 0)).toEqual(OK);
    expect(file.iSize).toBe(8n * PAGE_SIZE);
    expect(allocate(7, 9, 0)).toEqual(OK);
    expect(file.iSize).toBe(9n * PAGE_SIZE);
  });

  it("of more pages than the host has frames is ENOMEM, and leaves pages, frames and size as they were", () => {
    const { allocate, file, memory, pages, told } = host(0, 3);
    expect(allocate(10, 12)).toEqual(OK);
    const before = copyMemory(memory);
    expect(allocate(8, 12, 0)).toEqual(fail("ENOMEM"));
    expect(pages()).toEqual([10, 11]);
    expect({ ...memory, own: before.own }).toEqual(before);
    expect(file.iSize).toBe(0n);
    expect(told.map(({ type }) => type)).toEqual(["lock.taken", "lock.released"]);
    expect(file.inodeLock.holders).toEqual([]);
  });

  it("needs frames only for the pages that are not there", () => {
    const { allocate, pages, memory } = host(0, 3);
    expect(allocate(10, 12)).toEqual(OK);
    expect(allocate(10, 13)).toEqual(OK);
    expect(pages()).toEqual([10, 11, 12]);
    expect(framesLeft(memory)).toBe(0);
  });

  it("of the largest range that the system call lets through is ENOMEM, at once", () => {
    const { fallocate, pages } = host(0);
    expect(fallocate(0, 0n, LOFF_MAX)).toEqual(fail("ENOMEM"));
    expect(pages()).toEqual([]);
  });
});

describe("a punch", () => {
  it("frees the pages of its range and tells them as runs; holes in it are nothing", () => {
    const { allocate, punch, pages, told } = host(16);
    for (const [start, end] of [
      [0, 4],
      [6, 8],
      [9, 12],
    ] as const)
      allocate(start, end);
    expect(punch(2, 10)).toEqual(OK);
    expect(pages()).toEqual([0, 1, 10, 11]);
    expect(told[1]).toEqual({
      type: "shmem.punched",
      file: "f0",
      start: 2,
      end: 10,
      pages: 5,
      freed: [
        [2, 4],
        [6, 8],
        [9, 10],
      ],
    });
  });

  it("leaves a page alone that lies in its range only in part", () => {
    const { allocate, fallocate, pages } = host(8);
    allocate(0, 4);
    fallocate(PUNCH_MODE, 1n, 2n * PAGE_SIZE);
    expect(pages()).toEqual([0, 2, 3]);
    fallocate(PUNCH_MODE, 2n * PAGE_SIZE, PAGE_SIZE - 1n);
    expect(pages()).toEqual([0, 2, 3]);
    fallocate(PUNCH_MODE, 100n, 100n);
    expect(pages()).toEqual([0, 2, 3]);
  });

  it("lets the generation of each freed frame grow, so that whoever remembers it knows", () => {
    const { allocate, punch, file, memory } = host(4);
    allocate(0, 2);
    const kept = findPage(file, pgoff(0)) as Pfn;
    const freed = findPage(file, pgoff(1)) as Pfn;
    punch(1, 2);
    expect([generationOf(memory, kept), generationOf(memory, freed)]).toEqual([0, 1]);
    // The frame goes to another page, and its generation stays: the old owner's is one too old.
    allocate(3, 4);
    expect(findPage(file, pgoff(3))).toBe(freed);
    expect(generationOf(memory, freed)).toBe(1);
  });

  it("gives frames back: the one freed last is handed out first, before any new one", () => {
    const { allocate, punch, memory, file } = host(8);
    allocate(0, 3);
    punch(0, 3);
    expect(framesLeft(memory)).toBe(memory.frames);
    allocate(4, 8);
    expect([4, 5, 6, 7].map((index) => findPage(file, pgoff(index)))).toEqual([2, 1, 0, 3]);
    expect(generations(memory, 4)).toEqual([1, 1, 1, 0]);
  });

  it("beyond i_size is legal, and frees what lies there", () => {
    const { allocate, punch, pages, file } = host(4);
    allocate(20, 24);
    expect(punch(16, 22)).toEqual(OK);
    expect(pages()).toEqual([22, 23]);
    expect(file.iSize).toBe(bytesOf(4));
    expect(punch(2 ** 51 - 2, 2 ** 51 - 1)).toEqual(OK);
  });

  it("of nothing but holes frees nothing and says so", () => {
    const { punch, told, memory } = host(8);
    expect(punch(0, 8)).toEqual(OK);
    expect(told[1]).toMatchObject({ pages: 0, freed: [] });
    expect(memory).toEqual(newMemory(memory.frames));
  });
});

it.each(["COLLAPSE_RANGE", "ZERO_RANGE", "INSERT_RANGE", "UNSHARE_RANGE"] as const)(
  "tmpfs has no %s: EOPNOTSUPP, before any lock",
  (name) => {
    const { fallocate, told } = host(8);
    expect(fallocate(FALLOC_FL[name], 0n, 4096n)).toEqual(fail("EOPNOTSUPP"));
    expect(told).toEqual([]);
  },
);

it("two calls on one file free and add one after the other, never at once", () => {
  const { env, file } = host(8);
  const task = (mode: number) => (emit: (event: Told) => void) =>
    shmemFallocate({ ...env(emit), task: String(mode) }, "f0", file, mode, loff(0n), loff(PAGE_SIZE));
  const { steps, putOffs } = rehearse<Told>(
    { A: task(FALLOC_FL.KEEP_SIZE), P: task(PUNCH_MODE) },
    { choices: ["A until lock.taken", "P to end", "A to end"] },
  );
  expect(steps.flatMap(({ task: who, events }) => events.map(({ type }) => `${"AP"[who]} ${type}`))).toEqual([
    "A lock.taken",
    "P lock.waited",
    "A shmem.allocated",
    "A lock.released",
    "P lock.taken",
    "P shmem.punched",
    "P lock.released",
  ]);
  expect(putOffs).toHaveLength(1);
});

describe("the file and the host", () => {
  it("getPages() finds or allocates, and looks at no i_size (T-n)", () => {
    const { memory, file } = host(0);
    expect(findPage(file, pgoff(3))).toBeNull();
    const got = getPages(memory, file, 3, 4);
    expect(got).toEqual({ ok: true, pfns: [0] });
    expect(getPages(memory, file, 3, 4)).toEqual(got);
    expect(file.iSize).toBe(0n);
    expect(countHoles(file, 2, 6)).toBe(3);
  });

  it("copies share nothing changeable", () => {
    const { allocate, file, memory } = host(8);
    allocate(0, 2);
    const [otherFile, otherMemory] = [copyShmemFile(file), copyMemory(memory)];
    expect(pagesIn(otherFile, 0, 8)).toEqual([0, 1]);
    getPages(otherMemory, otherFile, 5, 6);
    putFolio(otherMemory, 0 as Pfn);
    otherFile.inodeLock.holders.push({ task: "T", mode: "write" });
    expect(pagesIn(file, 0, 8)).toEqual([0, 1]);
    expect([generations(memory, 2), memory.framesUsed]).toEqual([[0, 0], 2]);
    expect(file.inodeLock.holders).toEqual([]);
  });

  it("a frame that was never handed out has no generation", () => {
    expect(() => generationOf(newMemory(), 0 as Pfn)).toThrow("pfn 0 was never handed out");
  });

  it.each([
    [[], []],
    [[3], [[3, 4]]],
    [
      [0, 1, 2, 5, 7, 8],
      [
        [0, 3],
        [5, 6],
        [7, 9],
      ],
    ],
  ])("pages %j are the runs %j", (pages, runs) => {
    expect(runsOf(pages)).toEqual(runs);
  });
});
