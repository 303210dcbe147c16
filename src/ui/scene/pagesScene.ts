// SPDX-License-Identifier: GPL-2.0-only
// The pages of the file: there, a hole, about to go, or freed by the punch that is shown.

import { pagesIn } from "../../engine/index.ts";
import { assumedRuns, isWithin, pagesWithin } from "./assumedPages.ts";
import { type Axis, CELLS, clipped, xOf } from "./axis.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { badPages } from "./badPages.ts";
import { kept } from "./kept.ts";
import { badPath } from "./keyScene.ts";
import { counted, label, type Mark, type Scene } from "./mark.ts";
import { bands } from "./rulerScene.ts";
import { toldBy } from "./told.ts";

/** Of the row, in pixels. */
export const HEIGHT = 32;
/** From the top of the row to the columns, and how high they are. */
export const [TOP, CELL] = [4, 24] as const;

/** The least height of the filled part of a column that holds any page at all. */
const FILL_MIN = 4;

/** What a column of the axis stands for; counts are pages. */
interface Column {
  /** Pages of the column that the file's size covers. */
  size: number;
  allocated: number;
  freed: number;
  /** In a punched range and still there. */
  doomed: number;
  /** There, and their frames have been found bad. */
  bad: number;
}

/** A column is filled as high as its share of allocated pages: full with one page to a column. */
export function pagesScene(axis: Axis, frame: Frame): Scene {
  const { punches, freed } = toldBy(frame).versions;
  return kept("pages", axis, frame, [changesIn(frame, "pages"), punches, freed], () => sceneNow(axis, frame));
}

function sceneNow(axis: Axis, frame: Frame): Scene {
  const columns = columnsOf(axis, frame);
  const marks: Mark[] = [label("file pages", TOP + CELL / 2), ...bands(axis, frame, HEIGHT)];
  for (const [n, column] of columns.entries()) marks.push(...columnMarks(axis, column, n));
  const sum = (of: keyof Column) => columns.reduce((total, column) => total + column[of], 0);
  const [allocated, freed, doomed, bad] = [sum("allocated"), sum("freed"), sum("doomed"), sum("bad")];
  const says =
    `File pages shown: ${sum("size").toLocaleString("en-GB")}, of which ${counted(allocated, "page is", "pages are")} allocated` +
    `${doomed > 0 ? `, ${doomed.toLocaleString("en-GB")} of them in the punched range` : ""}` +
    `${bad > 0 ? `; the frame of ${counted(bad, "page is", "pages are")} bad` : ""}` +
    `${freed > 0 ? `; ${counted(freed, "page was", "pages were")} freed by this punch` : ""}.`;
  return { height: HEIGHT, marks, says };
}

function columnsOf(axis: Axis, frame: Frame): Column[] {
  const file = frame.world.files[axis.file];
  const { freed, punches } = toldBy(frame);
  const columns = Array.from({ length: CELLS }, (_, n): Column => {
    const start = axis.start + n * axis.perCell;
    const size = Math.max(0, Math.min(axis.perCell, axis.filePages - start));
    return { size, allocated: 0, freed: 0, doomed: 0, bad: 0 };
  });
  const holes = punches.filter((punch) => punch.file === axis.file && punch.phase !== "returned");
  const at = (page: number) => columns[Math.floor((page - axis.start) / axis.perCell)]!;
  const present = file === undefined ? [] : pagesIn(file.memfd, axis.start, axis.end);
  for (const page of present) {
    const column = at(page);
    column.allocated++;
    if (holes.some(({ start, end }) => start <= page && page < end)) column.doomed++;
  }
  for (const page of badPages(frame, axis.file, axis)) at(page).bad++;
  const untouched = assumedRuns(frame, axis.file, axis);
  // What is really there as well has been counted.
  for (const page of present) if (isWithin(untouched, page)) at(page).allocated--;
  if (untouched.length > 0)
    for (const [n, column] of columns.entries()) {
      const start = axis.start + n * axis.perCell;
      column.allocated += pagesWithin(untouched, start, start + axis.perCell);
    }
  const there = new Set(present);
  for (const [start, end] of freed.get(axis.file) ?? []) {
    const span = clipped({ start, end }, axis);
    if (span === null) continue;
    for (let page = span.start; page < span.end; page++) if (!there.has(page)) at(page).freed++;
  }
  // A page that was allocated beyond the file's size is drawn all the same.
  for (const column of columns) column.size = Math.max(column.size, column.allocated + column.freed);
  return columns;
}

function columnMarks(axis: Axis, { size, allocated, freed, doomed, bad }: Column, n: number): Mark[] {
  if (size === 0) return [];
  const x = xOf(axis, axis.start + n * axis.perCell);
  const width = axis.cell - 1;
  const marks: Mark[] = [];
  if (allocated < size)
    marks.push({
      ...{ shape: "rect", key: `hole${n}`, look: freed > 0 ? "freed" : "hole" },
      ...{ x: x + 1, y: TOP + 0.5, width: width - 1, height: CELL - 1 },
    });
  if (allocated > 0) {
    const height = allocated === size ? CELL : Math.max(FILL_MIN, Math.round((allocated / size) * CELL));
    const y = TOP + CELL - height;
    marks.push({ shape: "rect", key: `page${n}`, look: "allocated", x: x + 0.5, y, width, height });
  }
  if (freed > 0)
    marks.push({
      ...{ shape: "path", key: `slash${n}`, look: "slash" },
      d: `M${x + 3} ${TOP + CELL - 4}L${x + width - 2} ${TOP + 4}`,
    });
  if (doomed > 0)
    marks.push({
      shape: "rect",
      key: `cut${n}`,
      look: "cutEdge",
      x: x + 0.5,
      y: TOP + CELL - 3,
      width,
      height: 4,
    });
  if (bad > 0) {
    const middle = x + axis.cell / 2;
    marks.push(
      {
        shape: "rect",
        key: `bad${n}`,
        look: "clear",
        x: middle - 3.5,
        y: TOP + 3,
        width: 7,
        height: CELL - 6,
      },
      { shape: "path", key: `bad${n}`, look: "bad", d: badPath(middle, TOP + CELL / 2 - 1) },
    );
  }
  return marks;
}
