// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { ModelBug } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import { tdpCheck } from "./check.ts";
import { tdpInstall } from "./install.ts";
import { indexAt, type LeafLevel, type RootLevel } from "./level.ts";
import { newTdp, tdpGfnEnd } from "./tables.ts";
import { tdpLeafAt, tdpWalk } from "./walk.ts";

const pfn = (n: number) => n as Pfn;
const M2 = 512;
const G1 = 512 ** 2;

describe("the entries that a gfn meets", () => {
  it.each<[gfn: number, l1: number, l2: number, l3: number, l4: number, l5: number]>([
    [0x12345, 325, 145, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [511, 511, 0, 0, 0, 0],
    [512, 0, 1, 0, 0, 0],
    [G1 - 1, 511, 511, 0, 0, 0],
    [G1, 0, 0, 1, 0, 0],
    [2 ** 31, 0, 0, 0, 16, 0],
    [2 ** 32 + 1, 1, 0, 0, 32, 0],
    [2 ** 36 - 1, 511, 511, 511, 511, 0],
    [2 ** 36, 0, 0, 0, 0, 1],
    [2 ** 45 - 1, 511, 511, 511, 511, 511],
  ])("gfn %i", (gfn, ...indexes) => {
    expect(([1, 2, 3, 4, 5] as const).map((level) => indexAt(gfn, level))).toEqual(indexes);
  });
});

/** One read a word: `L4[0] table`. */
const told = (tdp: Parameters<typeof tdpWalk>[0], gfn: number) =>
  tdpWalk(tdp, gfn).map(({ level, index, found }) => `L${level}[${index}] ${found}`);

describe("tdpWalk()", () => {
  it.each<[rootLevel: RootLevel, gfn: number, level: LeafLevel, reads: string[]]>([
    [4, 0x12345, 1, ["L4[0] table", "L3[0] table", "L2[145] table", "L1[325] leaf"]],
    [4, 0x12345, 2, ["L4[0] table", "L3[0] table", "L2[145] leaf"]],
    [4, 0x12345, 3, ["L4[0] table", "L3[0] leaf"]],
    [5, 0x12345, 1, ["L5[0] table", "L4[0] table", "L3[0] table", "L2[145] table", "L1[325] leaf"]],
    [5, 2 ** 36, 3, ["L5[1] table", "L4[0] table", "L3[0] leaf"]],
    [4, 2 ** 36 - 1, 1, ["L4[511] table", "L3[511] table", "L2[511] table", "L1[511] leaf"]],
  ])("with a root at level %i, gfn %i mapped at level %i", (rootLevel, gfn, level, reads) => {
    const tdp = newTdp(rootLevel);
    const pages = 512 ** (level - 1);
    const first = gfn - (gfn % pages);
    tdpInstall(tdp, first, level, pfn(pages), 7, () => {});
    expect(told(tdp, gfn)).toEqual(reads);
    expect(tdpLeafAt(tdp, gfn)).toEqual({ gfn: first, level, pfn: pages, generation: 7 });
    tdpCheck(tdp);
  });

  it("each read that finds a table names it by the next", () => {
    const tdp = newTdp(4);
    tdpInstall(tdp, 5, 1, pfn(9), 0, () => {});
    expect(tdpWalk(tdp, 5).map(({ table }) => table)).toEqual([0, 1, 2, 3]);
    expect(tdpWalk(tdp, 5).map(({ leaf }) => leaf?.pfn ?? null)).toEqual([null, null, null, 9]);
  });

  it("ends where nothing is, at whatever level", () => {
    const tdp = newTdp(4);
    expect(told(tdp, 5)).toEqual(["L4[0] none"]);
    tdpInstall(tdp, 5, 1, pfn(9), 0, () => {});
    expect(told(tdp, 6)).toEqual(["L4[0] table", "L3[0] table", "L2[0] table", "L1[6] none"]);
    expect(told(tdp, M2)).toEqual(["L4[0] table", "L3[0] table", "L2[1] none"]);
    expect(told(tdp, G1)).toEqual(["L4[0] table", "L3[1] none"]);
    expect(tdpLeafAt(tdp, 6)).toBeNull();
  });

  it.each<[RootLevel, number]>([
    [4, 2 ** 36],
    [5, 2 ** 45],
  ])("of %i levels, gfn %i is the first that cannot be asked for", (rootLevel, end) => {
    const tdp = newTdp(rootLevel);
    expect(tdpGfnEnd(tdp)).toBe(end);
    expect(tdpWalk(tdp, end - 1)).toHaveLength(1);
    expect(() => tdpWalk(tdp, end)).toThrow(ModelBug);
  });
});
