// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { ModelBug } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import { tdpCheck } from "./check.ts";
import { tdpInstall } from "./install.ts";
import { tdpLeavesIn, tdpUnmappedRuns } from "./leaves.ts";
import type { Leaf, LeafLevel } from "./level.ts";
import { newTdp, type Tdp, tdpEmpty } from "./tables.ts";
import { tdpZap } from "./zap.ts";

const M2 = 512;
const G1 = 512 ** 2;

const mapped = (...leaves: [gfn: number, level: LeafLevel][]) => {
  const tdp = newTdp(4);
  for (const [gfn, level] of leaves) tdpInstall(tdp, gfn, level, (gfn % 2 ** 24) as Pfn, level, () => {});
  return tdp;
};

const zap = (tdp: Tdp, start: number, end: number) => {
  const told: Leaf[] = [];
  const result = tdpZap(tdp, start, end, (gfn, level, pfn, generation) =>
    told.push({ gfn, level, pfn, generation }),
  );
  tdpCheck(tdp);
  return { ...result, told };
};

type Leaves = [gfn: number, level: LeafLevel][];
type Row = [
  name: string,
  leaves: Leaves,
  range: readonly [start: number, end: number],
  zapped: readonly (readonly [number, number])[],
  left: readonly number[],
];

const ROWS: Row[] = [
  ["m1: one page of a 2 MiB leaf takes it whole", [[0, 2]], [3, 4], [[0, M2]], []],
  ["m2: one page of a 1 GiB leaf takes it whole", [[G1, 3]], [G1 + 70_000, G1 + 70_001], [[G1, 2 * G1]], []],
  ["its first page alone", [[M2, 2]], [M2, M2 + 1], [[M2, 2 * M2]], []],
  ["its last page alone", [[M2, 2]], [2 * M2 - 1, 2 * M2], [[M2, 2 * M2]], []],
  ["the pages on either side of it", [[M2, 2]], [0, M2], [], [M2]],
  ["the page after it", [[M2, 2]], [2 * M2, 3 * M2], [], [M2]],
  ["nothing in a range of nothing", [[M2, 2]], [M2 + 3, M2 + 3], [], [M2]],
  [
    "two large leaves, each partly, and small ones between them, as one run",
    [[0, 2], ...Array.from({ length: M2 }, (_, k): [number, 1] => [M2 + k, 1]), [2 * M2, 2], [3 * M2, 2]],
    [M2 - 1, 2 * M2 + 1],
    [[0, 3 * M2]],
    [3 * M2],
  ],
  [
    "small pages alone, of a range of them",
    [
      [1, 1],
      [2, 1],
      [5, 1],
      [6, 1],
      [9, 1],
    ],
    [2, 9],
    [
      [2, 3],
      [5, 7],
    ],
    [1, 9],
  ],
  [
    "leaves of every size, over everything",
    [
      [7, 1],
      [M2, 2],
      [G1, 3],
      [2 ** 36 - 1, 1],
    ],
    [0, 2 ** 36],
    [
      [7, 8],
      [M2, 2 * M2],
      [G1, 2 * G1],
      [2 ** 36 - 1, 2 ** 36],
    ],
    [],
  ],
];

describe("tdpZap() takes whole leaves (T-m)", () => {
  it.each<Row>(ROWS)("%s", (_, leaves, [start, end], zapped, left) => {
    const tdp = mapped(...leaves);
    const { told, ...result } = zap(tdp, start, end);
    expect(result).toEqual({ leaves: leaves.length - left.length, zapped });
    expect(tdpLeavesIn(tdp, 0, 2 ** 36).map(({ gfn }) => gfn)).toEqual(left);
    const gone = leaves.filter(([gfn]) => !left.includes(gfn));
    expect(told).toEqual(gone.map(([gfn, level]) => ({ gfn, level, pfn: gfn % 2 ** 24, generation: level })));
  });

  it("leaves the tables, and finds nothing the second time", () => {
    const tdp = mapped([7, 1], [M2, 2], [G1, 3]);
    const tables = { ...tdp.inUse };
    expect(tdpEmpty(tdp)).toBe(false);
    expect(zap(tdp, 0, 2 ** 36).leaves).toBe(3);
    expect(tdpEmpty(tdp)).toBe(true);
    expect(tdp.inUse).toEqual(tables);
    expect(zap(tdp, 0, 2 ** 36)).toEqual({ leaves: 0, zapped: [], told: [] });
  });

  it("passes by what is empty at its highest level", () => {
    const tdp = mapped([7, 1], [M2 + 1, 1], [512 ** 3, 1]);
    zap(tdp, 0, G1);
    // The four tables of the first 512 GiB: a look into any of them would throw.
    for (const id of [1, 2, 3, 4]) Reflect.deleteProperty(tdp.rows, id);
    expect(tdpZap(tdp, 0, 512 ** 3, () => {})).toEqual({ leaves: 0, zapped: [] });
    expect(tdpLeavesIn(tdp, 0, 2 ** 36).map(({ gfn }) => gfn)).toEqual([512 ** 3]);
  });

  it("is not asked for gfns that the tables cannot map", () => {
    const tdp = mapped();
    expect(zap(tdp, 2 ** 36, 2 ** 36).leaves).toBe(0);
    expect(() => zap(tdp, 0, 2 ** 36 + 1)).toThrow(ModelBug);
  });
});

describe("what is mapped in a range, and what is not", () => {
  const tdp = mapped([3, 1], [4, 1], [M2, 2], [G1, 3]);

  it.each<[start: number, end: number, leaves: number[], unmapped: [number, number][]]>([
    [0, 3, [], [[0, 3]]],
    [3, 5, [3, 4], []],
    [
      0,
      M2 + 1,
      [3, 4, M2],
      [
        [0, 3],
        [5, M2],
      ],
    ],
    [2 * M2 - 1, 2 * M2 + 2, [M2], [[2 * M2, 2 * M2 + 2]]],
    [G1 + 5, G1 + 9, [G1], []],
    [M2 + 5, M2 + 5, [], []],
    [
      4,
      2 ** 36,
      [4, M2, G1],
      [
        [5, M2],
        [2 * M2, G1],
        [2 * G1, 2 ** 36],
      ],
    ],
  ])("[%i, %i)", (start, end, leaves, unmapped) => {
    expect(tdpLeavesIn(tdp, start, end).map(({ gfn }) => gfn)).toEqual(leaves);
    expect(tdpUnmappedRuns(tdp, start, end)).toEqual(unmapped);
  });
});
