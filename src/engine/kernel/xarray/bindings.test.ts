// SPDX-License-Identifier: GPL-2.0-only
// The array as a file uses it: memslots bound over page ranges, punches walking over them.

import { describe, expect, it } from "vitest";
import { xaCheck } from "./check.ts";
import { xaEntries, xaEntryCount } from "./entries.ts";
import { XA_NULL, xaEntryText, xaMkPointer } from "./entry.ts";
import { xaFind } from "./find.ts";
import { newXarray, type Xarray } from "./pool.ts";
import { xaStoreRange } from "./storeRange.ts";
import { xaForEachRange } from "./walk.ts";

type Bound = readonly [name: string, first: number, last: number];

function bound(...bindings: Bound[]): Xarray {
  const xa = newXarray();
  for (const [name, first, last] of bindings) {
    expect(xaStoreRange(xa, first, last, xaMkPointer(name.charCodeAt(0)))).toEqual({ ok: true });
  }
  xaCheck(xa);
  return xa;
}

const nameOf = (entry: number) => String.fromCharCode(Number(xaEntryText(entry)!.slice(1)));

const runsOf = (xa: Xarray) => xaEntries(xa).map(({ first, last, entry }) => [nameOf(entry), first, last]);

/** Visits per name, `A2 B3`. */
function visits(xa: Xarray, first: number, last: number): string {
  const counts = new Map<string, number>();
  for (const { entry } of xaForEachRange(xa, first, last).visits) {
    counts.set(nameOf(entry), (counts.get(nameOf(entry)) ?? 0) + 1);
  }
  return [...counts].map(([name, n]) => name + n).join(" ");
}

describe("one binding is stored as several entries (T-d)", () => {
  it.each<[first: number, last: number, runs: [number, number][]]>([
    [0, 511, [[0, 511]]],
    [
      0,
      512,
      [
        [0, 511],
        [512, 512],
      ],
    ],
    [256, 767, [[256, 767]]],
    [
      1,
      511,
      [
        [1, 63],
        [64, 511],
      ],
    ],
    [
      1,
      512,
      [
        [1, 63],
        [64, 511],
        [512, 512],
      ],
    ],
    [
      0,
      159,
      [
        [0, 127],
        [128, 159],
      ],
    ],
    [
      5,
      1004,
      [
        [5, 63],
        [64, 959],
        [960, 1004],
      ],
    ],
    [
      7,
      4102,
      [
        [7, 63],
        [64, 4095],
        [4096, 4102],
      ],
    ],
    [
      63,
      4160,
      [
        [63, 63],
        [64, 4095],
        [4096, 4159],
        [4160, 4160],
      ],
    ],
    [
      100,
      262243,
      [
        [100, 127],
        [128, 4095],
        [4096, 262143],
        [262144, 262207],
        [262208, 262243],
      ],
    ],
    [
      256,
      524543,
      [
        [256, 4095],
        [4096, 262143],
        [262144, 524287],
        [524288, 524543],
      ],
    ],
    [0, 524287, [[0, 524287]]],
  ])("[%i..%i]", (first, last, runs) => {
    expect(runsOf(bound(["A", first, last]))).toEqual(runs.map((run) => ["A", ...run]));
  });
});

describe("4096 slots end to end", () => {
  const slots = (pages: number) => {
    const xa = newXarray();
    for (let i = 0; i < 4096; i++) xaStoreRange(xa, i * pages, (i + 1) * pages - 1, xaMkPointer(i));
    xaCheck(xa);
    return xa;
  };

  it("of 1000 pages are 12144 entries in 4601 nodes", () => {
    const xa = slots(1000);
    expect([xaEntryCount(xa), xa.nodesUsed]).toEqual([12144, 4601]);
  });

  it("of 512 pages are 4096 entries in 521 nodes, and a walk over one page reads 4 slots of 3 nodes", () => {
    const xa = slots(512);
    expect([xaEntryCount(xa), xa.nodesUsed]).toEqual([4096, 521]);
    const { visits, walk } = xaForEachRange(xa, 700, 700);
    expect(visits).toEqual([{ index: 700, entry: xaMkPointer(1) }]);
    expect([walk.slotsRead, walk.nodesRead.length]).toEqual([4, 3]);
  });
});

describe("visits of one punch, where the exclusive end is passed as last and where it is not (T-c)", () => {
  type Half = readonly [name: string, start: number, end: number];
  it.each<[row: string, bindings: Half[], punch: [number, number], literal: string, fixed: string]>([
    ["W1", [["A", 0, 512]], [0, 512], "A2", "A1"],
    ["W2", [["A", 0, 512]], [448, 512], "A2", "A1"],
    [
      "W4",
      [
        ["A", 0, 512],
        ["B", 513, 1024],
      ],
      [512, 513],
      "A1 B1",
      "",
    ],
    [
      "W5",
      [
        ["A", 0, 512],
        ["B", 513, 1024],
      ],
      [0, 1024],
      "A2 B3",
      "A1 B2",
    ],
    ["W6", [["A", 5, 1005]], [5, 1005], "A3", "A3"],
    ["W7", [["A", 5, 1005]], [0, 64], "A2", "A1"],
    ["W8", [["A", 5, 1005]], [100, 101], "A1", "A1"],
    ["W9", [["A", 100, 262244]], [0, 262244], "A5", "A5"],
    ["W10", [["A", 100, 262244]], [4000, 5000], "A2", "A2"],
  ])("%s", (_row, bindings, [start, end], literal, fixed) => {
    for (const [minus, expected] of [
      [0, literal],
      [1, fixed],
    ] as const) {
      const xa = bound(...bindings.map(([name, s, e]): Bound => [name, s, e - minus]));
      expect(visits(xa, start, end - minus)).toBe(expected);
    }
  });

  it("W3: with the literal end a neighbour finds its first page taken, with end - 1 it does not", () => {
    expect(xaFind(bound(["A", 0, 512]), 512, 1024)).toEqual({ index: 512, entry: xaMkPointer(65) });
    expect(xaFind(bound(["A", 0, 511]), 512, 1023)).toBeNull();
  });
});

describe("a store over part of a multi-index entry takes the whole entry (T-g)", () => {
  it("N1: NULL over [0..63] erases all of [0..511], and leaves its neighbour", () => {
    const xa = bound(["A", 0, 511], ["B", 512, 1023]);
    xaStoreRange(xa, 0, 63, XA_NULL);
    expect(runsOf(xa)).toEqual([["B", 512, 1023]]);
    xaCheck(xa);
  });

  it("N2: NULL over [0..512] erases the neighbour too", () => {
    const xa = bound(["M", 0, 511], ["N", 512, 1023]);
    xaStoreRange(xa, 0, 512, XA_NULL);
    expect(runsOf(xa)).toEqual([]);
    expect(xa.nodesUsed).toBe(0);
  });

  it("N3: NULL over [0..4] erases [0..3] and [4..7]", () => {
    const xa = bound(["M", 0, 3], ["N", 4, 7]);
    xaStoreRange(xa, 0, 4, XA_NULL);
    expect(runsOf(xa)).toEqual([]);
  });

  it("N4: a store over [0..64] gives all of [0..127] to the newcomer", () => {
    const xa = bound(["N", 64, 127], ["M", 0, 64]);
    expect(visits(xa, 0, 127)).toBe("M2");
    expect(runsOf(xa)).toEqual([
      ["M", 0, 63],
      ["M", 64, 127],
    ]);
    xaCheck(xa);
  });
});
