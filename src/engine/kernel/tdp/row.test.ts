// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { expect, it } from "vitest";
import { SPTE_NONE } from "./entry.ts";
import { TABLE_ENTRIES } from "./level.ts";
import { newRow, PACKED_MAX, rowGet, rowNext, rowPut } from "./row.ts";

it("a row answers as a Map does, packed and whole, whatever is put and taken away", () => {
  const seen = { packed: 0, whole: 0, taken: 0 };
  const put = fc.tuple(
    fc.oneof(fc.nat(TABLE_ENTRIES - 1), fc.constantFrom(0, 1, 2, 510, 511)),
    fc.constantFrom(SPTE_NONE, 1, 2, 2 ** 52 + 1),
  );
  fc.assert(
    fc.property(fc.array(put, { maxLength: 60, size: "max" }), (puts) => {
      let row = newRow();
      const model = new Map<number, number>();
      for (const [index, spte] of puts) {
        if (spte === SPTE_NONE && model.delete(index)) seen.taken++;
        if (spte !== SPTE_NONE) model.set(index, spte);
        row = rowPut(row, index, spte);
      }
      seen[Array.isArray(row) ? "packed" : "whole"]++;
      for (let index = 0; index < TABLE_ENTRIES; index++)
        expect(rowGet(row, index)).toBe(model.get(index) ?? SPTE_NONE);
      for (const [from, to] of [
        [0, TABLE_ENTRIES],
        [3, 300],
        [40, 40],
      ] as const) {
        const found: number[] = [];
        for (let at = rowNext(row, from, to); at < to; at = rowNext(row, at + 1, to)) found.push(at);
        const present = [...model.keys()].filter((index) => index >= from && index < to);
        expect(found).toEqual(present.sort((a, b) => a - b));
      }
    }),
    { numRuns: 200, seed: 16 },
  );
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(10);
});

it("a row of few entries takes no room for 512: that is what 32,764 tables of one page each are made of", () => {
  let row = newRow();
  for (let k = 0; k < PACKED_MAX; k++) row = rowPut(row, 31 * k, 1);
  expect(row).toHaveLength(2 * PACKED_MAX);
  expect(rowPut(row, 5, 1)).toHaveLength(TABLE_ENTRIES);
});
