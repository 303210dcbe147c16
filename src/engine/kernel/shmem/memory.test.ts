// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { ModelBug } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import { memoryCheck } from "./check.ts";
import { allocFolio, getFolio, headOf, orderOf, putFolio, refsOf, splitFolio } from "./folios.ts";
import { generationOf } from "./frames.ts";
import {
  copyMemory,
  type FolioOrder,
  framesLeft,
  type HostMemory,
  mayAllocate,
  newMemory,
} from "./memory.ts";
import { addMaps, isPoisoned, mapsOf, poison, setTag, tagOf, writerOf, writerTag } from "./tags.ts";

const GIB = 2 ** 18;
const pfn = (n: number) => n as Pfn;

/** A host of `frames` frames that has handed out folios of `orders`; their first frames. */
function handedOut(frames: number, ...orders: FolioOrder[]): { memory: HostMemory; pfns: (Pfn | null)[] } {
  const memory = newMemory(frames);
  return { memory, pfns: orders.map((order) => allocFolio(memory, order)) };
}

describe("what is handed out", () => {
  it.each<[string, number, FolioOrder[], (number | null)[]]>([
    ["single frames, from the lowest on", 4, [0, 0, 0], [0, 1, 2]],
    ["no more than there are", 2, [0, 0, 0], [0, 1, null]],
    [
      "2 MiB beside single frames, which go on in the 2 MiB that were broken for them",
      2048,
      [0, 9, 0],
      [0, 512, 1],
    ],
    ["no 2 MiB of what is left of them", 1024, [0, 9, 9, 0], [0, 512, null, 1]],
    ["no 2 MiB where a host ends within", 1000, [9, 9, 0], [0, null, 512]],
    ["1 GiB, beside others", 2 * GIB, [18, 9, 0, 18], [0, GIB, GIB + 512, null]],
    [
      "no 1 GiB where a host ends within, and its frames in order",
      GIB + 600,
      [18, 18, 9, 9, 0],
      [0, null, GIB, null, GIB + 512],
    ],
  ])("is %s", (_, frames, orders, expected) => {
    const { memory, pfns } = handedOut(frames, ...orders);
    expect(pfns).toEqual(expected);
    memoryCheck(memory);
  });

  it.each<[string, FolioOrder]>([
    ["a page", 0],
    ["2 MiB", 9],
    ["1 GiB", 18],
  ])("goes back to the list of its order: %s that was freed last is handed out first", (_, order) => {
    const { memory, pfns } = handedOut(3 * GIB, order, order, order);
    const [a, b] = pfns as [Pfn, Pfn];
    putFolio(memory, a);
    putFolio(memory, b);
    expect([allocFolio(memory, order), allocFolio(memory, order)]).toEqual([b, a]);
    expect([generationOf(memory, a), generationOf(memory, b)]).toEqual([1, 1]);
    memoryCheck(memory);
  });

  it("is broken where nothing smaller is free, the one freed last before what was never used", () => {
    const { memory, pfns } = handedOut(2 * GIB, 18);
    putFolio(memory, pfns[0] as Pfn);
    expect([allocFolio(memory, 0), allocFolio(memory, 9), allocFolio(memory, 18)]).toEqual([0, 512, GIB]);
    // It had been freed as a part of the 1 GiB, and remembers that.
    expect([generationOf(memory, pfn(0)), refsOf(memory, pfn(1023)), refsOf(memory, pfn(1024))]).toEqual([
      1, 1, 0,
    ]);
    memoryCheck(memory);
  });

  it.each<FolioOrder>([0, 9])(
    "is pages of zeroes with one reference, whoever had them before: order %i",
    (order) => {
      const { memory } = handedOut(1024, order);
      setTag(memory, pfn(0), writerTag(memory, "vm0/vcpu0"));
      putFolio(memory, pfn(0));
      // A stale reader still finds there what was written.
      expect(writerOf(memory, tagOf(memory, pfn(0)))).toBe("vm0/vcpu0");
      expect([allocFolio(memory, order), refsOf(memory, pfn(0)), tagOf(memory, pfn(0))]).toEqual([0, 1, 0]);
    },
  );
});

describe("references", () => {
  it("are those of the whole folio, whichever of its frames is named; with the last one all are free", () => {
    const { memory } = handedOut(2048, 0, 9);
    getFolio(memory, pfn(700));
    expect([refsOf(memory, pfn(512)), refsOf(memory, pfn(1023)), refsOf(memory, pfn(0))]).toEqual([2, 2, 1]);
    expect([orderOf(memory, pfn(700)), headOf(memory, pfn(700)), headOf(memory, pfn(0))]).toEqual([
      9, 512, 0,
    ]);
    expect([putFolio(memory, pfn(512)), generationOf(memory, pfn(700)), memory.framesUsed]).toEqual([
      1, 0, 513,
    ]);
    expect([putFolio(memory, pfn(1023)), generationOf(memory, pfn(700)), memory.framesUsed]).toEqual([
      0, 1, 1,
    ]);
    memoryCheck(memory);
  });

  it("to what is free are nobody's to take or to give back", () => {
    const { memory } = handedOut(16, 0);
    for (const act of [getFolio, putFolio, splitFolio])
      expect(() => act(memory, pfn(1))).toThrow("pfn 1 is free: nobody has a reference to it");
    expect(() => generationOf(memory, pfn(512))).toThrow(ModelBug);
  });
});

describe("a split", () => {
  it.each<[FolioOrder, number]>([
    [9, 512],
    [18, GIB],
  ])(
    "of order %i makes single pages, each with a reference of its own, and keeps what was written",
    (order, pages) => {
      const { memory } = handedOut(2 * GIB, order);
      setTag(memory, pfn(3), writerTag(memory, "w"));
      expect(splitFolio(memory, pfn(pages - 1))).toBe(true);
      expect([orderOf(memory, pfn(3)), refsOf(memory, pfn(0)), refsOf(memory, pfn(pages - 1))]).toEqual([
        0, 1, 1,
      ]);
      expect([tagOf(memory, pfn(3)), tagOf(memory, pfn(4)), memory.framesUsed]).toEqual([1, 0, pages]);
      expect(putFolio(memory, pfn(3))).toBe(0);
      expect(allocFolio(memory, 0)).toBe(3);
      memoryCheck(memory);
    },
  );

  it("is refused while somebody else has a reference, and changes nothing", () => {
    const { memory } = handedOut(2048, 9);
    getFolio(memory, pfn(3));
    expect(splitFolio(memory, pfn(0))).toBe(false);
    expect([orderOf(memory, pfn(3)), refsOf(memory, pfn(3))]).toEqual([9, 2]);
    memoryCheck(memory);
  });
});

describe("an allocation that is refused", () => {
  it.each<[string, Partial<HostMemory>, FolioOrder[], (number | null)[], number]>([
    [
      "one of those made to fail, each counted",
      { fails: [2, 4] },
      [0, 0, 9, 9, 0],
      [0, null, 512, null, 1],
      5,
    ],
    ["beyond the limit", { limit: 513 }, [9, 9, 0, 0], [0, null, 512, null], 4],
  ])("is %s", (_, more, orders, expected, tries) => {
    const memory = Object.assign(newMemory(2048), more);
    expect(orders.map((order) => allocFolio(memory, order))).toEqual(expected);
    expect(memory.tries).toBe(tries);
    memoryCheck(memory);
  });

  it("of anything else than a page counts too", () => {
    const memory = Object.assign(newMemory(16), { fails: [2] });
    expect([mayAllocate(memory), mayAllocate(memory), allocFolio(memory, 0)]).toEqual([true, false, 0]);
  });

  it.each([
    [null, 2047],
    [100, 99],
    [1, 0],
    [0, 0],
    [4096, 2047],
  ])("under a limit of %j: so many frames are left", (limit, left) => {
    const { memory } = handedOut(2048, 0);
    memory.limit = limit;
    expect(framesLeft(memory)).toBe(left);
  });
});

it("a bad page stays in use, and is not handed out again; a folio with one in it is put aside whole", () => {
  const { memory } = handedOut(1024, 9, 0, 0);
  poison(memory, pfn(5));
  poison(memory, pfn(513));
  poison(memory, pfn(5));
  expect(memory.poisoned).toEqual([5, 513]);
  expect([5, 6, 513].map((n) => isPoisoned(memory, pfn(n)))).toEqual([true, false, true]);
  expect(refsOf(memory, pfn(5))).toBe(1);
  for (const head of [0, 512, 513]) putFolio(memory, pfn(head));
  expect([memory.framesUsed, framesLeft(memory), generationOf(memory, pfn(5))]).toEqual([0, 511, 1]);
  memoryCheck(memory);
  expect([allocFolio(memory, 9), allocFolio(memory, 0), allocFolio(memory, 0)]).toEqual([null, 512, 514]);
});

it("leaves are counted by frame, through its lives: one that outlives its page is still there", () => {
  const { memory } = handedOut(2048, 9, 9);
  addMaps(memory, pfn(510), 4, 1);
  addMaps(memory, pfn(512), 1, 1);
  expect([509, 510, 511, 512, 513, 514].map((n) => mapsOf(memory, pfn(n)))).toEqual([0, 1, 1, 2, 1, 0]);
  putFolio(memory, pfn(512));
  allocFolio(memory, 9);
  expect(mapsOf(memory, pfn(512))).toBe(2);
  addMaps(memory, pfn(512), 2, -1);
  expect([mapsOf(memory, pfn(512)), mapsOf(memory, pfn(513))]).toEqual([1, 0]);
  expect(() => addMaps(memory, pfn(509), 1, -1)).toThrow("pfn 509: more leaves have gone than came");
});

it("writers have tags from 1 on, one each", () => {
  const memory = newMemory(16);
  expect(["a", "b", "a"].map((name) => writerTag(memory, name))).toEqual([1, 2, 1]);
  expect([0, 1, 2].map((tag) => writerOf(memory, tag))).toEqual([null, "a", "b"]);
});

it("copies share nothing changeable, in both directions", () => {
  const { memory } = handedOut(2048, 0, 9);
  setTag(memory, pfn(0), writerTag(memory, "a"));
  const was = structuredClone(memory);
  const copy = copyMemory(memory);
  const change = (one: HostMemory) => {
    for (const head of [0, 512]) putFolio(one, pfn(head));
    for (const order of [9, 9, 0, 0] as const) allocFolio(one, order);
    setTag(one, pfn(1), writerTag(one, "b"));
    addMaps(one, pfn(600), 2, 1);
    poison(one, pfn(1));
    one.fails.push(1);
  };
  change(copy);
  expect({ ...memory, own: was.own }).toEqual(was);
  const changed = structuredClone(copy);
  change(memory);
  expect({ ...copy, own: changed.own }).toEqual(changed);
});
