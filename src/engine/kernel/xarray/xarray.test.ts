// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { xaCheck } from "./check.ts";
import { xaEntries } from "./entries.ts";
import {
  type Entry,
  ULONG_MAX,
  XA_INDEX_MAX,
  XA_NULL,
  xaMkInternal,
  xaMkPointer,
  xaMkValue,
} from "./entry.ts";
import { xaFind, xaFindAfter } from "./find.ts";
import { xaEmpty, xaGetOrder, xaLoad } from "./load.ts";
import { copyXarray, newXarray, type Xarray } from "./pool.ts";
import { xaDestroy } from "./shrink.ts";
import { xaErase, xaStore, xaStoreOrder } from "./store.ts";
import { xaStoreRange } from "./storeRange.ts";
import { xaForEachRange, xaWalkNext, xaWalkStart } from "./walk.ts";

// A loaded machine is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const p = xaMkPointer;

/** Indices where the tree changes shape: within a few of a multiple of a power of 64. */
const index = fc
  .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 7 }), fc.integer({ min: -3, max: 3 }))
  .map(([level, times, off]) => Math.min(XA_INDEX_MAX, Math.max(0, times * 64 ** level + off)));

const entry = fc.oneof(fc.nat(50).map(xaMkPointer), fc.nat(50).map(xaMkValue));

describe("single entries, beside a Map", () => {
  type Step = ["store", number, Entry] | ["erase", number] | ["destroy"];
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 12, arbitrary: fc.tuple(fc.constant("store" as const), index, entry) },
    { weight: 8, arbitrary: fc.tuple(fc.constant("erase" as const), index) },
    { weight: 1, arbitrary: fc.constant<Step>(["destroy"]) },
  );

  function run(xa: Xarray, model: Map<number, Entry>, [op, at = 0, value = XA_NULL]: Step): void {
    const old = model.get(at) ?? XA_NULL;
    if (op === "destroy") {
      xaDestroy(xa);
      model.clear();
    } else if (op === "erase") {
      expect(xaErase(xa, at)).toBe(old);
      model.delete(at);
    } else {
      expect(xaStore(xa, at, value)).toEqual({ ok: true, old });
      model.set(at, value);
    }
  }

  it("load, find, find-after, walk and the listing say what a Map says", () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.array(index, { minLength: 2, maxLength: 8 }),
        (steps, probes) => {
          const xa = newXarray();
          const model = new Map<number, Entry>();
          for (const each of steps) {
            run(xa, model, each);
            xaCheck(xa);
          }
          const sorted = [...model]
            .sort(([a], [b]) => a - b)
            .map(([at, value]) => ({ index: at, entry: value }));
          expect(xaEntries(xa)).toEqual(
            sorted.map(({ index: at, entry: e }) => ({ first: at, last: at, entry: e })),
          );
          expect(xaEmpty(xa)).toBe(model.size === 0);
          if (model.size === 0) expect(xa.nodesUsed).toBe(0);
          for (const [i, from] of probes.entries()) {
            const max = probes[(i + 1) % probes.length]!;
            expect(xaLoad(xa, from)).toBe(model.get(from) ?? XA_NULL);
            const inside = sorted.filter((at) => at.index >= from && at.index <= max);
            expect(xaFind(xa, from, max)).toEqual(inside[0] ?? null);
            expect(xaFindAfter(xa, from, max)).toEqual(inside.find((at) => at.index > from) ?? null);
            expect(xaForEachRange(xa, from, max).visits).toEqual(inside);
          }
        },
      ),
      { numRuns: 300, seed: 64 },
    );
  });
});

describe("ranges that do not touch one another, beside a list", () => {
  /** Sorted cuts at indices where the tree changes shape; every second gap is a slot. */
  const slots = fc
    .uniqueArray(index, { minLength: 2, maxLength: 24 })
    .map((cuts) => cuts.sort((a, b) => a - b))
    .map((cuts) => cuts.slice(1).map((cut, i) => ({ first: cuts[i]!, last: cut - 1, entry: p(i) })));

  it("bound and unbound in any order, each index loads its own slot, and nothing is left at the end", () => {
    fc.assert(
      fc.property(slots, fc.array(fc.nat(), { maxLength: 40 }), (all, picks) => {
        const xa = newXarray();
        const here = new Set<number>();
        for (const pick of picks) {
          const at = pick % all.length;
          const { first, last, entry: mine } = all[at]!;
          xaStoreRange(xa, first, last, here.has(at) ? XA_NULL : mine);
          if (!here.delete(at)) here.add(at);
          xaCheck(xa);
          for (const [i, slot] of all.entries()) {
            const expected = here.has(i) ? slot.entry : XA_NULL;
            const middle = slot.first + Math.floor((slot.last - slot.first) / 2);
            for (const probe of [slot.first, middle, slot.last]) expect(xaLoad(xa, probe)).toBe(expected);
          }
        }
        const covered = [...here].sort((a, b) => a - b).map((i) => all[i]!);
        const merged = xaEntries(xa).reduce<{ first: number; last: number; entry: Entry }[]>((runs, run) => {
          const below = runs.at(-1);
          if (below?.entry === run.entry && below.last + 1 === run.first) below.last = run.last;
          else runs.push({ ...run });
          return runs;
        }, []);
        expect(merged).toEqual(covered);
        for (const { first, last } of covered) xaStoreRange(xa, first, last, XA_NULL);
        expect(xaEmpty(xa)).toBe(true);
        expect(xa.allocated).toBe(xa.freed);
      }),
      { numRuns: 200, seed: 64 },
    );
  });

  it("a walk visits every entry that touches its range once, its first visit at the range's start", () => {
    fc.assert(
      fc.property(slots, index, index, (all, a, b) => {
        const xa = newXarray();
        for (const { first, last, entry: mine } of all) xaStoreRange(xa, first, last, mine);
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        const expected = xaEntries(xa, first, last).map((run) => ({
          index: Math.max(run.first, first),
          entry: run.entry,
        }));
        expect(xaForEachRange(xa, first, last).visits).toEqual(expected);
      }),
      { numRuns: 200, seed: 64 },
    );
  });
});

describe("orders", () => {
  it("an entry of any order and position loads at all its indices and nowhere else, and one erase removes it", () => {
    for (let order = 0; order <= 45; order++) {
      for (const times of [0, 1, 3, 63]) {
        const xa = newXarray();
        const [first, last] = [times * 2 ** order, (times + 1) * 2 ** order - 1];
        if (last > XA_INDEX_MAX) continue;
        xaStoreOrder(xa, last, order, p(1));
        xaCheck(xa);
        expect(xaEntries(xa)).toEqual([{ first, last, entry: p(1) }]);
        expect([xaGetOrder(xa, first), xaGetOrder(xa, last)]).toEqual([order, order]);
        expect(xaLoad(xa, last + 1)).toBe(XA_NULL);
        if (first > 0) expect(xaLoad(xa, first - 1)).toBe(XA_NULL);
        expect(xaErase(xa, last)).toBe(p(1));
        expect(xa.nodesUsed).toBe(0);
      }
    }
  });

  it("after any two orders at index 0 the second is loaded wherever either was, and one erase empties it", () => {
    for (let a = 0; a <= 51; a++) {
      for (let b = 0; b <= 51; b++) {
        const xa = newXarray();
        xaStoreOrder(xa, 0, a, p(1));
        xaStoreOrder(xa, 0, b, p(2));
        xaCheck(xa);
        expect(xaEntries(xa)).toEqual([{ first: 0, last: 2 ** Math.max(a, b) - 1, entry: p(2) }]);
        xaErase(xa, 0);
        expect(xaEmpty(xa)).toBe(true);
      }
    }
  });
});

describe("edges", () => {
  it("internal entries and inverted ranges are refused and change nothing", () => {
    const xa = newXarray();
    xaStore(xa, 70, p(1));
    const before = copyXarray(xa);
    const refused = { ok: false, errno: "EINVAL" };
    expect(xaStore(xa, 70, xaMkInternal(3))).toEqual(refused);
    expect(xaStoreOrder(xa, 70, 2, xaMkInternal(3))).toEqual(refused);
    expect(xaStoreRange(xa, 0, 9, xaMkInternal(3))).toEqual(refused);
    expect(xaStoreRange(xa, 9, 8, p(2))).toEqual(refused);
    expect(xaStoreRange(xa, 9, 8, XA_NULL)).toEqual(refused);
    expect(copyXarray(xa)).toEqual(before);
  });

  it("an entry at index 0 lives in the head without a node, and goes back there when the tree shrinks", () => {
    const xa = newXarray();
    xaStore(xa, 0, p(7));
    expect([xa.head, xa.nodesUsed]).toEqual([p(7), 0]);
    xaStore(xa, XA_INDEX_MAX, p(8));
    expect(xa.nodesUsed).toBe(17);
    expect(xaFindAfter(xa, 0, ULONG_MAX)).toEqual({ index: XA_INDEX_MAX, entry: p(8) });
    expect(xaFindAfter(xa, XA_INDEX_MAX, ULONG_MAX)).toBeNull();
    xaErase(xa, XA_INDEX_MAX);
    expect([xa.head, xa.nodesUsed]).toEqual([p(7), 0]);
  });

  it("a multi-index entry at index 0 stays under its node when the tree shrinks to it", () => {
    const xa = newXarray();
    xaStoreOrder(xa, 0, 6, p(7));
    xaStore(xa, 4096, p(8));
    expect(xa.nodesUsed).toBe(4);
    xaErase(xa, 4096);
    xaCheck(xa);
    expect([xa.nodesUsed, xaLoad(xa, 63), xaLoad(xa, 64)]).toEqual([1, p(7), XA_NULL]);
  });

  it("a walk hands out one visit at a time, and says which nodes it has read so far", () => {
    const xa = newXarray();
    xaStoreRange(xa, 100, 611, p(3));
    const walk = xaWalkStart(0, 1000);
    const seen: (number | undefined)[][] = [];
    do {
      const at = xaWalkNext(xa, walk);
      seen.push([at?.index, walk.nodesRead.length]);
    } while (!walk.done);
    expect(seen).toEqual([
      [100, 2],
      [128, 2],
      [576, 3],
      [undefined, 3],
    ]);
    expect(new Set(walk.nodesRead).size).toBe(3);
    expect(xaWalkNext(xa, walk)).toBeNull();
  });

  it("a copy and its original do not see one another's stores", () => {
    const xa = newXarray();
    for (let i = 0; i < 300; i++) xaStore(xa, i * 64, p(i));
    const copy = copyXarray(xa);
    expect(xaEntries(copy)).toEqual(xaEntries(xa));
    for (let i = 0; i < 900; i++) xaStore(copy, i * 64 + 1, p(i));
    xaDestroy(xa);
    xaCheck(copy);
    expect([xaEntries(copy).length, xa.nodesUsed]).toEqual([1200, 0]);
    expect(xaLoad(copy, 299 * 64)).toBe(p(299));
  });
});
