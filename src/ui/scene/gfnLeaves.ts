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
import { largeZapped, pagesBack } from "./largeLeaves.ts";
import { isStale } from "./leafState.ts";
import { toldBy } from "./told.ts";

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
  /** Pages of a large leaf that was zapped which are mapped again. */
  readonly back: number;
  /** The first leaf in it. */
  readonly leaf: Leaf | null;
  readonly slot: number;
}

/** Slot by slot, from left to right: the large leaves, and over them columns of what has come back, or is stale. */
export const gfnCells = (frame: Frame, kvm: Kvm, { segments }: GfnAxis): GfnCell[] =>
  segments.flatMap((segment) => {
    const bars = barsOf(frame, kvm, segment);
    return [...bars, ...columnsOf(frame, kvm, segment, bars)];
  });

const RANKS = { none: 0, mapped: 1, zapped: 2, stale: 3 } as const;

function columnsOf(
  frame: Frame,
  kvm: Kvm,
  { memslot, x, width, inset, columns: count }: GfnSegment,
  bars: readonly GfnCell[],
): GfnCell[] {
  const { id, baseGfn, npages } = memslot;
  const wide = (width - 2 * inset) / count;
  const per = npages / count;
  const states = new Array<keyof typeof RANKS>(count).fill("none");
  const leaves = new Array<Leaf | null>(count).fill(null);
  const columnOf = (gfn: number) => Math.min(count - 1, Math.floor((gfn - baseGfn) / per));
  const mark = (column: number, state: keyof typeof RANKS) => {
    if (RANKS[state] > RANKS[states[column]!]) states[column] = state;
  };
  const end = baseGfn + npages;
  for (const [from, to] of toldBy(frame).zapped.get(kvm.name) ?? []) {
    // The bar says of all of its columns that they were zapped.
    if (bars.some(({ start, end }) => start < to && from < end)) continue;
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
    ...{
      x: x + inset + column * wide,
      width: wide,
      state,
      level: null,
      back: 0,
      leaf: leaves[column]!,
      slot: id,
    },
    start: baseGfn + Math.floor(column * per),
    end: baseGfn + Math.max(Math.floor(column * per) + 1, Math.floor((column + 1) * per)),
  }));
}

/** From the slot to a large leaf, in pixels. */
const BAR_INSET = 2;

function barsOf(frame: Frame, kvm: Kvm, segment: GfnSegment): GfnCell[] {
  const { memslot, x, width, inset } = segment;
  const end = memslot.baseGfn + memslot.npages;
  const perGfn = (width - 2 * inset) / memslot.npages;
  const bar = (
    gfn: number,
    level: LeafLevel,
    state: GfnCell["state"],
    back: number,
    leaf: Leaf | null,
  ): GfnCell => ({
    x: x + BAR_INSET + (gfn - memslot.baseGfn) * perGfn,
    width: Math.max(3, pagesPerLeaf(level) * perGfn - 2 * BAR_INSET + inset),
    ...{ start: gfn, end: gfn + pagesPerLeaf(level), state, level, back, leaf, slot: memslot.id },
  });
  const gone = largeZapped(frame, kvm, memslot.baseGfn, end);
  const here = tdpLeavesIn(kvm.tdp, memslot.baseGfn, end).filter(({ level }) => level > 1);
  return [
    ...gone.map((block) => bar(block.gfn, block.level, "zapped", pagesBack(kvm, block), null)),
    ...here.map((leaf) => bar(leaf.gfn, leaf.level, "mapped", 0, leaf)),
  ];
}
