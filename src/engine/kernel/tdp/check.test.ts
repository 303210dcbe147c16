// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import type { Pfn } from "../../units.ts";
import { tdpCheck } from "./check.ts";
import { spteOfLeaf, spteOfTable, type TableId } from "./entry.ts";
import { tdpInstall } from "./install.ts";
import { newTdp, putEntry, type Tdp } from "./tables.ts";

const id = (n: number) => n as TableId;

/** Tables 0 to 3 lead to gfn 5; gfn 512 is a leaf of 2 MiB; table 4 was unlinked there. */
const sound = () => {
  const tdp = newTdp(4);
  tdpInstall(tdp, 5, 1, 5 as Pfn, 0, () => {});
  tdpInstall(tdp, 512, 1, 6 as Pfn, 0, () => {});
  tdpInstall(tdp, 512, 2, 512 as Pfn, 0, () => {});
  return tdp;
};

it.each<[name: string, damage: (tdp: Tdp) => void, says: string]>([
  [
    "a leaf that nobody counted",
    (tdp) => putEntry(tdp, id(3), 9, spteOfLeaf(9 as Pfn, 0, false)),
    "counts 1",
  ],
  ["a count too high above", (tdp) => (tdp.leaves[1] = 3), "table 1: counts 3 leaves ≠ 2"],
  ["a large bit at level 1", (tdp) => putEntry(tdp, id(3), 5, spteOfLeaf(5 as Pfn, 0, true)), "large true"],
  [
    "a frame that 2 MiB cannot begin at",
    (tdp) => putEntry(tdp, id(2), 1, spteOfLeaf(513 as Pfn, 0, true)),
    "pfn 513 is no multiple of 512 (I14)",
  ],
  ["a leaf of 512 GiB", (tdp) => putEntry(tdp, id(0), 7, spteOfLeaf(0 as Pfn, 0, true)), "level 4 (I14)"],
  ["a table named twice", (tdp) => putEntry(tdp, id(2), 7, spteOfTable(id(3))), "named by two entries"],
  ["a table below level 1", (tdp) => putEntry(tdp, id(3), 7, spteOfTable(id(4))), "a table below level 1"],
  ["an unlinked table that is named", (tdp) => putEntry(tdp, id(2), 7, spteOfTable(id(4))), "unlinked, and"],
  ["a level that is not the place's", (tdp) => (tdp.level[3] = 2), "level 2 ≠ 1"],
  ["a linked table that nothing names", (tdp) => (tdp.state[4] = "linked"), "linked, reached false"],
  ["an unlinked table that maps", (tdp) => putEntry(tdp, id(4), 0, 1), "unlinked, and not empty"],
  ["a free table that the list lacks", (tdp) => (tdp.state[4] = "free"), "on the free list false"],
  ["a free list that names one twice", (tdp) => tdp.free.push(id(4), id(4)), "names a table twice"],
  ["a table too few in use", (tdp) => tdp.inUse[1]--, "level 1: 1 tables in use ≠ 2"],
])("tdpCheck() sees %s", (_, damage, says) => {
  const tdp = sound();
  tdpCheck(tdp);
  damage(tdp);
  expect(() => tdpCheck(tdp)).toThrow(says);
});
