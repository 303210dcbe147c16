// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { xaEntries } from "./entries.ts";
import { xaMkPointer, xaToNode, xaIsNode } from "./entry.ts";
import { newXarray } from "./pool.ts";
import { XA_HEAD_SHIFT, xaRunsOf, xaTopShift } from "./runs.ts";
import { xaStoreRange } from "./storeRange.ts";

const index = fc.oneof(
  fc.nat({ max: 10_000 }),
  fc.constantFrom(0, 1, 5, 63, 64, 100, 512, 4095, 4096, 262_143, 262_144, 524_288, 2 ** 30),
);
const size = fc.oneof(
  fc.integer({ min: 1, max: 9_000 }),
  fc.constantFrom(1, 64, 512, 4096, 262_144, 524_288),
);

describe("xaRunsOf() and xaTopShift()", () => {
  it("tell what a store leaves in an empty tree", () => {
    fc.assert(
      fc.property(index, size, (first, count) => {
        const last = first + count - 1;
        const xa = newXarray();
        xaStoreRange(xa, first, last, xaMkPointer(7));
        expect(xaRunsOf(first, last).map((run) => [run.first, run.first + run.size - 1])).toEqual(
          xaEntries(xa).map((run) => [run.first, run.last]),
        );
        const top = xaIsNode(xa.head) ? xa.shift[xaToNode(xa.head)] : XA_HEAD_SHIFT;
        expect(xaTopShift(first, last)).toBe(top);
      }),
      { numRuns: 500 },
    );
  });
});
