// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { ModelBug } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import { tdpCheck } from "./check.ts";
import { tdpInstall, tdpInstallRun } from "./install.ts";
import { tdpLeavesIn } from "./leaves.ts";
import type { Leaf, LeafLevel } from "./level.ts";
import { newTdp, type Tdp, tdpFreeTables } from "./tables.ts";
import { tdpWalk } from "./walk.ts";
import { tdpZap } from "./zap.ts";

const pfn = (n: number) => n as Pfn;
const M2 = 512;
const G1 = 512 ** 2;

const install = (tdp: Tdp, gfn: number, level: LeafLevel, frame: number, dropped: Leaf[] = []) =>
  tdpInstall(tdp, gfn, level, pfn(frame), 1, (first, at, lost, generation) =>
    dropped.push({ gfn: first, level: at, pfn: lost, generation }),
  );

describe("tdpInstall()", () => {
  it.each<[gfn: number, level: LeafLevel, linked: number[]]>([
    [3, 1, [3, 2, 1]],
    [0, 2, [3, 2]],
    [0, 3, [3]],
  ])("makes the tables that are missing: gfn %i at level %i links %j", (gfn, level, linked) => {
    const tdp = newTdp(4);
    expect(install(tdp, gfn, level, 0)).toEqual({ linked, dropped: 0, unlinked: [] });
    expect(tdp.inUse).toMatchObject({ 4: 1, 3: 1, 2: level < 3 ? 1 : 0, 1: level < 2 ? 1 : 0 });
    tdpCheck(tdp);
  });

  it("uses the tables that are there", () => {
    const tdp = newTdp(5);
    expect(install(tdp, 0, 1, 0).linked).toEqual([4, 3, 2, 1]);
    expect(install(tdp, 511, 1, 1).linked).toEqual([]);
    expect(install(tdp, M2, 1, 2).linked).toEqual([1]);
    expect(install(tdp, 2 * M2, 2, M2).linked).toEqual([]);
    expect(install(tdp, G1, 3, G1).linked).toEqual([]);
    expect(install(tdp, 2 ** 36, 1, 3).linked).toEqual([4, 3, 2, 1]);
    expect(tdp.inUse).toEqual({ 1: 3, 2: 2, 3: 2, 4: 2, 5: 1 });
    tdpCheck(tdp);
  });

  it("over a table of smaller pages drops its leaves, and the table is given back after the flush (6.3)", () => {
    const tdp = newTdp(4);
    install(tdp, M2 + 3, 1, 40);
    install(tdp, M2 + 9, 1, 30);
    const dropped: Leaf[] = [];
    const table = tdpWalk(tdp, M2 + 3).at(-1)?.table;
    expect(install(tdp, M2, 2, M2, dropped)).toEqual({ linked: [], dropped: 2, unlinked: [table] });
    expect(dropped).toEqual([
      { gfn: M2 + 3, level: 1, pfn: 40, generation: 1 },
      { gfn: M2 + 9, level: 1, pfn: 30, generation: 1 },
    ]);
    expect(tdpLeavesIn(tdp, 0, G1)).toEqual([{ gfn: M2, level: 2, pfn: M2, generation: 1 }]);
    tdpCheck(tdp);

    // Until the flush no other table may take its place.
    install(tdp, 0, 1, 5);
    expect(tdpWalk(tdp, 0).at(-1)?.table).not.toBe(table);
    expect(tdp.inUse[1]).toBe(2);
    tdpFreeTables(tdp, [table!]);
    expect(tdp.inUse[1]).toBe(1);
    tdpCheck(tdp);
    install(tdp, 2 * M2, 1, 6);
    expect(tdpWalk(tdp, 2 * M2).at(-1)?.table).toBe(table);
    tdpCheck(tdp);
  });

  it("at 1 GiB cuts out two floors of tables, empty ones too, the upper one first", () => {
    const tdp = newTdp(4);
    install(tdp, 0, 1, 1);
    install(tdp, 5 * M2, 1, 2);
    install(tdp, 7 * M2, 2, M2);
    tdpZap(tdp, 0, 1, () => {});
    const tables = [tdpWalk(tdp, 0)[2], tdpWalk(tdp, 0)[3], tdpWalk(tdp, 5 * M2)[3]].map((at) => at?.table);
    const dropped: Leaf[] = [];
    expect(install(tdp, 0, 3, 0, dropped)).toEqual({ linked: [], dropped: 2, unlinked: tables });
    expect(dropped.map(({ gfn, level }) => [gfn, level])).toEqual([
      [5 * M2, 1],
      [7 * M2, 2],
    ]);
    tdpCheck(tdp);
    tdpFreeTables(tdp, tables as never);
    expect(tdp.inUse).toEqual({ 1: 0, 2: 0, 3: 1, 4: 1, 5: 0 });
    tdpCheck(tdp);
  });

  it("over empty tables has nothing to drop, and still unlinks them", () => {
    const tdp = newTdp(4);
    install(tdp, 3, 1, 1);
    tdpZap(tdp, 0, M2, () => {});
    expect(install(tdp, 0, 2, 0)).toMatchObject({ dropped: 0, unlinked: [3] });
    tdpCheck(tdp);
  });

  it.each<[why: string, gfn: number, level: LeafLevel, frame: number]>([
    ["the same leaf is there", 3, 1, 8],
    ["a larger leaf is there", G1 + 700, 1, 8],
    ["a still larger leaf is there", 3 * G1, 2, M2],
    ["the gfn is not aligned", 2 * M2 + 1, 2, M2],
    ["the pfn is not aligned (I14)", 2 * M2, 2, M2 + 1],
    ["the gfn is aligned to 2 MiB only", 4 * G1 + M2, 3, G1],
    ["the leaf is beyond the last gfn", 2 ** 36, 1, 8],
    ["a host has no such frame", 4, 1, 2 ** 24],
  ])("refuses where %s", (_, gfn, level, frame) => {
    const tdp = newTdp(4);
    install(tdp, 3, 1, 7);
    install(tdp, G1 + M2, 2, M2);
    install(tdp, 3 * G1, 3, G1);
    expect(() => install(tdp, gfn, level, frame)).toThrow(ModelBug);
  });

  it("a table that was not unlinked is not given back, nor is one given back twice", () => {
    const tdp = newTdp(4);
    install(tdp, 3, 1, 7);
    expect(() => tdpFreeTables(tdp, [tdpWalk(tdp, 3)[3]!.table])).toThrow("linked, not unlinked");
    const { unlinked } = install(tdp, 0, 2, 0);
    tdpFreeTables(tdp, unlinked);
    expect(() => tdpFreeTables(tdp, unlinked)).toThrow("free, not unlinked");
  });

  it("keeps the largest generation and frame that an entry has room for", () => {
    const tdp = newTdp(4);
    tdpInstall(tdp, 5, 1, pfn(2 ** 24 - 1), 2 ** 27 - 1, () => {});
    expect(tdpLeavesIn(tdp, 0, 9)).toEqual([{ gfn: 5, level: 1, pfn: 2 ** 24 - 1, generation: 2 ** 27 - 1 }]);
    expect(() => tdpInstall(tdp, 6, 1, pfn(0), 2 ** 27, () => {})).toThrow(ModelBug);
  });
});

describe("tdpInstallRun()", () => {
  const frames = (n: number, from = 0) => Array.from({ length: n }, (_, k) => pfn(from + 2 * k));

  it.each<[gfn: number, pages: number, tables: number]>([
    [0, 0, 0],
    [5, 1, 1],
    [511, 2, 2],
    [300, 1300, 4],
    [2 ** 36 - 600, 600, 2],
  ])("at gfn %i for %i pages leaves what as many single installs leave", (gfn, pages, tables) => {
    const [run, single] = [newTdp(4), newTdp(4)];
    const pfns = frames(pages, 9);
    tdpInstallRun(run, gfn, pfns, (frame) => frame % 5);
    for (const [k, frame] of pfns.entries()) tdpInstall(single, gfn + k, 1, frame, frame % 5, () => {});
    tdpCheck(run);
    expect(run).toEqual(single);
    expect(run.inUse[1]).toBe(tables);
  });

  it("refuses where a gfn is mapped, by a leaf of any size", () => {
    const tdp = newTdp(4);
    install(tdp, 3, 1, 7);
    install(tdp, M2, 2, M2);
    expect(() => tdpInstallRun(tdp, 0, frames(4), () => 0)).toThrow("gfn 3");
    expect(() => tdpInstallRun(tdp, M2 - 1, frames(2), () => 0)).toThrow(`gfn ${M2}`);
    expect(() => tdpInstallRun(tdp, 2 ** 36 - 1, frames(2), () => 0)).toThrow(ModelBug);
  });

  it("takes 262,144 pages in 512 tables", () => {
    const tdp = newTdp(4);
    tdpInstallRun(tdp, G1, frames(G1), () => 0);
    expect(tdp.inUse).toMatchObject({ 1: 512, 2: 1, 3: 1 });
    expect(tdp.leaves[0]).toBe(G1);
    tdpCheck(tdp);
  });
});
