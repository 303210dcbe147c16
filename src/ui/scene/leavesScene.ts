// SPDX-License-Identifier: GPL-2.0-only
// What a VM's guest has mapped of the file, leaf by leaf: a square for a page, one long bar for 2 MiB or 1 GiB.

import { type LeafLevel, type Memslot, tdpLeafAt } from "../../engine/index.ts";
import { type Axis, CELL_WIDE, clipped, xOf } from "./axis.ts";
import { badPages } from "./badPages.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { kept } from "./kept.ts";
import { badPath } from "./keyScene.ts";
import { type Block, endOf, largeLeaves, largeZapped, pagesBack, SIZES, zappedText } from "./largeLeaves.ts";
import { columnMark, HEIGHT, MIDDLE, mappedColumns } from "./mappingsScene.ts";
import { counted, label, type Mark, type Scene, textWidth } from "./mark.ts";
import { gfnFinder, gfnHull, pageFinder, slotsOf } from "./reached.ts";
import { bands } from "./rulerScene.ts";
import { toldBy } from "./told.ts";
import { elsewhereMarks } from "./zappedElsewhere.ts";

/** The row of `vm`, for scenarios whose leaves may have sizes. */
export function leavesScene(axis: Axis, frame: Frame, vm: string): Scene {
  const { punches, zapped } = toldBy(frame).versions;
  const changes = (["mappings", "pages", "memslots"] as const).map((what) => changesIn(frame, what));
  return kept(`leaves ${vm}`, axis, frame, [...changes, punches, zapped], () => sceneNow(axis, frame, vm));
}

function sceneNow(axis: Axis, frame: Frame, vm: string): Scene {
  const { present, zapped } = barsOf(axis, frame, vm);
  const isUnder = (bars: readonly Bar[], n: number) => {
    const start = axis.start + n * axis.perCell;
    return bars.some((bar) => bar.start < start + axis.perCell && bar.end > start);
  };
  // What of a column is left to show where bars lie over it.
  const columns = mappedColumns(axis, frame, vm, true).map((column, n) =>
    isUnder(present, n) || isUnder(zapped, n) ? { ...column, covered: false, zapped: 0 } : column,
  );
  const marks: Mark[] = [
    label(nameOf(axis, frame, vm), MIDDLE),
    ...bands(axis, frame, HEIGHT),
    ...zapped.flatMap((bar) => barMarks(axis, bar, "zappedLeaf")),
    ...present.flatMap((bar) => barMarks(axis, bar, "mapped")),
    ...columns.flatMap(({ mapped, stale }, n) =>
      mapped > 0 && stale === 0 && isUnder(zapped, n) ? [gapMark(axis, n)] : [],
    ),
    ...columns.flatMap((column, n) => columnMark(axis, column, n) ?? []),
    ...badMarks(axis, frame, vm),
    // Above the squares that come back one by one inside of what was one leaf.
    ...[...zapped, ...present].flatMap((bar) => nameMarks(axis, bar, zapped.includes(bar))),
    ...elsewhereMarks(axis, frame, vm, columns),
  ];
  return { height: HEIGHT, marks, vm, says: sentence(axis, frame, vm, present, zapped) };
}

/** Beside the mark of a mapped page whose frame is bad. */
function badMarks(axis: Axis, frame: Frame, vm: string): Mark[] {
  const kvm = frame.world.vms[vm];
  if (kvm === undefined) return [];
  const gfnAt = gfnFinder(slotsOf(axis, frame, kvm));
  const columns = badPages(frame, axis.file, axis).flatMap((page) => {
    const gfn = gfnAt(page);
    const isMapped = gfn !== null && tdpLeafAt(kvm.tdp, gfn) !== null;
    return isMapped ? [Math.floor((page - axis.start) / axis.perCell)] : [];
  });
  return [...new Set(columns)].map((n) => ({
    ...{ shape: "path", key: `bad${n}`, look: "bad" },
    d: badPath((n + 1) * axis.cell - 1, MIDDLE - 1),
  }));
}

/** A VM is named where there are several; a narrow page has less room for it. */
function nameOf({ cell }: Axis, { world }: Frame, vm: string): string {
  if (Object.keys(world.vms).length === 1) return "mapped";
  return cell < CELL_WIDE ? `${vm} maps` : `mapped ${vm}`;
}

/** File pages [start, end) that one large leaf maps, or mapped. */
interface Bar {
  readonly start: number;
  readonly end: number;
  readonly level: LeafLevel;
  /** Of these pages, those that are mapped again since. */
  readonly back: number;
}

function barsOf(axis: Axis, frame: Frame, vm: string): { present: Bar[]; zapped: Bar[] } {
  const kvm = frame.world.vms[vm];
  const slots = kvm === undefined ? [] : slotsOf(axis, frame, kvm);
  if (kvm === undefined || slots.length === 0) return { present: [], zapped: [] };
  const [from, to] = gfnHull(slots);
  return {
    present: largeLeaves(kvm, from, to).flatMap((leaf) => barOf(axis, slots, leaf, 0)),
    zapped: largeZapped(frame, kvm, from, to).flatMap((block) =>
      barOf(axis, slots, block, pagesBack(kvm, block)),
    ),
  };
}

/** A leaf lies within one memslot. */
function barOf(axis: Axis, slots: readonly Memslot[], block: Block, back: number): Bar[] {
  const page = pageFinder(slots)(block.gfn);
  if (page === null) return [];
  const span = clipped({ start: page, end: page + endOf(block) - block.gfn }, axis);
  return span === null ? [] : [{ ...span, level: block.level, back }];
}

/** Where a page has come back the outline of its large leaf is open. */
const gapMark = (axis: Axis, n: number): Mark => ({
  ...{ shape: "rect", key: `gap${n}`, look: "clear" },
  ...{ x: n * axis.cell, y: 2, width: axis.cell, height: HEIGHT - 4 },
});

/** Half as far from the columns' edges as a square is. */
const INSET = 2;

function barMarks(axis: Axis, bar: Bar, look: "mapped" | "zappedLeaf"): Mark[] {
  const x = xOf(axis, bar.start) + INSET;
  const width = Math.max(xOf(axis, bar.end) - INSET - x, 3);
  const high = look === "mapped" ? 7 : 10;
  const box = { x, y: MIDDLE - high / 2, width, height: high };
  return [{ shape: "rect", key: `bar${look}${bar.start}`, look, ...box, rx: 1 }];
}

/** The size stands in the middle of the bar, which is broken there. */
function nameMarks(axis: Axis, { start, end, level, back }: Bar, isZapped: boolean): Mark[] {
  const [x, right] = [xOf(axis, start), xOf(axis, end)];
  const text = isZapped ? zappedText(level, back) : SIZES[level];
  if (right - x < textWidth(text) + 32) return [];
  const half = textWidth(text) / 2 + 4;
  const middle = (x + right) / 2;
  const key = `size${isZapped ? "zapped" : ""}${start}`;
  return [
    {
      ...{ shape: "rect", key, look: "clear", x: middle - half, y: 1, width: 2 * half, height: HEIGHT - 2 },
    },
    {
      ...{ shape: "text", key, look: isZapped ? "cutWord" : "word", x: middle, y: MIDDLE + 4.5, text },
      anchor: "middle",
    },
  ];
}

function sentence(
  axis: Axis,
  frame: Frame,
  vm: string,
  present: readonly Bar[],
  zapped: readonly Bar[],
): string {
  const columns = mappedColumns(axis, frame, vm);
  const sum = (of: "mapped" | "zapped" | "stale") => columns.reduce((total, column) => total + column[of], 0);
  const large = (bars: readonly Bar[], level: LeafLevel) => bars.filter((bar) => bar.level === level).length;
  const leaves = (bars: readonly Bar[]) =>
    ([3, 2] as const).flatMap((level) => {
      const count = large(bars, level);
      return count === 0 ? [] : [`${counted(count, "leaf", "leaves")} of ${SIZES[level]}`];
    });
  const by = leaves(present);
  const gone = leaves(zapped);
  const says = [
    `The guest of ${vm} has ${counted(sum("mapped"), "page")} mapped here${by.length === 0 ? "" : `, with ${by.join(" and ")}`}`,
    ...(sum("zapped") > 0
      ? [
          `${sum("zapped").toLocaleString("en-GB")} were zapped by this operation${gone.length === 0 ? "" : `, with ${gone.join(" and ")}`}`,
        ]
      : []),
    ...(sum("stale") > 0
      ? [`${sum("stale").toLocaleString("en-GB")} lead to frames that have been freed`]
      : []),
  ];
  return `${says.join("; ")}.`;
}
