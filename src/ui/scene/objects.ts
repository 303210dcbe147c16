// SPDX-License-Identifier: GPL-2.0-only
// What can be pointed at in each row, and where an object that is lit shows in it. Computed when somebody points,
// never with the rows: most steps are taken with nothing lit.

import { type Axis, CELLS, clipped } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { isLongList } from "./listScene.ts";
import { HEIGHT as MAPPED, mappedColumns } from "./mappingsScene.ts";
import { pagesOf } from "./memslots.ts";
import type { LabObject } from "./object.ts";
import { columnAt, columnsBox, type Lit, type Placed, spanBox } from "./objectBox.ts";
import { type GuestRow, guestObjects, isGuestRow } from "./objectGuest.ts";
import { gfnsOfObject, litInGuest, pagesUnderGfns } from "./objectGuestLit.ts";
import { knownObject } from "./objectKnown.ts";
import { callObjects, chainObjects, memslotNamed, memslotObjects } from "./objectSlots.ts";
import { pageCells, treeObjects } from "./objectTree.ts";
import { CELL, TOP } from "./pagesScene.ts";
import { FIGURES, HEIGHT as RULER } from "./rulerScene.ts";

export type { Lit } from "./objectBox.ts";

/** A row of the strip. `mappings` is one VM's, and so are the rows of a guest that runs. */
export type StripRow =
  | { readonly row: "ruler" | "memslots" | "pages" | "index" | "calls" }
  | { readonly row: "mappings"; readonly vm: string }
  | GuestRow;

/** The objects of a row that the window shows, from left to right; in the nodes of an xarray from the top down. */
export function objectsIn(axis: Axis, frame: Frame, row: StripRow): readonly Placed[] {
  switch (row.row) {
    case "ruler":
      return fileColumns(axis, FIGURES, RULER - FIGURES);
    case "pages":
      return fileColumns(axis, TOP, CELL);
    case "memslots":
      return memslotObjects(axis, frame);
    case "index":
      return indexObjects(axis, frame);
    case "calls":
      return callObjects(axis, frame);
    case "mappings":
      return mappedColumns(axis, frame, row.vm).flatMap(({ covered, mapped, zapped, stale }, column) =>
        covered || mapped + zapped + stale > 0 ? [columnAt(axis, column, 2, MAPPED - 4)] : [],
      );
    default:
      return guestObjects(axis, frame, row);
  }
}

/** Where the object called `name` shows in a row; nowhere where the window or the design has nothing of it. */
export function litIn(axis: Axis, frame: Frame, row: StripRow, name: string): readonly Lit[] {
  const object = knownObject(frame.play, name);
  if (object === null) return [];
  if (isGuestRow(row)) return litInGuest(axis, frame, row, name, object);
  const own = row.row === "memslots" || row.row === "index" || row.row === "calls" ? row.row : null;
  if (own === null) return litColumns(axis, frame, row, object);
  if (object.kind === "slot" || object.kind === "cell" || (own === "calls" && object.kind === "pages")) {
    return objectsIn(axis, frame, row)
      .filter((placed) => placed.name === name)
      .map(({ x, y, width, height }) => ({ x, y, width, height, how: "is" }));
  }
  const file = frame.world.files[axis.file];
  if (own !== "index" || object.kind !== "page" || object.file !== axis.file || file?.keeps !== "xarray")
    return [];
  return pageCells(axis, frame, file, object.page).map((box) => ({ ...box, how: "is" }));
}

/** In the rows that have a column for each page. */
function litColumns(axis: Axis, frame: Frame, { row }: StripRow, object: LabObject): Lit[] {
  const [y, height] = row === "ruler" ? [RULER - 9, 8] : row === "pages" ? [TOP, CELL] : [2, MAPPED - 4];
  return pagesOfObject(axis, frame, object).flatMap((span): Lit[] => {
    if (span.file !== axis.file || clipped(span, axis) === null) return [];
    if (object.kind !== "page" && object.kind !== "pages")
      return [{ ...spanBox(axis, span.start, span.end, y, height), how: "spans" }];
    const box = columnsBox(axis, span.start, span.end, y, height);
    return box === null ? [] : [{ ...box, how: "is" }];
  });
}

/** The file pages [start, end) that `object` is or covers. */
function pagesOfObject(
  axis: Axis,
  frame: Frame,
  object: LabObject,
): { file: string; start: number; end: number }[] {
  switch (object.kind) {
    case "page":
      return [{ file: object.file, start: object.page, end: object.page + 1 }];
    case "pages":
      return [{ file: object.file, start: object.first, end: object.last + 1 }];
    case "cell":
      return [{ file: object.file, start: object.first, end: object.first + 2 ** object.shift }];
    case "slot": {
      const memslot = memslotNamed(frame.world, object.memslot);
      return memslot === null || memslot.file === null ? [] : [{ file: memslot.file, ...pagesOf(memslot) }];
    }
    default: {
      const gfns = gfnsOfObject(frame, object);
      return gfns === null ? [] : pagesUnderGfns(axis, frame, gfns);
    }
  }
}

/** The columns that the file's size reaches. */
function fileColumns(axis: Axis, y: number, height: number): Placed[] {
  const columns = Math.min(CELLS, Math.ceil((axis.filePages - axis.start) / axis.perCell));
  return Array.from({ length: Math.max(0, columns) }, (_, column) => columnAt(axis, column, y, height));
}

/** Of a list that is too long for a chain nothing: its raster is pointed at by itself. */
function indexObjects(axis: Axis, frame: Frame): Placed[] {
  const file = frame.world.files[axis.file];
  if (file === undefined || isLongList(axis, frame)) return [];
  if (file.keeps === "list")
    return file.notifiers.length === 0 ? [] : chainObjects(axis, frame, file.notifiers);
  return treeObjects(axis, frame, file);
}
