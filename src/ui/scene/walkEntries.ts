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
  const zapped = toldBy(frame).zapped.get(kvm.name) ?? [];
  return Array.from({ length: CELLS }, (_, k): WalkEntry => {
    const index = first + k;
    const own = base + index * pages;
    // The tables above this one are those of the walk: it is read whatever the entry says.
    const read = tdpWalk(kvm.tdp, own).find((each) => each.level === level);
    const leaf = read?.leaf ?? null;
    if (leaf !== null) return { index, gfn: own, state: isStale(frame, leaf) ? "stale" : "leaf", leaf };
    if (read?.found === "table") return { index, gfn: own, state: "table", leaf };
    const wasZapped = zapped.some(([start, end]) => start < own + pages && own < end);
    return { index, gfn: own, state: wasZapped ? "zapped" : "none", leaf };
  });
}

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
