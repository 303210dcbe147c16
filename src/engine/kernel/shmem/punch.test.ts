// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { OK } from "../../errno.ts";
import { drive } from "../../sim/drive.ts";
import { step } from "../../sim/gate.ts";
import { rehearse } from "../../sim/rehearse.ts";
import { shmemHost, type Told, work } from "./fixture.ts";
import { getFolio, putFolio, refsOf } from "./folios.ts";
import { getPage } from "./getPage.ts";
import { addMaps, setTag, tagOf, writerTag } from "./tags.ts";

const GIB = 2 ** 18;

/** A file of four 2 MiB folios, every page written by "w". */
function fourFolios(pagesPerStep: number | null = null) {
  const on = shmemHost({ frames: 2560, order: 9, env: { pagesPerStep } });
  on.allocate(0, 2048);
  for (let index = 0; index < 2048; index++) setTag(on.memory, on.pfn(index), writerTag(on.memory, "w"));
  return on;
}

/** The runs [first, past, tag] of pages that are there and were written by the same. */
const written = ({ pages, pfn, memory }: ReturnType<typeof shmemHost>) => {
  const runs: [number, number, number][] = [];
  for (const index of pages()) {
    const [newest, tag] = [runs.at(-1), tagOf(memory, pfn(index))];
    if (newest && newest[1] === index && newest[2] === tag) newest[1]++;
    else runs.push([index, index + 1, tag]);
  }
  return runs;
};

describe("a punch of a file with large folios", () => {
  it.each<[string, number, number, [number, number, number][], object]>([
    [
      "one whole",
      512,
      1024,
      [
        [0, 512, 1],
        [1024, 2048, 1],
      ],
      { pages: 512, freed: [[512, 1024]] },
    ],
    [
      "the inside of one: zeroed, split, freed (T-m3)",
      515,
      520,
      [
        [0, 515, 1],
        [520, 2048, 1],
      ],
      { pages: 5, freed: [[515, 520]], zeroed: [[515, 520]], split: [512] },
    ],
    [
      "one whole and parts of its neighbours",
      500,
      1030,
      [
        [0, 500, 1],
        [1030, 2048, 1],
      ],
      {
        pages: 530,
        freed: [[500, 1030]],
        zeroed: [
          [500, 512],
          [1024, 1030],
        ],
        split: [0, 1024],
      },
    ],
    [
      "from a folio's begin into the next",
      0,
      514,
      [[514, 2048, 1]],
      { pages: 514, freed: [[0, 514]], zeroed: [[512, 514]], split: [512] },
    ],
    [
      "all but a folio's first page",
      1,
      512,
      [
        [0, 1, 1],
        [512, 2048, 1],
      ],
      { pages: 511, freed: [[1, 512]], zeroed: [[1, 512]], split: [0] },
    ],
    ["beyond its end", 2048, 4096, [[0, 2048, 1]], { pages: 0, freed: [] }],
  ])("%s", (_, start, end, left, event) => {
    const on = fourFolios();
    expect(on.punch(start, end)).toEqual(OK);
    expect(written(on)).toEqual(left);
    expect(work(on.told)).toEqual([{ type: "shmem.punched", file: "f0", start, end, ...event }]);
    expect(on.memory.framesUsed).toBe(on.file.nrpages);
  });

  it("leaves a folio whole that somebody holds: zeroed in part, and not freed (T-m3)", () => {
    const on = fourFolios();
    getFolio(on.memory, on.pfn(700));
    const pfn = on.pfn(520);
    expect(on.punch(500, 520)).toEqual(OK);
    expect(written(on)).toEqual([
      [0, 500, 1],
      [512, 520, 0],
      [520, 2048, 1],
    ]);
    expect(work(on.told)).toEqual([
      {
        ...{ type: "shmem.punched", file: "f0", start: 500, end: 520, pages: 12, freed: [[500, 512]] },
        ...{ zeroed: [[500, 520]], split: [0], whole: [512] },
      },
    ]);
    // Once it is put back, the same hole is one.
    putFolio(on.memory, pfn);
    on.punch(500, 520);
    expect(written(on)).toEqual([
      [0, 500, 1],
      [520, 2048, 1],
    ]);
  });

  it("drops a folio that lies whole in the hole, whoever holds it: it is free when that is put back (I12)", () => {
    const on = fourFolios();
    const pfn = on.pfn(700);
    getFolio(on.memory, pfn);
    on.punch(512, 1536);
    expect(work(on.told)).toMatchObject([{ pages: 1024, freed: [[512, 1536]], held: [[512, 1024]] }]);
    expect([on.memory.framesUsed, on.file.nrpages, refsOf(on.memory, pfn)]).toEqual([1536, 1024, 1]);
    expect(putFolio(on.memory, pfn)).toBe(0);
    expect(on.memory.framesUsed).toBe(1024);
    on.check();
  });

  it("tells which pages some leaf still mapped when they left", () => {
    const on = fourFolios();
    addMaps(on.memory, on.pfn(510), 2, 1);
    addMaps(on.memory, on.pfn(600), 1, 1);
    addMaps(on.memory, on.pfn(1040), 1, 1);
    on.punch(511, 1040);
    expect(work(on.told)).toMatchObject([
      {
        mapped: [
          [511, 512],
          [600, 601],
        ],
      },
    ]);
  });

  it("splits 1 GiB into pages at once", () => {
    const on = shmemHost({ frames: 2 * GIB, order: 18 });
    getPage(on.memory, on.file, GIB);
    // Without the check after each call, which takes seconds for so many pages.
    const punch = () => drive(on.punching(GIB + 5, GIB + 10)((event) => on.told.push(event)));
    expect(punch()).toEqual(OK);
    expect(work(on.told)[0]).toMatchObject({ pages: 0, zeroed: [[GIB + 5, GIB + 10]], whole: [GIB] });
    putFolio(on.memory, on.pfn(GIB));
    expect(punch()).toEqual(OK);
    expect([on.file.nrpages, on.memory.framesUsed]).toEqual([GIB - 5, GIB - 5]);
    expect(work(on.told)[1]).toMatchObject({ pages: 5, split: [GIB] });
    expect(on.pfn(GIB + 10) - on.pfn(GIB)).toBe(10);
  });
});

it("of single pages tells which are held and which are mapped, too", () => {
  const on = shmemHost();
  on.allocate(0, 8);
  for (const index of [1, 2, 5]) getFolio(on.memory, on.pfn(index));
  for (const index of [2, 3, 7]) addMaps(on.memory, on.pfn(index), 1, 1);
  on.punch(0, 7);
  expect(work(on.told)).toEqual([
    {
      ...{ type: "shmem.punched", file: "f0", start: 0, end: 7, pages: 7, freed: [[0, 7]] },
      ...{
        held: [
          [1, 3],
          [5, 6],
        ],
        mapped: [[2, 4]],
      },
    },
  ]);
});

describe("a punch cut into steps", () => {
  /** What the parts tell: [start, end, pages]. */
  const parts = (told: readonly Told[]) =>
    work(told).map((event) => (event.type === "shmem.punched" ? [event.start, event.end, event.pages] : []));

  it.each<[string, number, number, number, number[][]]>([
    [
      "one page a step",
      1,
      2,
      7,
      [
        [2, 4, 1],
        [4, 5, 1],
        [5, 7, 1],
      ],
    ],
    [
      "two pages a step",
      2,
      2,
      7,
      [
        [2, 5, 2],
        [5, 7, 1],
      ],
    ],
    ["as many as there are", 3, 2, 7, [[2, 7, 3]]],
    ["nothing but holes", 1, 8, 16, [[8, 16, 0]]],
    ["no whole page", 1, 8, 8, [[8, 8, 0]]],
  ])("of single pages: %s", (_, pagesPerStep, start, end, expected) => {
    const on = shmemHost({ env: { pagesPerStep } });
    for (const index of [1, 2, 4, 5, 7]) getPage(on.memory, on.file, index);
    expect(on.punch(start, end)).toEqual(OK);
    expect(parts(on.told)).toEqual(expected);
    expect(on.pages()).toEqual([1, 2, 4, 5, 7].filter((index) => index < start || index >= end));
  });

  it.each<[string, number, number, number, number[][]]>([
    [
      "a folio counts whole",
      1,
      0,
      1024,
      [
        [0, 512, 512],
        [512, 1024, 512],
      ],
    ],
    [
      "folios whole before those at the edges",
      600,
      500,
      1540,
      [
        [512, 1024, 512],
        [1024, 1536, 512],
        [500, 512, 12],
        [1536, 1540, 4],
      ],
    ],
    [
      "nothing lies between the edges",
      1,
      500,
      520,
      [
        [500, 512, 12],
        [512, 520, 8],
      ],
    ],
    ["both edges in one folio", 1, 3, 5, [[3, 5, 2]]],
  ])("of large folios: %s", (_, pagesPerStep, start, end, expected) => {
    const on = fourFolios(pagesPerStep);
    expect(on.punch(start, end)).toEqual(OK);
    expect(parts(on.told)).toEqual(expected);
    expect(on.pages()).toHaveLength(2048 - (end - start));
  });

  it("tells one folio that stays whole once, though both edges lie in it", () => {
    const on = fourFolios(1);
    getFolio(on.memory, on.pfn(0));
    on.punch(3, 5);
    expect(work(on.told)).toMatchObject([{ start: 3, end: 5, pages: 0, zeroed: [[3, 5]], whole: [0] }]);
  });

  it("lets others run between its parts, under one and the same gate; a page that comes back behind it stays", () => {
    const on = shmemHost({ env: { pagesPerStep: 1 } });
    on.allocate(0, 3);
    const { steps } = rehearse<Told>(
      {
        P: on.punching(0, 3),
        *G() {
          yield* step("test: a page is got", () => getPage(on.memory, on.file, 0));
        },
      },
      { choices: ["P*2", "G to end", "P to end"], watch: () => on.check() },
    );
    expect(steps.map(({ task, events }) => `${"PG"[task]} ${events.map(({ type }) => type)}`)).toEqual([
      "P lock.taken",
      "P shmem.punched",
      "G ",
      "P shmem.punched",
      "P shmem.punched",
      "P lock.released",
    ]);
    const told = steps.flatMap(({ events }) => events.filter(({ type }) => type === "shmem.punched"));
    expect(told.map((event) => "more" in event)).toEqual([true, true, false]);
    expect(new Set(steps.slice(1, -1).flatMap(({ task, at }) => (task === 0 ? [at.at(-1)] : []))).size).toBe(
      1,
    );
    expect(on.pages()).toEqual([0]);
  });
});
