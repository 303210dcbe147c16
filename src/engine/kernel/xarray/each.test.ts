// SPDX-License-Identifier: GPL-2.0-only
// A batch leaves what as many single stores leave.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { xaCheck } from "./check.ts";
import { xaDump } from "./dump.ts";
import { xaEraseEach, xaStoreEach } from "./each.ts";
import { xaEntries } from "./entries.ts";
import { type Entry, XA_INDEX_MAX, XA_NULL, xaMkPointer, xaMkValue } from "./entry.ts";
import { xaLoad } from "./load.ts";
import { copyXarray, newXarray, type Xarray } from "./pool.ts";
import { xaErase, xaStore } from "./store.ts";
import { xaStoreRange } from "./storeRange.ts";
import { xaVisits } from "./walk.ts";

/** Where leaves begin and end, and far out. */
const index = fc
  .tuple(fc.constantFrom(0, 64, 128, 4096, 262_144, XA_INDEX_MAX - 300), fc.nat({ max: 140 }))
  .map(([base, off]) => base + off);
const range = fc.tuple(index, fc.nat({ max: 150 })).map(([first, more]) => [first, first + more] as const);
/** Runs of several slots are in the way now and then. */
const stored = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(index, fc.constant(0)) },
  { weight: 2, arbitrary: fc.tuple(index, fc.integer({ min: 1, max: 200 })) },
);

const made = (entries: readonly (readonly [number, number])[]): Xarray => {
  const xa = newXarray();
  for (const [first, more] of entries)
    xaStoreRange(xa, first, first + more, more % 2 ? xaMkValue(first % 50) : xaMkPointer(first % 50));
  return xa;
};

/** What the array stands for, and the shape of its tree. */
const whole = (xa: Xarray) => ({ entries: xaEntries(xa), nodes: xaDump(xa), used: xa.nodesUsed });

describe("xaStoreEach()", () => {
  it("leaves what a store at each index leaves, and hands over what was there", () => {
    let filled = 0;
    fc.assert(
      fc.property(
        fc.array(stored, { maxLength: 12 }),
        range,
        fc.boolean(),
        (entries, [first, last], keep) => {
          const batch = made(entries);
          const single = made(entries);
          const entryAt = (at: number, old: Entry) => (keep && old !== XA_NULL ? old : xaMkPointer(at % 7));
          const seen: Entry[] = [];
          xaStoreEach(batch, first, last, (at, old) => {
            seen.push(old);
            return entryAt(at, old);
          });
          const expected: Entry[] = [];
          for (let at = first; at <= last; at++) {
            const old = xaLoad(single, at);
            expected.push(old);
            xaStore(single, at, entryAt(at, old));
          }
          xaCheck(batch);
          expect(seen).toEqual(expected);
          expect(whole(batch)).toEqual(whole(single));
          if (expected.some((old) => old !== XA_NULL)) filled++;
        },
      ),
      { numRuns: 400 },
    );
    expect(filled).toBeGreaterThan(20);
  });
});

describe("xaEraseEach()", () => {
  it("leaves what an erase of each visit leaves, and visits what a walk visits", () => {
    let erased = 0;
    fc.assert(
      fc.property(fc.array(stored, { maxLength: 12 }), range, (entries, [first, last]) => {
        const batch = made(entries);
        const single = made(entries);
        const seen: unknown[] = [];
        xaEraseEach(batch, first, last, (at, entry) => seen.push({ index: at, entry }));
        const visits = xaVisits(single, first, last);
        for (const visit of visits) xaErase(single, visit.index);
        xaCheck(batch);
        expect(seen).toEqual(visits);
        expect(xaEntries(batch)).toEqual(xaEntries(single));
        expect(batch.nodesUsed).toBe(single.nodesUsed);
        erased += visits.length;
      }),
      { numRuns: 400 },
    );
    expect(erased).toBeGreaterThan(100);
  });

  it("and a batch of stores do not show in a copy", () => {
    const xa = newXarray();
    xaStoreEach(xa, 0, 1000, (at) => xaMkPointer(at));
    const copy = copyXarray(xa);
    const before = whole(copy);
    xaStoreEach(xa, 100, 900, () => xaMkPointer(3));
    xaEraseEach(xa, 0, 500, () => {});
    expect(whole(copy)).toEqual(before);
    expect(xaLoad(xa, 501)).toBe(xaMkPointer(3));
  });
});
