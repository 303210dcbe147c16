// SPDX-License-Identifier: GPL-2.0-only
// Single nodes against the whole array, and copies that share against arrays that do not.
import fc from "fast-check";
import { expect, it } from "vitest";
import { xaCheck } from "./check.ts";
import { xaEntries } from "./entries.ts";
import { XA_CHUNK_SIZE, xaMkPointer } from "./entry.ts";
import { xaLoad } from "./load.ts";
import { copyXarray, newXarray, type Xarray } from "./pool.ts";
import { xaDepth, xaWayTo } from "./rows.ts";
import { xaErase, xaStore } from "./store.ts";
import { xaStoreRange } from "./storeRange.ts";

const index = fc
  .tuple(fc.constantFrom(0, 64, 4_096, 262_144), fc.integer({ min: 0, max: 130 }))
  .map(([base, more]) => base + more);
const range = fc.tuple(index, fc.constantFrom(0, 0, 7, 63, 200, 8_191));

const filled = (ranges: readonly (readonly [number, number])[]): Xarray => {
  const xa = newXarray();
  for (const [k, [first, more]] of ranges.entries())
    if (xaEntries(xa, first, first + more).length === 0)
      xaStoreRange(xa, first, first + more, xaMkPointer(k));
  return xa;
};

it("the way to an index goes down node by node to the slot whose entry a load finds", () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), index, (ranges, at) => {
      const xa = filled(ranges);
      const way = xaWayTo(xa, at);
      for (const [depth, row] of way.entries()) {
        const above = way[depth - 1];
        if (above === undefined) continue;
        const offset = Math.floor((at - above.base) / 2 ** above.shift);
        expect(above.slots).toContainEqual({ kind: "node", offset, node: row.id });
        expect([row.base, row.shift]).toEqual([above.base + offset * 2 ** above.shift, above.shift - 6]);
      }
      const last = way.at(-1);
      if (last === undefined) return;
      const offset = Math.floor((at - last.base) / 2 ** last.shift);
      const slot = last.slots.find(
        (own) => own.kind === "entry" && own.offset <= offset && offset <= own.offset + own.siblings,
      );
      expect(offset < XA_CHUNK_SIZE && slot?.kind === "entry" ? slot.entry : 0).toBe(xaLoad(xa, at));
    }),
  );
});

it("the depth of a range is the longest way to any of its indices", () => {
  fc.assert(
    fc.property(
      fc.array(range, { maxLength: 8 }),
      index,
      fc.integer({ min: 1, max: 150 }),
      (ranges, start, size) => {
        const xa = filled(ranges);
        let deepest = 0;
        for (let at = start; at < start + size; at++) deepest = Math.max(deepest, xaWayTo(xa, at).length);
        expect(xaDepth(xa, start, start + size)).toBe(deepest);
      },
    ),
    { numRuns: 60 },
  );
});

it("copies of copies keep to themselves, whoever of them is written to, freed and filled again", () => {
  const act = fc.record({
    which: fc.nat(),
    copies: fc.boolean(),
    at: fc.integer({ min: 0, max: 3_000 }),
    erases: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 150 }), (acts) => {
      const arrays = [{ xa: newXarray(), map: new Map<number, number>() }];
      for (const [k, { which, copies, at, erases }] of acts.entries()) {
        const { xa, map } = arrays[which % arrays.length]!;
        if (copies && arrays.length < 5) arrays.push({ xa: copyXarray(xa), map: new Map(map) });
        else if (erases) {
          xaErase(xa, at * 64);
          map.delete(at * 64);
        } else {
          xaStore(xa, at * 64, xaMkPointer(k));
          map.set(at * 64, xaMkPointer(k));
        }
      }
      for (const { xa, map } of arrays) {
        xaCheck(xa);
        expect(xaEntries(xa).map(({ first, entry }) => [first, entry])).toEqual(
          [...map].sort(([a], [b]) => a - b),
        );
      }
    }),
  );
});
