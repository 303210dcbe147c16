// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import type { Pfn } from "../../units.ts";
import type { Leaf, LeafLevel } from "./level.ts";
import { copyTlb, newTlb, tlbEntries, tlbFill, tlbFind, tlbFlush } from "./tlb.ts";

const M2 = 512;
const G1 = 512 ** 2;
const leaf = (gfn: number, level: LeafLevel, pfn = gfn): Leaf => ({
  ...{ gfn, level, pfn: pfn as Pfn, generation: 0 },
});
const filled = (...leaves: Leaf[]) => {
  const tlb = newTlb();
  for (const one of leaves) tlbFill(tlb, one);
  return tlb;
};

describe("a TLB", () => {
  const tlb = filled(
    leaf(3, 1),
    leaf(M2, 2),
    leaf(G1, 3),
    leaf(2 * G1, 1),
    leaf(2 ** 36, 1),
    leaf(2 ** 44, 3),
  );

  it.each<[gfn: number, found: number | null]>([
    [2, null],
    [3, 3],
    [4, null],
    [M2 - 1, null],
    [M2, M2],
    [2 * M2 - 1, M2],
    [2 * M2, null],
    [G1, G1],
    [2 * G1 - 1, G1],
    [2 * G1, 2 * G1],
    // Its blocks of 2 MiB and of 1 GiB begin with a leaf of one page.
    [2 * G1 + 1, null],
    [2 * G1 + M2, null],
    [2 ** 36, 2 ** 36],
    [2 ** 44 + G1 - 1, 2 ** 44],
  ])("for gfn %i finds the leaf at %o", (gfn, found) => {
    expect(tlbFind(tlb, gfn)?.gfn ?? null).toBe(found);
  });

  it("lists its entries by gfn, also beyond what a record keeps in order", () => {
    const late = filled(leaf(2 ** 40, 3), leaf(2 ** 36, 1), leaf(G1, 3), leaf(5, 1));
    expect(tlbEntries(late).map(({ gfn }) => gfn)).toEqual([5, G1, 2 ** 36, 2 ** 40]);
  });

  it("keeps the newest where two leaves begin at a gfn, the smaller one where they overlap", () => {
    const both = filled(leaf(M2, 1, 1), leaf(M2 + 9, 1, 2), leaf(M2, 2, M2));
    expect(tlbFind(both, M2)).toEqual(leaf(M2, 2, M2));
    expect(tlbFind(both, M2 + 9)?.pfn).toBe(2);
    expect(tlbFind(both, M2 + 10)?.pfn).toBe(M2);
  });

  it("is empty after a flush, which says how many entries went", () => {
    const one = filled(leaf(3, 1), leaf(M2, 2), leaf(M2, 2));
    expect(tlbFlush(one)).toBe(2);
    expect(one).toEqual(newTlb());
    expect(tlbFlush(one)).toBe(0);
    expect(tlbFind(one, 3)).toBeNull();
  });

  it("and its copy do not see each other's", () => {
    const one = filled(leaf(3, 1));
    const copy = copyTlb(one);
    tlbFill(copy, leaf(4, 1));
    expect(tlbFind(one, 4)).toBeNull();
    tlbFlush(one);
    expect(tlbEntries(copy).map(({ gfn }) => gfn)).toEqual([3, 4]);
  });
});
