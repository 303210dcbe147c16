// SPDX-License-Identifier: GPL-2.0-only
// The xarray of bindings as its real nodes: one row of 64 cells for each node on the way to the index looked at.

import {
  type Restrictedmem,
  XA_NULL,
  type XaRow,
  xaDepth,
  xaToPointer,
  xaWayTo,
} from "../../engine/index.ts";
import { type Axis, CELLS, clipped, widthOf, xOf } from "./axis.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { kept } from "./kept.ts";
import { latestWalk } from "./listScene.ts";
import { label, type Mark, pagesText, type Scene, textWidth } from "./mark.ts";
import { nameOf } from "./memslots.ts";
import { cellMark, nodeMarks } from "./nodeMarks.ts";
import { bands } from "./rulerScene.ts";
import { toldBy } from "./told.ts";

type Bindings = Extract<Restrictedmem, { keeps: "xarray" }>["bindings"];

/** Pixels from above: before the first row, each row, between two where the cell above opens, below the last. */
interface Rows {
  readonly top: number;
  readonly node: number;
  readonly opens: number;
  readonly bottom: number;
}

/** A node that does not stand under the axis needs room for the funnel that leads to it. */
const TOP = { under: 7, apart: 13 };

/** Under a row there is a line of words. From three rows on, a row and that line are 30 pixels. */
const rowsFor = (levels: number, isUnder: boolean): Rows => ({
  ...{ top: isUnder ? TOP.under : TOP.apart, opens: 13, bottom: 13 },
  node: levels === 1 ? 20 : levels === 2 ? 22 : 17,
});

/** Null where the shown file keeps no xarray. */
export function treeScene(axis: Axis, frame: Frame): Scene | null {
  const file = frame.world.files[axis.file];
  if (file === undefined || file.keeps !== "xarray") return null;
  const looked = lookedAt(axis, frame);
  const { calls, punches } = toldBy(frame).versions;
  const changes = [changesIn(frame, "bindings"), changesIn(frame, "memslots"), calls, punches];
  return kept("tree", axis, frame, [...changes, looked.index, looked.inWalk], () => {
    const way = xaWayTo(file.bindings, looked.index);
    return way.length === 0
      ? headScene(axis, frame, file.bindings.head)
      : wayScene(axis, frame, way, levelsIn(file.bindings, axis, frame), looked);
  });
}

/** A node as it is drawn: its slots, where its frame begins, and how high that is. */
export interface DrawnNode {
  readonly row: XaRow;
  readonly y: number;
  readonly height: number;
}

/** The nodes that are drawn, from the top down to the one that decides about the index looked at. */
export function drawnNodes(axis: Axis, frame: Frame, bindings: Bindings): DrawnNode[] {
  const way = xaWayTo(bindings, lookedAt(axis, frame).index);
  const [top] = way;
  if (top === undefined) return [];
  const rows = rowsFor(Math.max(levelsIn(bindings, axis, frame), way.length), isUnder(axis, top));
  return way.map((row, depth) => ({
    row,
    y: rows.top + depth * (rows.node + rows.opens),
    height: rows.node,
  }));
}

/** Rows are kept for the deepest branch of the window, so that a walk that ends higher up moves nothing. */
const levelsIn = (bindings: Bindings, axis: Axis, frame: Frame): number =>
  kept("levels", axis, frame, [changesIn(frame, "bindings")], () => xaDepth(bindings, axis.start, axis.end));

function wayScene(axis: Axis, frame: Frame, way: readonly XaRow[], deepest: number, looked: Looked): Scene {
  const levels = Math.max(deepest, way.length);
  const top = way[0]!;
  const rows = rowsFor(levels, isUnder(axis, top));
  const height = rows.top + levels * rows.node + (levels - 1) * rows.opens + rows.bottom;
  const marks: Mark[] = isUnder(axis, top) ? [] : fromAxis(axis, top, rows.top);
  way.forEach((row, depth) => {
    const y = rows.top + depth * (rows.node + rows.opens);
    const isLast = depth === levels - 1;
    if (isUnder(axis, row)) marks.push(...bands(axis, frame, isLast ? height - y : rows.node, y));
    marks.push(...nodeMarks(axis, frame, row, y, rows.node));
    const cell = Math.floor((looked.index - row.base) / 2 ** row.shift);
    const below = way[depth + 1];
    if (below !== undefined) marks.push(opening(axis, cell, y + rows.node, rows.opens, below.id));
    if (cell >= CELLS) return;
    if (looked.inWalk || below !== undefined)
      marks.push(cellMark(axis, cell, y, rows.node, row.id, looked.inWalk));
    if (looked.inWalk) marks.push(offsetWords(axis, frame, row, cell, y + rows.node, below === undefined));
  });
  return { height, marks, says: sentence(frame, way, looked) };
}

/** Whether the cells of `row` stand under their own pages. */
const isUnder = (axis: Axis, { base, shift }: XaRow) =>
  base === axis.start && CELLS * 2 ** shift === axis.end - axis.start;

interface Looked {
  readonly index: number;
  /** A walk came, or comes, to this index; else it is only what the operation is about. */
  readonly inWalk: boolean;
}

function lookedAt(axis: Axis, frame: Frame): Looked {
  const walk = latestWalk(frame, axis.file);
  if (walk !== null) return { index: walk.index, inWalk: true };
  const conflict = toldBy(frame).refused.findLast(({ file, index }) => file === axis.file && index !== null);
  if (conflict?.index != null) return { index: conflict.index, inWalk: true };
  return { index: axis.focus, inWalk: false };
}

/** The cell of the row above, drawn out to the whole of the row below. */
const opening = (axis: Axis, cell: number, top: number, height: number, id: number): Mark => {
  const [left, right] = [cell * axis.cell, (cell + 1) * axis.cell];
  const d = `M${left} ${top}L${right} ${top}L${widthOf(axis) + 2} ${top + height}L-2 ${top + height}z`;
  return { shape: "path", key: `opens${id}`, look: "opens", d };
};

/**
 * From the page axis to the cells of the top node that stand for its pages: they are fewer or more than the columns
 * above them, and nobody shall read one for the other.
 */
function fromAxis(axis: Axis, row: XaRow, height: number): Mark[] {
  const covered = 2 ** row.shift;
  const pages = clipped({ start: row.base, end: row.base + CELLS * covered }, axis);
  const x = widthOf(axis) / 2;
  const says = (text: string): Mark => ({
    ...{ shape: "text", key: "fromAxisWords", look: "note", text },
    ...{ x, y: height - 3, anchor: "middle" },
  });
  if (pages === null) return [says("all of this node lies beside the pages above")];
  const at = (page: number) => ((page - row.base) / covered) * axis.cell;
  const [left, right] = [at(pages.start), Math.max(at(pages.end), at(pages.start) + 1)];
  const [from, to] = [xOf(axis, pages.start), xOf(axis, pages.end)];
  const d = `M${from} 0L${to} 0L${right} ${height}L${left} ${height}z`;
  const sides = `M${from} 0L${left} ${height}M${to} 0L${right} ${height}`;
  return [
    { shape: "path", key: "fromAxis", look: "opens", d },
    { shape: "path", key: "fromAxisSides", look: "axis", d: sides },
    says(cellsOfPages(axis, row)),
  ];
}

function cellsOfPages(axis: Axis, { base, shift }: XaRow): string {
  const covered = 2 ** shift;
  if (axis.start <= base && base + CELLS * covered <= axis.end)
    return `the node spans pages ${pagesText(base, base + CELLS * covered)} of those above`;
  const first = Math.floor((Math.max(axis.start, base) - base) / covered);
  const end = Math.min(CELLS, Math.ceil((axis.end - base) / covered));
  return end - first <= 1
    ? `all the pages above lie in cell ${first}`
    : `the pages above lie in cells ${first}–${end - 1}`;
}

/** The offset of the look-up under its cell, and in the node where the look-up ends what it ends at. */
function offsetWords(axis: Axis, frame: Frame, row: XaRow, cell: number, y: number, ends: boolean): Mark {
  const found = row.slots.find(
    (slot) => slot.offset <= cell && cell <= slot.offset + (slot.kind === "entry" ? slot.siblings : 0),
  );
  const at = `offset ${cell}`;
  const entry =
    found?.kind === "entry" ? `the entry of slot ${nameOf(frame.world, xaToPointer(found.entry))}` : "";
  const text = !ends
    ? at
    : found === undefined
      ? `${at}: nothing, the look-up ends`
      : `${at}: ${entry || "an entry"}`;
  const [left, right] = [cell * axis.cell - 4, (cell + 1) * axis.cell + 4];
  const fits = right + textWidth(text) <= widthOf(axis);
  return {
    ...{ shape: "text", key: `offset${row.id}`, look: "word", y: y + 11, text },
    ...(fits ? { x: right, anchor: "start" } : { x: left, anchor: "end" }),
  };
}

/** Where the one entry of an array without a node is drawn. */
export function headBox(axis: Axis) {
  const { top, node } = rowsFor(1, true);
  return { x: 0, y: top + 1, width: Math.max(axis.cell, 22), height: node - 2 };
}

/** An array without a node: empty, or its one entry at index 0 in the head itself. */
function headScene(axis: Axis, frame: Frame, head: number): Scene {
  const { top, node, bottom } = { ...rowsFor(1, true), bottom: TOP.under };
  const height = top + node + bottom;
  const name = head === XA_NULL ? null : nameOf(frame.world, xaToPointer(head));
  const says =
    name === null
      ? "The xarray is empty: no memslot is bound, and a punch calls nobody."
      : `One entry, slot ${name} at index 0, in the head itself: the xarray has no node.`;
  const box = { ...headBox(axis), rx: 2 };
  const marks: Mark[] = [
    label("xarray", top + node / 2),
    ...bands(axis, frame, height),
    { shape: "rect", key: "head", look: name === null ? "hole" : "node", ...box },
    { shape: "text", key: "note", look: "note", x: box.width + 12, y: top + node / 2 + 4.5, text: says },
  ];
  if (name !== null)
    marks.push({
      ...{ shape: "text", key: "name", look: "number", text: name, anchor: "middle" },
      ...{ x: box.width / 2, y: top + node / 2 + 4.5 },
    });
  return { height, marks, says };
}

function sentence(frame: Frame, way: readonly XaRow[], looked: Looked): string {
  const rows = way.map((row) => {
    const entries = row.slots.flatMap((slot) => (slot.kind === "entry" ? [slot] : []));
    const named = entries
      .slice(0, ENTRIES_SAID)
      .map((slot) => `slot ${nameOf(frame.world, xaToPointer(slot.entry))} in ${cellsText(slot)}`);
    const range = pagesText(row.base, row.base + CELLS * 2 ** row.shift);
    const children = row.slots.filter((slot) => slot.kind === "node").length;
    const holds = [...named, ...(children > 0 ? [`${children} lower nodes`] : [])];
    return `xa_node of shift ${row.shift}, pages ${range}: ${holds.join("; ")}.`;
  });
  const where = looked.inWalk ? ` The look-up is at index ${looked.index}.` : "";
  return rows.join(" ") + where;
}

const ENTRIES_SAID = 24;

const cellsText = ({ offset, siblings }: { offset: number; siblings: number }) =>
  siblings === 0 ? `cell ${offset}` : `cells ${offset}–${offset + siblings}`;
