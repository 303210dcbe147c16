// SPDX-License-Identifier: GPL-2.0-only
// What the guest has mapped of each memslot on the strip of its gfns: large leaves as bars, pages in columns.

import {
  type Kvm,
  type Leaf,
  type LeafLevel,
  pagesPerLeaf,
  tdpLeavesIn,
  tdpUnmappedRuns,
} from "../../engine/index.ts";
import type { Frame } from "./frame.ts";
import { isFreed } from "./frameBehind.ts";
import type { GfnAxis, GfnSegment } from "./gfnAxis.ts";
import { largeZapped } from "./largeLeaves.ts";
import { isStale } from "./leafState.ts";
import { toldBy } from "./told.ts";

/** A column of leaves, in pixels at the least. */
const COLUMN = 9;

/** A mark on the strip: a large leaf, or a column of pages; `gfns` that it stands for. */
export interface GfnCell {
  readonly x: number;
  readonly width: number;
  readonly start: number;
  readonly end: number;
  /** The rarest state of the gfns in it. */
  readonly state: "none" | "mapped" | "zapped" | "stale";
  /** Of a large leaf, or of one that was. */
  readonly level: LeafLevel | null;
  /** The first leaf in it. */
  readonly leaf: Leaf | null;
  readonly slot: number;
}

/** Slot by slot, from left to right: columns, then the large leaves over them, and over these what is stale. */
export const gfnCells = (frame: Frame, kvm: Kvm, { segments }: GfnAxis): GfnCell[] =>
  segments.flatMap((segment) => {
    const bars = barsOf(frame, kvm, segment);
    const isUnder = ({ start, end }: GfnCell) => bars.some((bar) => bar.start < end && start < bar.end);
    const isOver = ({ state }: GfnCell) => state === "stale";
    // The bar says for all of its columns that they were zapped.
    const columns = columnsOf(frame, kvm, segment).map((cell) =>
      cell.state === "zapped" && isUnder(cell) ? { ...cell, state: "none" as const } : cell,
    );
    return [...columns.filter((cell) => !isOver(cell)), ...bars, ...columns.filter(isOver)];
  });

/** From the strip's slot to its leaves, and of the space of a gfn. */
const INSET = 2;

const RANKS = { none: 0, mapped: 1, zapped: 2, stale: 3 } as const;

function columnsOf(frame: Frame, kvm: Kvm, { memslot, x, width }: GfnSegment): GfnCell[] {
  const { id, baseGfn, npages } = memslot;
  const count = Math.min(npages, Math.max(1, Math.floor((width - 2 * INSET) / COLUMN)));
  const wide = (width - 2 * INSET) / count;
  const per = npages / count;
  const states = new Array<keyof typeof RANKS>(count).fill("none");
  const leaves = new Array<Leaf | null>(count).fill(null);
  const columnOf = (gfn: number) => Math.min(count - 1, Math.floor((gfn - baseGfn) / per));
  const mark = (column: number, state: keyof typeof RANKS) => {
    if (RANKS[state] > RANKS[states[column]!]) states[column] = state;
  };
  const end = baseGfn + npages;
  for (const [from, to] of toldBy(frame).zapped.get(kvm.name) ?? []) {
    // What was mapped again since is zapped no more.
    for (const run of tdpUnmappedRuns(kvm.tdp, Math.max(from, baseGfn), Math.min(to, end)))
      for (let column = columnOf(run[0]); column <= columnOf(run[1] - 1); column++) mark(column, "zapped");
  }
  for (const leaf of tdpLeavesIn(kvm.tdp, baseGfn, end)) {
    if (leaf.level === 1) mark(columnOf(leaf.gfn), "mapped");
    const stale = isStale(frame, leaf);
    for (let gfn = leaf.gfn; stale && gfn < leaf.gfn + pagesPerLeaf(leaf.level); gfn++)
      if (isFreed(frame.world, leaf, gfn)) mark(columnOf(gfn), "stale");
    leaves[columnOf(leaf.gfn)] ??= leaf;
  }
  return states.map((state, column) => ({
    ...{ x: x + INSET + column * wide, width: wide, state, level: null, leaf: leaves[column]!, slot: id },
    start: baseGfn + Math.floor(column * per),
    end: baseGfn + Math.max(Math.floor(column * per) + 1, Math.floor((column + 1) * per)),
  }));
}

function barsOf(frame: Frame, kvm: Kvm, segment: GfnSegment): GfnCell[] {
  const { memslot, x, width } = segment;
  const end = memslot.baseGfn + memslot.npages;
  const perGfn = (width - 2 * INSET) / memslot.npages;
  const bar = (gfn: number, level: LeafLevel, state: GfnCell["state"], leaf: Leaf | null): GfnCell => ({
    x: x + INSET + (gfn - memslot.baseGfn) * perGfn,
    width: Math.max(3, pagesPerLeaf(level) * perGfn - 2),
    ...{ start: gfn, end: gfn + pagesPerLeaf(level), state, level, leaf, slot: memslot.id },
  });
  const gone = largeZapped(frame, kvm, memslot.baseGfn, end);
  const here = tdpLeavesIn(kvm.tdp, memslot.baseGfn, end).filter(({ level }) => level > 1);
  return [
    ...gone.map(({ gfn, level }) => bar(gfn, level, "zapped", null)),
    ...here.map((leaf) => bar(leaf.gfn, leaf.level, "mapped", leaf)),
  ];
}
