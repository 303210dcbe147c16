// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { type Errno, fail, OK } from "../../errno.ts";
import { type Path, step } from "../../sim/gate.ts";
import { rehearse } from "../../sim/rehearse.ts";
import { bytesOf, LOFF_MAX, PAGE_SIZE } from "../../units.ts";
import { FALLOC_FL } from "./falloc.ts";
import { type ShmemHost, shmemHost, type Told, work } from "./fixture.ts";
import { getPage, getPages } from "./getPage.ts";
import type { HostMemory } from "./memory.ts";
import { shmemSetattrSize } from "./newSize.ts";

/** All that a call could have changed, but how often frames were freed. */
const stateOf = ({ file, memory, pages }: ShmemHost) => ({
  pages: pages(),
  size: file.iSize,
  ...{ nrpages: file.nrpages, used: memory.framesUsed, adding: file.adding.slice() },
});

describe("an allocation in a file with large folios", () => {
  it.each<[string, number, number, number, { 9: number; 18: number }]>([
    ["of whole ones", 0, 1024, 1024, { 9: 2, 18: 0 }],
    ["of parts of them: they reach beyond it", 500, 520, 1024, { 9: 2, 18: 0 }],
    ["where pages are there already", 0, 10, 0, { 9: 0, 18: 0 }],
  ])("%s", (_, start, end, pages, orders) => {
    const on = shmemHost({ order: 9 });
    if (pages === 0) getPage(on.memory, on.file, 3);
    expect(on.allocate(start, end)).toEqual(OK);
    const told = { type: "shmem.allocated", file: "f0", start, end, pages, ...(pages > 0 && { orders }) };
    expect(work(on.told)).toEqual([told]);
    expect(on.pages()).toHaveLength(Math.max(pages, 512));
  });

  it("takes 1 GiB, and 2 MiB where there is no more", () => {
    const on = shmemHost({ order: 18, frames: 2 ** 18 + 1024 });
    on.allocate(0, 2 ** 18 + 513);
    expect(work(on.told)).toMatchObject([{ pages: 2 ** 18 + 1024, orders: { 9: 2, 18: 1 } }]);
  });
});

describe("an allocation that is refused leaves all as it was", () => {
  const CASES: [string, Errno, (on: ShmemHost) => void][] = [
    ["a pending signal", "EINTR", () => {}],
    ["the file size rlimit", "EFBIG", () => {}],
    [
      "more pages than the mount may hold",
      "ENOSPC",
      ({ memory }) => Object.assign(memory, { blocksMax: 1023 }),
    ],
    ["a mount that fills up", "ENOSPC", ({ memory }) => Object.assign(memory, { blocksMax: 1024 })],
    ["a limit of memory that 2 MiB reach", "ENOMEM", ({ memory }) => Object.assign(memory, { limit: 1024 })],
    ["an allocation that fails, of each order", "ENOMEM", ({ memory }) => failing(memory, 2, 3)],
  ];
  const failing = (memory: HostMemory, ...ordinals: number[]) =>
    memory.fails.push(...ordinals.map((ordinal) => memory.tries + ordinal));

  for (const pagesPerStep of [null, 1])
    it.each(CASES)(`%s is %s, ${pagesPerStep ?? "all"} pages a step`, (_, errno, prepare) => {
      const env = {
        pagesPerStep,
        fsizeMax: errno === "EFBIG" ? bytesOf(1028) - 1n : null,
        signalPending: () => errno === "EINTR",
      };
      const on = shmemHost({ order: 9, env });
      getPage(on.memory, on.file, 2000);
      prepare(on);
      const before = stateOf(on);
      expect(on.allocate(4, 1028, 0)).toEqual(fail(errno));
      expect(stateOf(on)).toEqual(before);
      // What was told as added is told as taken back, page by page.
      const [come, gone] = ["shmem.allocated", "shmem.punched"].map((type) =>
        work(on.told).reduce(
          (sum, event) => sum + (event.type === type && "pages" in event ? event.pages : 0),
          0,
        ),
      );
      expect(gone).toBe(come);
      expect(on.told.at(-1)?.type).toBe("lock.released");
    });

  it("and the next one is given the same frames", () => {
    const on = shmemHost();
    on.allocate(0, 4);
    failing(on.memory, 3);
    expect(on.allocate(2, 8)).toEqual(fail("ENOMEM"));
    on.allocate(4, 8);
    expect([4, 5, 6, 7].map(on.pfn)).toEqual([4, 5, 6, 7]);
  });

  it("more pages than the mount may hold is refused for the asking, though all are there", () => {
    const on = shmemHost();
    on.allocate(0, 8);
    on.memory.blocksMax = 4;
    expect([on.allocate(0, 4), on.allocate(0, 5)]).toEqual([OK, fail("ENOSPC")]);
  });
});

describe("an allocation cut into steps", () => {
  it.each<[string, 0 | 9, number, number, number[][]]>([
    [
      "a page a step",
      0,
      1,
      4,
      [
        [2, 4, 1],
        [4, 5, 1],
        [5, 8, 1],
      ],
    ],
    [
      "two pages a step",
      0,
      2,
      4,
      [
        [2, 5, 2],
        [5, 8, 1],
      ],
    ],
    [
      "2 MiB a step, a folio always whole",
      9,
      1,
      1,
      [
        [2, 512, 512],
        [512, 1024, 512],
        [1024, 1100, 512],
      ],
    ],
    [
      "no 2 MiB more than 1,024 pages hold",
      9,
      1100,
      1,
      [
        [2, 1024, 1024],
        [1024, 1100, 512],
      ],
    ],
  ])("%s: each tells its part", (_, order, pagesPerStep, there, expected) => {
    const on = shmemHost({ order, env: { pagesPerStep } });
    if (order === 0) for (const index of [3, 6, 7].slice(0, there)) getPage(on.memory, on.file, index);
    expect(on.allocate(2, order === 0 ? 8 : 1100)).toEqual(OK);
    expect(
      work(on.told).map((event) =>
        event.type === "shmem.allocated" ? [event.start, event.end, event.pages] : [],
      ),
    ).toEqual(expected);
    expect(on.file.adding).toEqual([]);
  });

  /** The allocation of pages [0, 4), a page a step, with `act` after its second page; a signal comes then. */
  function interrupted(act: (on: ShmemHost) => void): { on: ShmemHost; steps: string[] } {
    let signal = false;
    const on = shmemHost({ env: { pagesPerStep: 1, signalPending: () => signal } });
    const between = function* (): Path<void> {
      yield* step("test: something comes between", () => {
        act(on);
        signal = true;
      });
    };
    const { steps } = rehearse<Told>(
      { A: on.allocating(0, 4), B: between },
      { choices: ["A*3", "B to end", "A to end"], watch: () => on.check() },
    );
    return { on, steps: steps.flatMap(({ events }) => work(events).map((event) => JSON.stringify(event))) };
  }

  it("takes back what it had added when a signal comes, and tells so", () => {
    const { on, steps } = interrupted(() => {});
    expect(on.pages()).toEqual([]);
    expect(JSON.parse(steps.at(-1) ?? "")).toEqual({
      ...{ type: "shmem.punched", file: "f0", start: 0, end: 2, pages: 2, freed: [[0, 2]], undone: true },
    });
  });

  it.each<[string, (on: ShmemHost) => void]>([
    ["a page", ({ memory, file }) => getPage(memory, file, 1)],
    ["pages", ({ memory, file }) => getPages(memory, file, 1, 2)],
  ])("leaves %s that somebody has got meanwhile", (_, act) => {
    const { on, steps } = interrupted(act);
    expect(on.pages()).toEqual([1]);
    expect(JSON.parse(steps.at(-1) ?? "")).toMatchObject({ pages: 1, freed: [[0, 1]], undone: true });
  });

  it("tells nothing of what is taken back in the step that added it", () => {
    const on = shmemHost({ env: { pagesPerStep: 8 } });
    on.memory.fails = [3];
    expect(on.allocate(0, 8)).toEqual(fail("ENOMEM"));
    expect(work(on.told)).toEqual([]);
    expect(on.pages()).toEqual([]);
  });
});

describe("the size", () => {
  const size = 10n * PAGE_SIZE;

  const askedBy = (fsizeMax: bigint | null) => ({ task: "T", fsizeMax, emit: () => {} });

  it.each<[string, bigint | null, bigint, Errno | null]>([
    ["no rlimit", null, LOFF_MAX, null],
    ["more than any file may have", null, LOFF_MAX + 1n, "EFBIG"],
    ["up to the rlimit", size, size, null],
    ["a byte beyond the rlimit", size, size + 1n, "EFBIG"],
  ])("is set once from 0, or refused: %s", (_, fsizeMax, newSize, errno) => {
    const { file } = shmemHost();
    expect(shmemSetattrSize(askedBy(fsizeMax), file, newSize)).toEqual(errno === null ? OK : fail(errno));
    expect(file.iSize).toBe(errno === null ? newSize : 0n);
  });

  it("is not set to less than it is: no caller does", () => {
    expect(() => shmemSetattrSize(askedBy(null), shmemHost({ pages: 2 }).file, 1n)).toThrow("below");
  });

  it.each<[string, number, bigint, Errno | null]>([
    ["beyond the rlimit", 0, size + 1n, "EFBIG"],
    ["beyond the rlimit, though the size would stay", FALLOC_FL.KEEP_SIZE, size + 1n, "EFBIG"],
    ["inside of the size, whatever the rlimit", 0, 2n * PAGE_SIZE, null],
  ])("limits an allocation: %s", (_, mode, len, errno) => {
    const on = shmemHost({ pages: 2, env: { fsizeMax: len > bytesOf(2) ? size : 0n } });
    expect(on.fallocate(mode, 0n, len)).toEqual(errno === null ? OK : fail(errno));
    expect(work(on.told)).toHaveLength(errno === null ? 1 : 0);
    expect(on.file.iSize).toBe(bytesOf(2));
  });

  it("does not limit a punch", () => {
    const on = shmemHost({ env: { fsizeMax: 0n, signalPending: () => true } });
    getPage(on.memory, on.file, 3);
    expect(on.punch(0, 8)).toEqual(OK);
    expect(on.pages()).toEqual([]);
  });
});
