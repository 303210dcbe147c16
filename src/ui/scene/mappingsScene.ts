// SPDX-License-Identifier: GPL-2.0-only
// What a VM's guest has mapped of the file: there, never there, zapped by this operation, or older than its frame.

import { type Memslot, tdpUnmappedRuns } from "../../engine/index.ts";
import { assumedMapped, pagesWithin } from "./assumedPages.ts";
import { type Axis, CELLS, clipped, xOf } from "./axis.ts";
import { changesIn } from "./changes.ts";
import { eachMapped } from "./eachMapped.ts";
import type { Frame } from "./frame.ts";
import { kept } from "./kept.ts";
import { counted, label, type Mark, type Scene } from "./mark.ts";
import { pagesOf, visibleMemslots } from "./memslots.ts";
import { gfnHull, pageFinder, slotsOf } from "./reached.ts";
import { bands } from "./rulerScene.ts";
import { toldBy } from "./told.ts";

/** Of the row, in pixels. */
export const HEIGHT = 20;
export const MIDDLE = HEIGHT / 2;

/** What a column of the axis stands for; counts are pages. */
export interface Column {
  covered: boolean;
  mapped: number;
  zapped: number;
  stale: number;
}

/** Mappings of `vm`. The rarest state names a column that stands for many pages: stale, zapped, mapped. */
export function mappingsScene(axis: Axis, frame: Frame, vm: string): Scene {
  const { punches, zapped } = toldBy(frame).versions;
  const changes = (["mappings", "pages", "memslots"] as const).map((what) => changesIn(frame, what));
  return kept(`mappings ${vm}`, axis, frame, [...changes, punches, zapped], () => sceneNow(axis, frame, vm));
}

/** What `vm` has mapped in each column; `small`: by leaves of one page alone, which leaves room for the others. */
export function mappedColumns(axis: Axis, frame: Frame, vm: string, small = false): readonly Column[] {
  const kvm = frame.world.vms[vm];
  const columns = Array.from(
    { length: CELLS },
    (): Column => ({ covered: false, mapped: 0, zapped: 0, stale: 0 }),
  );
  const memslots = kvm === undefined ? [] : slotsOf(axis, frame, kvm);
  const at = (page: number) => columns[Math.floor((page - axis.start) / axis.perCell)];
  for (const memslot of memslots) cover(axis, columns, memslot);
  const pageAt = pageFinder(memslots);
  if (kvm !== undefined && memslots.length > 0) {
    const [from, to] = gfnHull(memslots);
    eachMapped(frame, kvm, from, to, (gfn, stale, { level }) => {
      const column = at(pageAt(gfn) ?? -1);
      if (column === undefined) return;
      if (stale) column.stale++;
      else if (!small || level === 1) column.mapped++;
    });
    addAssumed(axis, frame, memslots, columns);
    // What was mapped again since is zapped no more.
    for (const [start, end] of toldBy(frame).zapped.get(vm) ?? [])
      for (const run of tdpUnmappedRuns(kvm.tdp, Math.max(start, from), Math.min(end, to)))
        for (let gfn = run[0]; gfn < run[1]; gfn++) {
          const column = at(pageAt(gfn) ?? -1);
          if (column !== undefined) column.zapped++;
        }
  }
  return columns;
}

/** What the guest has mapped by assumption; a column with many pages is asked once for each slot. */
function addAssumed(
  axis: Axis,
  frame: Frame,
  memslots: readonly Memslot[],
  columns: readonly Column[],
): void {
  const { ids } = visibleMemslots(frame, axis.file);
  for (const memslot of memslots) {
    const runs = ids.has(memslot.id) ? assumedMapped(frame, memslot, axis) : [];
    for (const [start, end] of runs) {
      const last = Math.floor((end - 1 - axis.start) / axis.perCell);
      for (let n = Math.floor((start - axis.start) / axis.perCell); n <= last; n++) {
        const from = axis.start + n * axis.perCell;
        columns[n]!.mapped += pagesWithin([[start, end]], from, from + axis.perCell);
      }
    }
  }
}

function sceneNow(axis: Axis, frame: Frame, vm: string): Scene {
  const columns = mappedColumns(axis, frame, vm);
  const several = Object.keys(frame.world.vms).length > 1;
  const name = several ? `mapped ${vm}` : "mapped";
  const marks: Mark[] = [label(name, MIDDLE), ...bands(axis, frame, HEIGHT)];
  columns.forEach((column, n) => {
    const mark = columnMark(axis, column, n);
    if (mark !== null) marks.push(mark);
  });
  const sum = (of: "mapped" | "zapped" | "stale") => columns.reduce((total, column) => total + column[of], 0);
  const says = [
    `The guest of ${vm} has ${counted(sum("mapped"), "page")} mapped here`,
    ...(sum("zapped") > 0 ? [`${sum("zapped").toLocaleString("en-GB")} were zapped by this operation`] : []),
    ...(sum("stale") > 0
      ? [`${sum("stale").toLocaleString("en-GB")} lead to frames that have been freed`]
      : []),
  ];
  return { height: HEIGHT, marks, vm, says: `${says.join("; ")}.` };
}

function cover(axis: Axis, columns: readonly Column[], memslot: Memslot): void {
  const { start, end } = clipped(pagesOf(memslot), axis)!;
  const last = Math.ceil((end - axis.start) / axis.perCell);
  for (let n = Math.floor((start - axis.start) / axis.perCell); n < last; n++) columns[n]!.covered = true;
}

/** The mark of column `n`, or null where it has none. */
export function columnMark(axis: Axis, { covered, mapped, zapped, stale }: Column, n: number): Mark | null {
  const x = xOf(axis, axis.start + (n + 0.5) * axis.perCell);
  const key = `column${n}`;
  if (stale > 0) return { shape: "path", key, look: "stale", d: `M${x} ${MIDDLE - 6}l6 6-6 6-6-6z` };
  if (zapped > 0) return { shape: "path", key, look: "zapped", d: `M${x - 4} ${MIDDLE - 4}l8 8m0-8l-8 8` };
  if (mapped > 0)
    return { shape: "rect", key, look: "mapped", x: x - 3.5, y: MIDDLE - 3.5, width: 7, height: 7 };
  return covered ? { shape: "path", key, look: "unmapped", d: `M${x - 2.5} ${MIDDLE}h5` } : null;
}
