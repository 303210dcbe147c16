// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import type { Pfn } from "../../units.ts";
import { type LeafLevel, pagesPerLeaf } from "./level.ts";
import { levelFor } from "./levelFor.ts";

const M2 = pagesPerLeaf(2);
const G1 = pagesPerLeaf(3);

type Row = [
  name: string,
  page: readonly [gfn: number, pfn: number, order: number],
  slot: readonly [baseGfn: number, npages: number, pgoff: number],
  level: LeafLevel,
];

const ROWS: Row[] = [
  ["folio of one page", [0, 0, 0], [0, 4 * G1, 0], 1],
  ["folio of 2 MiB", [3, 3, 9], [0, 4 * G1, 0], 2],
  ["folio of 2 MiB, and a slot of no more", [M2 + 3, 3, 9], [M2, M2, 0], 2],
  ["folio of 1 GiB", [70_000, 70_000, 18], [0, 4 * G1, 0], 3],
  ["folio of 1 GiB, and a slot of no more", [G1, G1, 18], [G1, G1, 0], 3],
  ["1 GiB that the slot lacks one page of", [0, 0, 18], [0, G1 - 1, 0], 2],
  ["2 MiB at the slot's end, which lacks one page", [G1 - 1, G1 - 1, 18], [0, G1 - 1, 0], 1],
  ["2 MiB that the slot lacks one page of", [3, 3, 18], [0, M2 - 1, 0], 1],
  ["head of a slot that begins one page late", [1, 1, 18], [1, 4 * G1, 1], 1],
  ["behind the head of such a slot", [M2 + 1, M2 + 1, 18], [1, 4 * G1, 1], 2],
  ["the first whole 1 GiB of such a slot", [G1, G1, 18], [1, 4 * G1, 1], 3],
  ["slot at an odd gfn, file from page 0", [M2 + 1, M2, 18], [1, 4 * G1, 0], 1],
  ["slot at gfn 0, file from an odd page", [0, 1, 18], [0, 4 * G1, 1], 1],
  ["odd pgoff, though gfn and pfn agree", [0, 0, 18], [0, 4 * G1, 1], 1],
  ["odd alike: base and pgoff 5", [M2, M2, 9], [5, 4 * G1, 5], 2],
  ["base and pgoff alike in 2 MiB, not in 1 GiB", [G1 + 3, M2 + 3, 18], [G1, 4 * G1, M2], 2],
  ["gfn and pfn one page apart", [3, 4, 18], [0, 4 * G1, 0], 1],
  ["gfn and pfn 2 MiB apart", [3, M2 + 3, 18], [0, 4 * G1, 0], 2],
  ["gfn and pfn 1 GiB apart", [3, G1 + 3, 18], [0, 4 * G1, 0], 3],
  ["beyond 32 bits", [2 ** 40 + 3, 3, 18], [2 ** 40, G1, 0], 3],
];

describe("levelFor() (6.3)", () => {
  it.each<Row>(ROWS)("%s", (_, [gfn, pfn, order], [baseGfn, npages, pgoff], level) => {
    expect(levelFor({ gfn, pfn: pfn as Pfn, order, slot: { baseGfn, npages, pgoff } })).toBe(level);
  });
});
