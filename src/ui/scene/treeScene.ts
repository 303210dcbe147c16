// SPDX-License-Identifier: GPL-2.0-only
// The xarray of bindings as its real nodes: one row of 64 cells for each node on the way to the index looked at.

import { type XaTree, type XaTreeNode, xaToPointer, xaTree } from "../../engine/index.ts";
import { type Axis, CELLS, clipped, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { latestWalk } from "./listScene.ts";
import { label, type Mark, pagesText, type Scene } from "./mark.ts";
import { nameOf } from "./memslots.ts";
import { NODE, nodeMarks } from "./nodeMarks.ts";
import { bands } from "./rulerScene.ts";
import { toldBy } from "./told.ts";

const TOP = 7;
/** Between two nodes: the cell above opens here. */
const OPENS = 14;
const BOTTOM = 7;

/** Null where the shown file keeps no xarray. */
export function treeScene(axis: Axis, frame: Frame): Scene | null {
  const file = frame.world.files[axis.file];
  if (file === undefined || file.keeps !== "xarray") return null;
  const tree = xaTree(file.bindings);
  if (tree === null || typeof tree === "number") return headScene(axis, frame, tree);
  const { looked, path } = shownPath(axis, frame, tree);
  const levels = Math.max(levelsIn(tree, axis), path.length);
  const height = TOP + levels * NODE + (levels - 1) * OPENS + BOTTOM;
  const marks: Mark[] = [];
  path.forEach((node, depth) => {
    const y = nodeTop(depth);
    const isAligned = node.base === axis.start && CELLS * 2 ** node.shift === axis.end - axis.start;
    const isLast = depth === levels - 1;
    if (isAligned) marks.push(...bands(axis, frame, isLast ? height - y : NODE, y));
    marks.push(...nodeMarks(axis, frame, node, y));
    const cell = Math.floor((looked.index - node.base) / 2 ** node.shift);
    const below = path[depth + 1];
    if (below !== undefined) marks.push(opening(axis, cell, y, below.id));
    if (looked.inWalk || below !== undefined) marks.push(frameOf(axis, cell, y, node.id, looked.inWalk));
  });
  return { height, marks, says: sentence(frame, path, looked) };
}

/** The nodes that are drawn, from the top down to the one that decides about the index looked at. */
export function shownPath(
  axis: Axis,
  frame: Frame,
  tree: XaTreeNode,
): { looked: Looked; path: XaTreeNode[] } {
  const looked = lookedAt(axis, frame);
  return { looked, path: pathTo(tree, looked.index) };
}

/** The upper edge of the node `depth` levels down. */
export const nodeTop = (depth: number): number => TOP + depth * (NODE + OPENS);

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

/** The nodes from the top down to the one that decides about `index`. Just the top where the tree ends before it. */
function pathTo(tree: XaTreeNode, index: number): XaTreeNode[] {
  const path = [tree];
  for (let node = tree; ; ) {
    const offset = Math.floor((index - node.base) / 2 ** node.shift);
    const slot = node.slots.find((own) => own.kind === "node" && own.offset === offset);
    if (slot?.kind !== "node") return path;
    node = slot.node;
    path.push(node);
  }
}

/** Rows are kept for the deepest branch of the window, so that a walk that ends higher up moves nothing. */
function levelsIn(node: XaTreeNode, axis: Axis): number {
  let deepest = 0;
  for (const slot of node.slots) {
    if (slot.kind !== "node") continue;
    const { base, shift } = slot.node;
    if (clipped({ start: base, end: base + CELLS * 2 ** shift }, axis) === null) continue;
    deepest = Math.max(deepest, levelsIn(slot.node, axis));
  }
  return deepest + 1;
}

/** The cell of the row above, drawn out to the whole of the row below. */
const opening = (axis: Axis, cell: number, y: number, id: number): Mark => {
  const [left, right, top] = [cell * axis.cell, (cell + 1) * axis.cell, y + NODE];
  const d = `M${left} ${top}L${right} ${top}L${widthOf(axis) + 2} ${top + OPENS}L-2 ${top + OPENS}z`;
  return { shape: "path", key: `opens${id}`, look: "opens", d };
};

const frameOf = (axis: Axis, cell: number, y: number, id: number, inWalk: boolean): Mark => ({
  ...{ shape: "rect", key: `looked${id}`, look: inWalk ? "lookup" : "onPath" },
  ...{ x: cell * axis.cell, y: y - 2, width: axis.cell, height: NODE + 4, rx: 2 },
});

/** Where the one entry of an array without a node is drawn. */
export const headBox = (axis: Axis) => ({
  ...{ x: 0, y: TOP + 1, width: Math.max(axis.cell, 22), height: NODE - 2 },
});

/** An array without a node: empty, or its one entry at index 0 in the head itself. */
function headScene(axis: Axis, frame: Frame, head: Exclude<XaTree, XaTreeNode>): Scene {
  const height = TOP + NODE + BOTTOM;
  const name = head === null ? null : nameOf(frame.world, xaToPointer(head));
  const says =
    name === null
      ? "The xarray is empty: no memslot is bound, and a punch calls nobody."
      : `One entry, slot ${name} at index 0, in the head itself: the xarray has no node.`;
  const box = { ...headBox(axis), rx: 2 };
  const marks: Mark[] = [
    label("xarray", TOP + NODE / 2),
    ...bands(axis, frame, height),
    { shape: "rect", key: "head", look: name === null ? "hole" : "node", ...box },
    { shape: "text", key: "note", look: "note", x: box.width + 12, y: TOP + NODE / 2 + 4.5, text: says },
  ];
  if (name !== null)
    marks.push({
      ...{ shape: "text", key: "name", look: "number", text: name, anchor: "middle" },
      ...{ x: box.width / 2, y: TOP + NODE / 2 + 4.5 },
    });
  return { height, marks, says };
}

function sentence(frame: Frame, path: readonly XaTreeNode[], looked: Looked): string {
  const rows = path.map((node) => {
    const entries = node.slots.flatMap((slot) =>
      slot.kind === "entry"
        ? [`slot ${nameOf(frame.world, xaToPointer(slot.entry))} in ${cellsText(slot)}`]
        : [],
    );
    const range = pagesText(node.base, node.base + CELLS * 2 ** node.shift);
    const children = node.slots.filter((slot) => slot.kind === "node").length;
    const holds = [...entries.slice(0, 24), ...(children > 0 ? [`${children} lower nodes`] : [])];
    return `xa_node of shift ${node.shift}, pages ${range}: ${holds.join("; ")}.`;
  });
  const where = looked.inWalk ? ` The look-up is at index ${looked.index}.` : "";
  return rows.join(" ") + where;
}

const cellsText = ({ offset, siblings }: { offset: number; siblings: number }) =>
  siblings === 0 ? `cell ${offset}` : `cells ${offset}–${offset + siblings}`;
