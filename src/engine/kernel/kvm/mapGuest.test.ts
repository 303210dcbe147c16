// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { fail, OK } from "../../errno.ts";
import { drive } from "../../sim/drive.ts";
import { rehearse } from "../../sim/rehearse.ts";
import { gfn, loff, PAGE_SIZE, pgoff } from "../../units.ts";
import { PUNCH_MODE } from "../shmem/falloc.ts";
import { shmemFallocate } from "../shmem/fallocate.ts";
import { findPage, pagesIn } from "../shmem/file.ts";
import { generationOf } from "../shmem/frames.ts";
import { framesLeft, newMemory } from "../shmem/memory.ts";
import { tdpLeavesIn } from "../tdp/leaves.ts";
import { tdpLeafAt } from "../tdp/walk.ts";
import { type TestEvent, type TestHost, testHost, visibleSlot } from "./fixture.ts";
import { mmuInvalidateBegin, mmuInvalidateEnd, mmuInvalidateRangeAdd } from "./invalidate.ts";
import { kvmMapGuest } from "./mapGuest.ts";

const leafAt = (on: TestHost, at: number) => tdpLeafAt(on.vm0.tdp, at);

/** vm0: slot 0 = gfn [0, 16) on file page 8, slot 1 = [16, 32) on file page 100, slot 2 = [40, 48) ordinary. */
function host(frames?: number): TestHost {
  const made = testHost(newMemory(frames));
  visibleSlot(made, made.vm0, 0, 0, 16, 8);
  visibleSlot(made, made.vm0, 1, 16, 16, 100);
  visibleSlot(made, made.vm0, 2, 40, 8, null);
  return made;
}

const touch = (on: TestHost, first: number, pages: number) =>
  drive(kvmMapGuest(on.env(), "vm0", gfn(first), pages));

const punch = (on: TestHost, first: number, pages: number) =>
  drive(
    shmemFallocate(
      on.env(),
      "f0",
      on.file,
      PUNCH_MODE,
      loff(BigInt(first) * PAGE_SIZE),
      loff(BigInt(pages) * PAGE_SIZE),
    ),
  );

describe("a guest's touch", () => {
  it("allocates the file pages that are absent and maps each gfn to its own, in one step", () => {
    const on = host();
    const { steps } = rehearse<TestEvent>({ V: (emit) => kvmMapGuest(on.env("V", emit), "vm0", gfn(3), 4) });
    expect(steps).toHaveLength(1);
    expect(steps[0]?.events).toEqual([
      { type: "guest.mapped", vm: "vm0", start: 3, end: 7, allocated: 4, mapped: 4 },
    ]);
    expect(pagesIn(on.file, 0, 1_000)).toEqual([11, 12, 13, 14]);
    for (let k = 3; k < 7; k++) {
      const pfn = findPage(on.file, pgoff(k + 8));
      expect(leafAt(on, k)).toMatchObject({ pfn, generation: 0 });
    }
  });

  it("may span slots that lie end to end, each with its own file pages", () => {
    const on = host();
    expect(touch(on, 14, 4)).toEqual(OK);
    expect(pagesIn(on.file, 0, 1_000)).toEqual([22, 23, 100, 101]);
  });

  it("looks at no i_size (T-n): a file of size 0 gets its page, and stays of size 0", () => {
    const on = host();
    expect(touch(on, 3, 1)).toEqual(OK);
    expect(on.file.iSize).toBe(0n);
  });

  it("of what is mapped already leaves the mapping as it is", () => {
    const on = host();
    touch(on, 3, 2);
    const before = tdpLeavesIn(on.vm0.tdp, 0, 100);
    on.told.length = 0;
    expect(touch(on, 2, 4)).toEqual(OK);
    expect(on.told[0]).toMatchObject({ allocated: 2, mapped: 2 });
    expect(tdpLeavesIn(on.vm0.tdp, 3, 5)).toEqual(before);
    on.told.length = 0;
    touch(on, 2, 4);
    expect(on.told[0]).toMatchObject({ type: "guest.mapped", allocated: 0, mapped: 0 });
  });

  it.each([
    ["no slot", 32, 1],
    ["an ordinary slot", 40, 1],
    ["a slot in part: its end lies in none", 30, 4],
    ["a slot in part: it begins in none", 36, 6],
    ["a private and then an ordinary slot, with a hole between", 16, 30],
  ])("on %s is EINVAL and changes nothing", (_, first, pages) => {
    const on = host();
    expect(touch(on, first, pages)).toEqual(fail("EINVAL"));
    expect(on.told).toEqual([]);
    expect(pagesIn(on.file, 0, 1_000)).toEqual([]);
    expect(tdpLeavesIn(on.vm0.tdp, 0, 1_000)).toEqual([]);
  });

  it.each([
    ["far below 2^64 (T-ah)", -(2 ** 51), 0, 4],
    ["beyond the largest file", 2 ** 51 - 2, 1, 2],
    ["in part beyond what the host has frames for", 2 ** 51 - 2, 0, 8],
  ])("of file pages %s is EFBIG and changes nothing", (_, base, first, pages) => {
    const on = testHost(newMemory(3));
    visibleSlot(on, on.vm0, 0, 0, 16, base);
    expect(touch(on, first, pages)).toEqual(fail("EFBIG"));
    expect(on.told).toEqual([]);
    expect([on.file.nrpages, tdpLeavesIn(on.vm0.tdp, 0, 100)]).toEqual([0, []]);
  });

  it("of a dead VM is EIO and changes nothing, whatever its slots are", () => {
    const on = host();
    on.vm0.bugged = true;
    for (const first of [3, 36]) expect(touch(on, first, 1)).toEqual(fail("EIO"));
    expect([on.told, on.file.nrpages]).toEqual([[], 0]);
  });

  it("where an allocation fails on the way leaves mapped what came before, slot by slot", () => {
    const on = host();
    on.memory.fails = [3];
    expect(touch(on, 14, 4)).toEqual(fail("ENOMEM"));
    expect(pagesIn(on.file, 0, 1_000)).toEqual([22, 23]);
    expect(tdpLeavesIn(on.vm0.tdp, 0, 100)).toHaveLength(2);
  });

  it("where an allocation fails within a slot leaves mapped and tells what came before, as so many faults would", () => {
    const [atOnce, oneByOne] = [host(), host()];
    for (const on of [atOnce, oneByOne]) on.memory.fails = [5];
    expect(touch(atOnce, 0, 8)).toEqual(fail("ENOMEM"));
    expect(atOnce.told).toEqual([
      { type: "guest.mapped", vm: "vm0", start: 0, end: 4, allocated: 4, mapped: 4 },
    ]);
    const answers = [0, 1, 2, 3, 4].map((at) => touch(oneByOne, at, 1).ok);
    expect(answers).toEqual([true, true, true, true, false]);
    for (const on of [atOnce, oneByOne]) {
      expect(pagesIn(on.file, 0, 1_000)).toEqual([8, 9, 10, 11]);
      expect(tdpLeavesIn(on.vm0.tdp, 0, 100)).toHaveLength(4);
    }
    expect(atOnce.memory.tries).toBe(oneByOne.memory.tries);
    // A failure that comes after all of it does not matter.
    const later = host();
    later.memory.fails = [9];
    expect(touch(later, 0, 8)).toEqual(OK);
  });

  it("where a large folio takes all that there is leaves it mapped", () => {
    const on = testHost({ ...newMemory(), limit: 512 });
    on.file.order = 9;
    visibleSlot(on, on.vm0, 0, 0, 1024, 0);
    expect(touch(on, 511, 2)).toEqual(fail("ENOMEM"));
    expect(on.told).toMatchObject([{ type: "guest.mapped", start: 511, end: 512, mapped: 512 }]);
    expect(tdpLeavesIn(on.vm0.tdp, 0, 1024)).toMatchObject([{ gfn: 0, level: 2 }]);
  });

  it("counts a page that two slots share once, and no page behind a gfn that is mapped", () => {
    const on = testHost(newMemory(8));
    visibleSlot(on, on.vm0, 0, 0, 8, 0);
    visibleSlot(on, on.vm0, 1, 8, 8, 4);
    expect(touch(on, 0, 16)).toEqual(fail("ENOMEM"));
    expect(on.told).toEqual([]);
    expect(touch(on, 0, 12)).toEqual(OK);
    expect(pagesIn(on.file, 0, 100)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const stale = testHost(newMemory(8));
    visibleSlot(stale, stale.vm0, 0, 0, 16, 0);
    touch(stale, 0, 8);
    punch(stale, 0, 8);
    expect(touch(stale, 0, 16)).toEqual(OK);
    expect(pagesIn(stale.file, 0, 100)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it("while a bracket covers one of its gfns changes nothing, says so, and is no error", () => {
    const on = host();
    mmuInvalidateBegin(on.vm0);
    mmuInvalidateRangeAdd(on.vm0, { start: 4n, end: 6n });
    expect(touch(on, 0, 5)).toEqual(OK);
    expect(on.told).toEqual([
      { type: "guest.refused", vm: "vm0", start: 0, end: 5, count: 1, range: [4n, 6n] },
    ]);
    expect(pagesIn(on.file, 0, 1_000)).toEqual([]);
    touch(on, 0, 4);
    touch(on, 6, 4);
    mmuInvalidateEnd(on.vm0);
    touch(on, 4, 2);
    expect(tdpLeavesIn(on.vm0.tdp, 0, 100)).toHaveLength(10);
  });

  it("without a slot is EINVAL also while a bracket is open", () => {
    const on = host();
    mmuInvalidateBegin(on.vm0);
    expect(touch(on, 32, 1)).toEqual(fail("EINVAL"));
  });

  it("while a bracket has no range yet is refused everywhere, and says that there is none", () => {
    const on = host();
    mmuInvalidateBegin(on.vm0);
    expect(touch(on, 0, 1)).toEqual(OK);
    expect(on.told[0]).toMatchObject({ type: "guest.refused", range: null });
  });

  it("of more absent pages than the host has frames is ENOMEM, and changes nothing", () => {
    const on = host(3);
    expect(touch(on, 0, 2)).toEqual(OK);
    on.told.length = 0;
    expect(touch(on, 0, 4)).toEqual(fail("ENOMEM"));
    expect(on.told).toEqual([]);
    expect(pagesIn(on.file, 0, 1_000)).toEqual([8, 9]);
    expect(tdpLeavesIn(on.vm0.tdp, 0, 100)).toHaveLength(2);
    // Two of these three are there.
    expect(touch(on, 0, 3)).toEqual(OK);
    expect(framesLeft(on.memory)).toBe(0);
  });
});

describe("a page that is freed under a mapping", () => {
  it("leaves a stale mapping: its generation is older than the frame's", () => {
    const on = host();
    touch(on, 3, 1);
    const mapping = leafAt(on, 3);
    punch(on, 11, 1);
    expect(leafAt(on, 3)).toEqual(mapping);
    expect(mapping?.generation).toBe(0);
    expect(generationOf(on.memory, mapping?.pfn as never)).toBe(1);
  });

  it("goes on being used: the guest does not fault, so no new page is allocated", () => {
    const on = host();
    touch(on, 3, 1);
    punch(on, 11, 1);
    on.told.length = 0;
    touch(on, 3, 1);
    expect(pagesIn(on.file, 0, 1_000)).toEqual([]);
    expect(on.told[0]).toMatchObject({ type: "guest.mapped", allocated: 0, mapped: 0 });
  });

  it("and whose frame is handed out again: old and new mapping of one frame differ in generation", () => {
    const on = host();
    touch(on, 3, 1);
    punch(on, 11, 1);
    touch(on, 7, 1);
    const [stale, living] = [leafAt(on, 3), leafAt(on, 7)];
    expect(stale?.pfn).toBe(living?.pfn);
    expect([stale?.generation, living?.generation]).toEqual([0, 1]);
  });
});
