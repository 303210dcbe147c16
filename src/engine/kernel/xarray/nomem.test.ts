// SPDX-License-Identifier: GPL-2.0-only
// A store for which memory runs out. What the C code leaves then is in the recording `s41-nomem-p`.

import fc from "fast-check";
import { expect, it } from "vitest";
import { fail } from "../../errno.ts";
import { xaCheck } from "./check.ts";
import { xaEntries } from "./entries.ts";
import { xaMkPointer } from "./entry.ts";
import { xaFind } from "./find.ts";
import { xaEmpty } from "./load.ts";
import { newXarray, type Xarray } from "./pool.ts";
import { xaStoreRange } from "./storeRange.ts";

/** Where tree levels begin and end, and a few places between. */
const at = fc
  .tuple(fc.constantFrom(0, 1, 63, 64, 4096, 262_144), fc.nat(4200))
  .map(([base, off]) => base + off);
const range = fc.tuple(at, at).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

/** Stores over `range` what is not taken, with `left` nodes or as many as it takes. */
function store(xa: Xarray, [first, last]: readonly [number, number], n: number, left: number | null) {
  if (xaFind(xa, first, last) !== null) return null;
  xa.nodesLeft = left;
  const stored = xaStoreRange(xa, first, last, xaMkPointer(n));
  xa.nodesLeft = null;
  return stored;
}

it("of a range over holes all is stored or nothing: every node is taken before the first entry (T-r)", () => {
  let failures = 0;
  fc.assert(
    fc.property(fc.array(range, { maxLength: 4 }), range, fc.nat(6), (before, wanted, left) => {
      const xa = newXarray();
      for (const [n, each] of before.entries()) store(xa, each, n + 1, null);
      const entries = xaEntries(xa);
      const stored = store(xa, wanted, 99, left);
      xaCheck(xa);
      if (stored === null || stored.ok) return;
      expect(stored).toEqual(fail("ENOMEM"));
      expect(xaEntries(xa)).toEqual(entries);
      failures++;
      // The nodes that stayed are used by the next one.
      expect(store(xa, wanted, 99, null)?.ok).toBe(true);
      xaCheck(xa);
    }),
    { numRuns: 500, seed: 12 },
  );
  expect(failures).toBeGreaterThan(50);
});

it("an array in which a store failed is not empty, though nothing is stored in it", () => {
  const xa = newXarray();
  expect(store(xa, [5, 1004], 1, 2)).toEqual(fail("ENOMEM"));
  expect([xaEntries(xa), xaEmpty(xa), xa.nodesUsed]).toEqual([[], false, 2]);
  const none = newXarray();
  expect(store(none, [5, 1004], 1, 0)).toEqual(fail("ENOMEM"));
  expect([xaEmpty(none), none.nodesUsed]).toEqual([true, 0]);
});
