// SPDX-License-Identifier: GPL-2.0-only
// Leaves of more than one page: those that are there, and those that the shown operation has zapped whole.

import { type Kvm, type LeafLevel, pagesPerLeaf, tdpLeavesIn, tdpUnmappedRuns } from "../../engine/index.ts";
import { numberText } from "../text/number.ts";
import type { Frame } from "./frame.ts";
import { toldBy } from "./told.ts";

/** gfns [gfn, gfn + pagesPerLeaf(level)). */
export interface Block {
  readonly gfn: number;
  readonly level: LeafLevel;
}

/** `2 MiB`: how much a leaf maps. */
export const SIZES: Readonly<Record<LeafLevel, string>> = { 1: "4 KiB", 2: "2 MiB", 3: "1 GiB" };

export const endOf = ({ gfn, level }: Block): number => gfn + pagesPerLeaf(level);

/** The large leaves that map any gfn of [start, end), ascending. */
export const largeLeaves = ({ tdp }: Kvm, start: number, end: number): Block[] =>
  tdpLeavesIn(tdp, start, end).filter(({ level }) => level > 1);

/** The large leaves of [start, end) that the operation has zapped, and for which nothing stands whole again. */
export function largeZapped(frame: Frame, kvm: Kvm, start: number, end: number): Block[] {
  const blocks = new Map<number, Block>();
  for (const event of toldBy(frame).zaps.get(kvm.name) ?? [])
    for (const block of blocksOf(event.zapped, event.sptes))
      if (block.level > 1 && block.gfn < end && endOf(block) > start) blocks.set(block.gfn, block);
  return [...blocks.values()]
    .filter((block) => tdpUnmappedRuns(kvm.tdp, block.gfn, endOf(block)).length > 0)
    .sort((a, b) => a.gfn - b.gfn);
}

/** Pages of `block`, which was zapped, that the guest has mapped again since. */
export const pagesBack = ({ tdp }: Kvm, block: Block): number =>
  tdpUnmappedRuns(tdp, block.gfn, endOf(block)).reduce(
    (left, [start, end]) => left - (end - start),
    pagesPerLeaf(block.level),
  );

/** `2 MiB leaf zapped, 2 of 512 pages back` */
export function zappedText(level: LeafLevel, back: number): string {
  const zapped = `${SIZES[level]} leaf zapped`;
  return back === 0
    ? zapped
    : `${zapped}, ${numberText(back)} of ${numberText(pagesPerLeaf(level))} pages back`;
}

/**
 * The leaves that runs of gfns were mapped by. A zap tells the runs and how many leaves it took. If it took as few as
 * can map the runs, they are these; if it took more, some were smaller, nobody knows which, and none counts as large.
 */
export function blocksOf(runs: readonly (readonly [start: number, end: number])[], leaves: number): Block[] {
  const blocks = runs.flatMap(([start, end]) => {
    const own: Block[] = [];
    for (let gfn = start; gfn < end; gfn = endOf(own.at(-1)!)) own.push({ gfn, level: largestAt(gfn, end) });
    return own;
  });
  return blocks.length === leaves ? blocks : [];
}

const largestAt = (gfn: number, end: number): LeafLevel =>
  ([3, 2] as const).find((level) => gfn % pagesPerLeaf(level) === 0 && gfn + pagesPerLeaf(level) <= end) ?? 1;
