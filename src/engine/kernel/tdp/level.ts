// SPDX-License-Identifier: GPL-2.0-only
// The levels of second-level tables, as numbers: which entry of a table a gfn meets, how much a leaf maps.

import type { Pfn } from "../../units.ts";

/** Where a leaf may stand: 1 maps 4 KiB, 2 maps 2 MiB, 3 maps 1 GiB. */
export type LeafLevel = 1 | 2 | 3;

/** One entry of a table at level 4 covers 512 GiB, at level 5 256 TiB. */
export type TableLevel = LeafLevel | RootLevel;

export type RootLevel = 4 | 5;

/** A present leaf: guest pages from `gfn` on lie in frames from `pfn` on. */
export interface Leaf {
  /** The first gfn that it maps: a multiple of pagesPerLeaf(level). */
  readonly gfn: number;
  readonly level: LeafLevel;
  /** Of that gfn. */
  readonly pfn: Pfn;
  /** How often the frame had been freed when the leaf was installed. An older one than the frame's own is stale. */
  readonly generation: number;
}

/** Is told of a leaf, field by field: where 262,144 of them go at once, nobody should make an object for each. */
export type EachLeaf = (gfn: number, level: LeafLevel, pfn: Pfn, generation: number) => void;

export const TABLE_ENTRIES = 512;

const PAGES = [1, 512, 512 ** 2, 512 ** 3, 512 ** 4] as const;

/** Guest pages that one entry of a table at `level` covers. */
export const pagesPerEntry = (level: TableLevel): number => PAGES[level - 1] as number;

/** Guest pages that a leaf at `level` maps: 1, 512 or 262,144. */
export const pagesPerLeaf = (level: LeafLevel): number => pagesPerEntry(level);

/** Which of the 512 entries of its table at `level` covers `gfn`. Division: a gfn has more bits than a shift keeps. */
export const indexAt = (gfn: number, level: TableLevel): number =>
  Math.floor(gfn / pagesPerEntry(level)) % TABLE_ENTRIES;

/** The first gfn of the block of `level` in which `gfn` lies. */
export const blockOf = (gfn: number, level: TableLevel): number => gfn - (gfn % pagesPerEntry(level));
