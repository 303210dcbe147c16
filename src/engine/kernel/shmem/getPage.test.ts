// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { pgoff } from "../../units.ts";
import { memoryCheck, shmemFileCheck } from "./check.ts";
import { findPage, newShmemFile, pagesIn, type ShmemFile } from "./file.ts";
import { putFolio, refsOf } from "./folios.ts";
import { type GotPage, getPage, getPages } from "./getPage.ts";
import { type FolioOrder, type HostMemory, newMemory } from "./memory.ts";
import { memoryFailure } from "./memoryFailure.ts";
import { isPoisoned } from "./tags.ts";

const GIB = 2 ** 18;

/** An empty file on a host of `frames` frames. */
function host(
  order: FolioOrder = 0,
  frames = 4096,
  more: Partial<HostMemory> = {},
  blocksMax: number | null = null,
) {
  const memory = Object.assign(newMemory(frames), { blocksMax, ...more });
  const file = newShmemFile("f0", 0n, order);
  return { memory, file, check: () => checked(memory, file) };
}

function checked(memory: HostMemory, file: ShmemFile): void {
  memoryCheck(memory);
  shmemFileCheck(memory, file);
}

const short = (got: GotPage) => (got.ok ? [got.pfn as number, got.order, got.refs] : got.errno);

describe("getPage()", () => {
  it("finds or allocates, looks at no i_size (T-n), and leaves a reference with the caller", () => {
    const { memory, file, check } = host();
    expect(short(getPage(memory, file, 3))).toEqual([0, 0, 2]);
    expect(short(getPage(memory, file, 3))).toEqual([0, 0, 3]);
    expect([file.iSize, file.nrpages, pagesIn(file, 0, 10)]).toEqual([0n, 1, [3]]);
    check();
    putFolio(memory, findPage(file, pgoff(3)) as never);
    expect(short(getPage(memory, file, 3))).toEqual([0, 0, 3]);
  });

  it.each<[string, FolioOrder, number, number, [first: number, pages: number]]>([
    ["2 MiB around the page", 9, 4096, 700, [512, 512]],
    ["2 MiB at the file's begin", 9, 4096, 0, [0, 512]],
    ["1 GiB", 18, 2 * GIB, GIB + 7, [GIB, GIB]],
    ["2 MiB where the host has no 1 GiB", 18, GIB - 1, 700, [512, 512]],
    ["a page where the host has no 2 MiB", 18, 500, 700, [700, 1]],
    ["the last 2 MiB of the largest file", 9, 4096, 2 ** 51 - 1, [2 ** 51 - 512, 512]],
  ])("allocates the largest folio that can be had: %s", (_, order, frames, index, [first, pages]) => {
    const { memory, file, check } = host(order, frames);
    const got = getPage(memory, file, index);
    expect(got).toMatchObject({ ok: true, pfn: index - first, refs: 2 });
    expect(file.nrpages).toBe(pages);
    for (const page of [first, first + pages - 1]) expect(findPage(file, pgoff(page))).toBe(page - first);
    for (const page of [first - 1, first + pages].filter((page) => page >= 0))
      expect(findPage(file, pgoff(page))).toBeNull();
    check();
  });

  it("allocates a page where another one lies in the 2 MiB around it", () => {
    const { memory, file, check } = host(9, 4096, { fails: [1] });
    expect(short(getPage(memory, file, 3))).toEqual([0, 0, 2]);
    expect(short(getPage(memory, file, 511))).toEqual([1, 0, 2]);
    expect(short(getPage(memory, file, 512))).toEqual([512, 9, 2]);
    check();
  });

  it("falls back to 2 MiB in 1 GiB where only some of the pages are there", () => {
    const { memory, file, check } = host(18, 2 * GIB, { fails: [1, 2] });
    expect(short(getPage(memory, file, 3))).toEqual([0, 0, 2]);
    expect(short(getPage(memory, file, 5))).toEqual([1, 0, 2]);
    expect(short(getPage(memory, file, 600))).toEqual([512 + 600 - 512, 9, 2]);
    check();
  });

  it.each<[string, number, Partial<HostMemory>, number | null, number, string]>([
    ["an index of 2^64 - 2^51, negative as a signed number (T-ah)", 4096, {}, null, -(2 ** 51), "EFBIG"],
    ["the first index that no file reaches", 4096, {}, null, 2 ** 51, "EFBIG"],
    ["a host without frames", 0, {}, null, 3, "ENOMEM"],
    ["the limit of memory (T-q)", 4096, { limit: 0 }, null, 3, "ENOMEM"],
    ["allocations that are made to fail, of each order", 4096, { fails: [1, 2] }, null, 3, "ENOMEM"],
    ["a mount that may hold no page more", 4096, {}, 0, 3, "ENOSPC"],
    ["a mount that is full before the host is", 0, {}, 0, 3, "ENOSPC"],
  ])("is refused: %s, and nothing changes", (_, frames, more, limit, index, errno) => {
    const { memory, file, check } = host(9, frames, more, limit);
    expect(getPage(memory, file, index)).toEqual({ ok: false, errno });
    expect([memory.framesUsed, file.nrpages, pagesIn(file, 0, 2 ** 51)]).toEqual([0, 0, []]);
    check();
  });

  it("a small mount has room for a page where it has none for 2 MiB", () => {
    const { memory, file } = host(9, 4096, {}, 511);
    expect(short(getPage(memory, file, 3))).toEqual([0, 0, 2]);
  });
});

describe("getPages()", () => {
  it("is the frames of a range, in order, those of a large folio too; nobody holds them then", () => {
    const { memory, file, check } = host(9, 4096, { fails: [1] });
    getPages(memory, file, 3, 4);
    const got = getPages(memory, file, 2, 514);
    expect(got).toEqual({
      ok: true,
      pfns: [1, 0, ...Array.from({ length: 508 }, (_, k) => k + 2), 512, 513],
    });
    expect([file.nrpages, refsOf(memory, 513 as never)]).toEqual([510 + 512, 1]);
    check();
  });

  it.each<[string, number, number]>([
    ["beyond every file", 2 ** 51, 2 ** 51 + 4],
    ["negative as a signed number (T-ah)", -(2 ** 51), 4 - 2 ** 51],
    ["within reach at first only", 2 ** 51 - 2, 2 ** 51 + 2],
  ])("is refused at indices %s, and nothing changes", (_, start, end) => {
    const { memory, file } = host();
    expect(getPages(memory, file, start, end)).toEqual({ ok: false, errno: "EFBIG" });
    expect([memory.framesUsed, file.nrpages, pagesIn(file, 0, 2 ** 51)]).toEqual([0, 0, []]);
  });

  it.each<[string, Partial<HostMemory>, number | null, string]>([
    ["the limit of memory", { limit: 514 }, null, "ENOMEM"],
    ["an allocation that is made to fail, and those after it", { fails: [4, 5] }, null, "ENOMEM"],
    ["a full mount", {}, 514, "ENOSPC"],
    [
      "a mount and a limit that are reached together: the mount is looked at first",
      { limit: 514 },
      514,
      "ENOSPC",
    ],
  ])("leaves nothing of what it added when it is refused: %s", (_, more, limit, errno) => {
    const { memory, file, check } = host(9, 4096, { ...more, fails: [1, ...(more.fails ?? [])] }, limit);
    expect(getPages(memory, file, 0, 1).ok).toBe(true);
    const used = memory.framesUsed;
    expect(getPages(memory, file, 510, 1026)).toEqual({ ok: false, errno });
    expect([pagesIn(file, 0, 4096), file.nrpages, memory.framesUsed]).toEqual([[0], 1, used]);
    check();
  });
});

describe("getPages() that can't succeed, of single pages", () => {
  it.each<[string, Partial<HostMemory>, number | null, string, number]>([
    ["an allocation far ahead fails", { fails: [1_000_001] }, null, "ENOMEM", 1_000_001],
    ["the limit comes before it", { fails: [1_000_001], limit: 1_000 }, null, "ENOMEM", 1_001],
    ["the mount is full before it", { fails: [1_000_001] }, 1_000, "ENOSPC", 1_000],
    ["the mount is full just before it", { fails: [1_001] }, 1_000, "ENOSPC", 1_000],
    ["no allocation fails, the host ends", {}, null, "ENOMEM", 0],
  ])(
    "touches no frame, and counts as if it had while one is still to fail: %s",
    (_, more, limit, errno, tries) => {
      const { memory, file } = host(0, 2 ** 22, more, limit);
      expect(getPages(memory, file, 0, 2 ** 40)).toEqual({ ok: false, errno });
      expect([memory.tries, memory.blocks.length, file.nrpages]).toEqual([tries, 0, 0]);
    },
  );

  it.each([0, 3])("counts as page after page does, up to the failure at %s pages of a mount", (room) => {
    for (const fails of [[3], [5]]) {
      const [atOnce, oneByOne] = [host(0, 4, { fails }, room), host(0, 4, { fails }, room)];
      const answer = getPages(atOnce.memory, atOnce.file, 0, 5);
      let errno: string | null = null;
      for (let index = 0; index < 5 && errno === null; index++) {
        const got = getPage(oneByOne.memory, oneByOne.file, index);
        if (!got.ok) errno = got.errno;
      }
      expect(answer).toEqual({ ok: false, errno });
      expect(atOnce.memory.tries).toBe(oneByOne.memory.tries);
    }
  });
});

it("a bad page is handed out all the same: nobody looks (v10, review)", () => {
  const { memory, file } = host(9);
  expect(memoryFailure(memory, file, pgoff(3))).toBeNull();
  expect(short(getPage(memory, file, 0))).toEqual([0, 9, 2]);
  expect(memoryFailure(memory, file, pgoff(3))).toBe(3);
  expect([2, 3].map((pfn) => isPoisoned(memory, pfn as never))).toEqual([false, true]);
  expect(short(getPage(memory, file, 3))).toEqual([3, 9, 3]);
});
