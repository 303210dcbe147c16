// SPDX-License-Identifier: GPL-2.0-only
// The entries of the table in which a walk ends, as many as the strip has columns.

import {
  type Kvm,
  type Leaf,
  pagesPerEntry,
  TABLE_ENTRIES,
  type TableLevel,
  type TdpRead,
  tdpWalk,
} from "../../engine/index.ts";
import { type Axis, CELLS } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { blocksOf } from "./largeLeaves.ts";
import { isStale } from "./leafState.ts";
import { pageFinder, slotsOf } from "./reached.ts";
import { toldBy } from "./told.ts";

/** An entry, and what it says now. */
export interface WalkEntry {
  /** In its table, 0 to 511. */
  readonly index: number;
  /** The first one that it covers. */
  readonly gfn: number;
  /** `zapped`: none any more since the shown operation; `stale`: a leaf to a page that was freed. */
  readonly state: "none" | "zapped" | "table" | "leaf" | "stale";
  readonly leaf: Leaf | null;
}

/** The 64 entries from `first` on of the table at `level` on the way to `gfn`. */
export function entriesFrom(
  frame: Frame,
  kvm: Kvm,
  gfn: number,
  level: TableLevel,
  first: number,
): WalkEntry[] {
  const pages = pagesPerEntry(level);
  const base = gfn - (gfn % (pages * TABLE_ENTRIES));
  const wasZapped = zappedAt(frame, kvm, level, base + first * pages, base + (first + CELLS) * pages);
  return Array.from({ length: CELLS }, (_, k): WalkEntry => {
    const index = first + k;
    const own = base + index * pages;
    // The tables above this one are those of the walk: it is read whatever the entry says.
    const read = tdpWalk(kvm.tdp, own).find((each) => each.level === level);
    const leaf = read?.leaf ?? null;
    if (leaf !== null) return { index, gfn: own, state: isStale(frame, leaf) ? "stale" : "leaf", leaf };
    if (read?.found === "table") return { index, gfn: own, state: "table", leaf };
    return { index, gfn: own, state: wasZapped(own) ? "zapped" : "none", leaf };
  });
}

/**
 * Whether the entry of `level` that begins at a gfn of [from, to) held a leaf which the operation has zapped. A leaf of
 * 2 MiB was one entry of the table above, and none of its 512 gfns had one in a table that was made since. A zap of
 * leaves of several sizes does not tell which they were: all that it reached count then.
 */
function zappedAt(
  frame: Frame,
  kvm: Kvm,
  level: TableLevel,
  from: number,
  to: number,
): (gfn: number) => boolean {
  const gone = new Set<number>();
  const pages = pagesPerEntry(level);
  for (const { zapped, sptes } of toldBy(frame).zaps.get(kvm.name) ?? []) {
    if (!zapped.some(([start, end]) => start < to && from < end)) continue;
    const blocks = blocksOf(zapped, sptes);
    for (const block of blocks) if (block.level === level) gone.add(block.gfn);
    if (blocks.length > 0) continue;
    for (let gfn = from; gfn < to; gfn += pages)
      if (zapped.some(([start, end]) => start < gfn + pages && gfn < end)) gone.add(gfn);
  }
  return (gfn) => gone.has(gfn);
}

/** SPTEs of `kvm` that the operation has zapped up to now, of whichever table. */
export const sptesZapped = (frame: Frame, kvm: Kvm): number =>
  (toldBy(frame).zaps.get(kvm.name) ?? []).reduce((sum, { sptes }) => sum + sptes, 0);

/**
 * From which entry on the table at `level` is shown: if it can be, so that each leaf stands under its page, else from
 * a multiple of 64 on.
 */
export function firstShown(
  axis: Axis,
  frame: Frame,
  kvm: Kvm,
  gfn: number,
  { level, index }: Pick<TdpRead, "level" | "index">,
): { first: number; isUnderPages: boolean } {
  const page = level === 1 && axis.perCell === 1 ? pageFinder(slotsOf(axis, frame, kvm))(gfn) : null;
  const column = page === null ? -1 : page - axis.start;
  const first = index - column;
  const fits = column >= 0 && column < CELLS && first >= 0 && first <= TABLE_ENTRIES - CELLS;
  return { first: fits ? first : index - (index % CELLS), isUnderPages: fits };
}
