// SPDX-License-Identifier: GPL-2.0-only
// The walk that is computed reads what the walk of a tree reads.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  newXarray,
  xaForEachRange,
  xaMkPointer,
  xaStoreRange,
  xaToPointer,
} from "../../kernel/xarray/index.ts";
import { bindingsOf } from "./bindings.ts";
import { ALIGNMENTS, cutInto, endToEnd } from "./layout.ts";
import { walkerOf } from "./walkFormula.ts";

const slotPages = fc.oneof(
  fc.integer({ min: 1, max: 1500 }),
  fc.constantFrom(1, 2, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 70_000, 262_144),
);
const slots = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 300 }));
const layout = fc.oneof(
  fc.tuple(slots, slotPages, fc.constantFrom(...ALIGNMENTS)).map((given) => endToEnd(...given)),
  fc.tuple(slots, fc.nat({ max: 20_000 })).map(([n, more]) => cutInto(n, n + more)),
);

describe("walkerOf()", () => {
  it("counts what a walk of the tree counts", () => {
    let deepest = 0;
    fc.assert(
      fc.property(
        layout,
        fc.constantFrom("endMinus1" as const, "exclusiveAsLast" as const),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.oneof(fc.constantFrom(1, 2, 64, 512, 513), fc.integer({ min: 1, max: 200_000 })),
        (laid, mode, part, length) => {
          const bindings = bindingsOf(laid, mode);
          const xa = newXarray();
          for (let j = 0; j < bindings.bound; j++)
            xaStoreRange(xa, bindings.firstOf(j), bindings.lastOf(j), xaMkPointer(j));
          const first = Math.floor(part * (laid.startOf(laid.slots) + 100));
          const last = first + length - (mode === "endMinus1" ? 1 : 0);
          const { visits, walk } = xaForEachRange(xa, first, last);
          const ranges: number[] = [];
          const counts = walkerOf(bindings)(first, last, (range) => ranges.push(range));
          expect(ranges).toEqual(visits.map(({ entry }) => xaToPointer(entry)));
          expect(counts).toEqual({
            visits: visits.length,
            slotsRead: walk.slotsRead,
            nodesRead: walk.nodesRead.length,
          });
          deepest = Math.max(deepest, walk.nodesRead.length);
        },
      ),
      { numRuns: 800 },
    );
    expect(deepest).toBeGreaterThan(100);
  });
});
