// SPDX-License-Identifier: GPL-2.0-only
// What a memslot does when its file calls it, and the bracket that it opens and closes.

import { beforeEach, describe, expect, it } from "vitest";
import { drive } from "../../sim/drive.ts";
import { rehearse } from "../../sim/rehearse.ts";
import { gfn, pgoff } from "../../units.ts";
import { tdpLeavesIn } from "../tdp/leaves.ts";
import { kvmInvalidateEnd, kvmInvalidateStart } from "./callbacks.ts";
import { type Clamp, clampAfterSkip, clampAsPosted } from "./clamp.ts";
import { PRESET, short, type TestEvent, type TestHost, testHost, visibleSlot } from "./fixture.ts";
import {
  mmuInvalidateBegin,
  mmuInvalidateBlocks,
  mmuInvalidateEnd,
  mmuInvalidateRangeAdd,
} from "./invalidate.ts";
import { type Kvm, newKvm } from "./kvm.ts";
import { kvmMapGuest } from "./mapGuest.ts";
import type { Memslot } from "./memslot.ts";

let host: TestHost;
let memslot: Memslot;

/** Slot 3 of vm0: gfn [100, 150) on file pages [8, 58), its first 20 pages mapped. */
beforeEach(() => {
  host = testHost();
  memslot = visibleSlot(host, host.vm0, 3, 100, 50, 8);
  drive(kvmMapGuest(host.env(), "vm0", gfn(100), 20));
  host.told.length = 0;
});

const start = (first: number, end: number, clamp: Clamp = clampAfterSkip) =>
  drive(kvmInvalidateStart(host.env(), clamp, memslot.id, pgoff(first), pgoff(end)));
const end = (first: number, past: number, clamp: Clamp = clampAfterSkip) =>
  drive(kvmInvalidateEnd(host.env(), clamp, memslot.id, pgoff(first), pgoff(past)));

const mappedGfns = () => tdpLeavesIn(host.vm0.tdp, 0, 1_000).map((mapping) => mapping.gfn);

describe("a start callback", () => {
  it("that hits opens a bracket, zaps, flushes under the lock, and leaves the bracket open", () => {
    start(10, 14);
    expect(host.told.map(short)).toEqual([
      "notifier.start vm0/3",
      "srcu.entered",
      "lock.taken vm0/mmu_lock",
      "bracket.begun vm0/3",
      "spte.zapped",
      "tlb.requested",
      "tlb.flushed",
      "lock.released vm0/mmu_lock",
      "srcu.left",
    ]);
    expect(host.told[0]).toEqual({
      type: "notifier.start",
      memslot: "vm0/3",
      notifier: memslot.id,
      start: 10,
      end: 14,
      hit: true,
    });
    expect(host.told[3]).toMatchObject({ count: 1, start: 102n, end: 106n, range: [102n, 106n] });
    expect(host.told[4]).toMatchObject({ sptes: 4, zapped: [[102, 106]] });
    expect(host.vm0).toMatchObject({ mmuInvalidateInProgress: 1, mmuInvalidateSeq: 7 });
    expect(mappedGfns()).toEqual([100, 101, ...Array.from({ length: 14 }, (_, k) => 106 + k)]);
    expect(host.vm0.srcu.readers).toEqual([]);
  });

  it("that misses does nothing at all, and says so", () => {
    start(0, 8);
    start(58, 100);
    expect(host.told).toMatchObject([
      { type: "notifier.start", hit: false },
      { type: "notifier.start", hit: false },
    ]);
    expect(host.vm0).toMatchObject({
      mmuInvalidateInProgress: 0,
      mmuInvalidateRange: { start: 0n, end: 0n },
    });
  });

  it("is given the punched range as it is; what it zaps is its own part of it", () => {
    start(0, 1_000);
    expect(host.told[0]).toMatchObject({ start: 0, end: 1_000 });
    expect(host.told[4]).toMatchObject({ start: 100n, end: 150n, sptes: 20 });
  });

  it("flushes nothing where nothing was mapped, and opens its bracket all the same", () => {
    start(40, 44);
    expect(host.told.map(({ type }) => type)).not.toContain("tlb.flushed");
    expect(host.vm0.mmuInvalidateInProgress).toBe(1);
  });

  it("is one step to be called, and one each for lock, zap, flush and unlock", () => {
    const steps = (first: number, past: number) =>
      rehearse<TestEvent>({
        P: (emit) =>
          kvmInvalidateStart(host.env("P", emit), clampAfterSkip, memslot.id, pgoff(first), pgoff(past)),
      }).steps.length;
    expect([steps(0, 8), steps(40, 44), steps(10, 14)]).toEqual([1, 4, 5]);
  });

  it("as posted zaps everything above its base_gfn for a punch below its file pages (T-o)", () => {
    const low = visibleSlot(host, host.vm1, 0, 0, 50, 100);
    visibleSlot(host, host.vm1, 1, 1_000, 10, 500);
    drive(kvmMapGuest(host.env(), "vm1", gfn(1_000), 10));
    host.told.length = 0;
    drive(kvmInvalidateStart(host.env(), clampAsPosted, low.id, pgoff(0), pgoff(10)));
    expect(host.told[4]).toMatchObject({
      type: "spte.zapped",
      start: 0n,
      end: 2n ** 64n - 90n,
      sptes: 10,
      zapped: [[1_000, 1_010]],
    });
    expect(mmuInvalidateBlocks(host.vm1, 2 ** 40 - 1, 2 ** 40)).toBe(true);
  });

  it("zaps up to the last gfn that a slot can have", () => {
    const high = visibleSlot(host, host.vm1, 0, 2 ** 40 - 1, 10, 0);
    drive(kvmMapGuest(host.env(), "vm1", gfn(2 ** 40 - 1), 10));
    drive(kvmInvalidateStart(host.env(), clampAsPosted, high.id, pgoff(0), pgoff(10)));
    expect(tdpLeavesIn(host.vm1.tdp, 0, 2 ** 50)).toEqual([]);
  });
});

describe("an end callback", () => {
  it("that hits closes the bracket under mmu_lock, without SRCU, and keeps the range", () => {
    start(10, 14);
    host.told.length = 0;
    end(10, 14);
    expect(host.told.map(short)).toEqual([
      "notifier.end vm0/3",
      "lock.taken vm0/mmu_lock",
      "bracket.ended vm0/3",
      "lock.released vm0/mmu_lock",
    ]);
    expect(host.told[2]).toMatchObject({ count: 0, seq: 8, range: [102n, 106n] });
    expect(host.vm0.mmuInvalidateRange).toEqual({ start: 102n, end: 106n });
    expect(mappedGfns()).toHaveLength(16);
  });

  it("that misses does nothing at all", () => {
    end(58, 100);
    expect(host.told).toMatchObject([{ type: "notifier.end", hit: false }]);
    expect(host.vm0.mmuInvalidateSeq).toBe(7);
  });

  it("without a start lets the count fall below zero, silently", () => {
    end(10, 14);
    expect(host.vm0).toMatchObject({ mmuInvalidateInProgress: -1, mmuInvalidateSeq: 8 });
  });
});

describe("the bracket", () => {
  const range = (from: number, to: number) => ({ start: BigInt(from), end: BigInt(to) });
  const fresh = (first = 0, past = 0): Kvm => newKvm("vm0", { ...PRESET, range: [gfn(first), gfn(past)] });
  const begin = (kvm: Kvm, from: number, to: number) => {
    mmuInvalidateBegin(kvm);
    return mmuInvalidateRangeAdd(kvm, range(from, to));
  };

  it("opened first forgets the range that was left; those opened inside it widen it", () => {
    const kvm = fresh(500, 600);
    expect(begin(kvm, 0, 64)).toEqual(range(0, 64));
    expect(begin(kvm, 256, 320)).toEqual(range(0, 320));
    expect(begin(kvm, 10, 20)).toEqual(range(0, 320));
    mmuInvalidateEnd(kvm);
    mmuInvalidateEnd(kvm);
    expect(kvm).toMatchObject({ mmuInvalidateInProgress: 1, mmuInvalidateSeq: 9 });
    expect(kvm.mmuInvalidateRange).toEqual(range(0, 320));
    mmuInvalidateEnd(kvm);
    expect(begin(kvm, 7, 8)).toEqual(range(7, 8));
  });

  it("whose end is lost lets the blocked range only grow (T-b1, step 5)", () => {
    const kvm = fresh();
    begin(kvm, 0, 64);
    begin(kvm, 256, 320);
    mmuInvalidateEnd(kvm);
    expect(kvm).toMatchObject({ mmuInvalidateInProgress: 1, mmuInvalidateRange: range(0, 320) });
  });

  it("opened at -1 does not forget the range, and protects nothing while it is open (T-b2, step 5)", () => {
    const kvm = fresh(0, 64);
    mmuInvalidateEnd(kvm);
    expect(mmuInvalidateBlocks(kvm, 5, 6)).toBe(true);
    expect(begin(kvm, 128, 192)).toEqual(range(0, 192));
    expect(kvm.mmuInvalidateInProgress).toBe(0);
    expect(mmuInvalidateBlocks(kvm, 130, 131)).toBe(false);
    // A second one at once comes to 1, and forgets what the first one added (I6).
    expect(begin(kvm, 300, 310)).toEqual(range(300, 310));
    expect(mmuInvalidateBlocks(kvm, 130, 131)).toBe(false);
  });

  it("blocks the gfns of its range, and others not", () => {
    const kvm = fresh();
    begin(kvm, 64, 128);
    const blocks = (from: number, to: number) => mmuInvalidateBlocks(kvm, from, to);
    expect([blocks(0, 64), blocks(63, 65), blocks(127, 128), blocks(128, 200), blocks(0, 200)]).toEqual([
      ...[false, true, true, false, true],
    ]);
    mmuInvalidateEnd(kvm);
    expect(blocks(64, 128)).toBe(false);
  });

  it("blocks every gfn while no range was added, and none by an empty one", () => {
    const kvm = fresh();
    mmuInvalidateBegin(kvm);
    expect(kvm.mmuInvalidateRange).toBeNull();
    expect(mmuInvalidateBlocks(kvm, 5, 6)).toBe(true);
    for (const [first, past] of [
      [0, 0],
      [5, 5],
      [9, 2],
    ] as const) {
      const under = fresh(first, past);
      mmuInvalidateEnd(under);
      expect(mmuInvalidateBlocks(under, 0, 10), `[${first},${past})`).toBe(false);
    }
  });
});
