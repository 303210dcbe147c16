// SPDX-License-Identifier: GPL-2.0-only
// A long list: one cell a notifier, row by row in list order, as far as the walk that is shown has come.
//
// Cells of one state that lie side by side are one piece of one path, so a list of thousands is a handful of
// marks. A walk goes from one end to the other, which keeps the pieces few; the grid is drawn over them.

import { type Axis, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { latestWalk } from "./listScene.ts";
import { counted, label, type Look, type Mark, type Scene } from "./mark.ts";
import { currentOf, toldBy, type Walk, wasNeeded } from "./told.ts";

const TOP = 6;
const NOTE = 22;

/** The raster may be this high before its cells shrink. */
const HEIGHT_MAX = 60;

type State = "cellAhead" | "cellEarlier" | "cellWasted" | "cellNeeded";

/** The list of the shown file, however long it is. */
export function rasterScene(axis: Axis, frame: Frame): Scene {
  const file = frame.world.files[axis.file];
  const notifiers: readonly number[] = file?.keeps === "list" ? file.notifiers : [];
  const walk = latestWalk(frame, axis.file);
  const { calls } = toldBy(frame);
  const states = notifiers.map((id): State => {
    const call = calls.get(id);
    if (call === undefined) return "cellAhead";
    if (wasNeeded(call)) return "cellNeeded";
    return walk === null || walk.came.has(id) ? "cellWasted" : "cellEarlier";
  });
  const { cell, columns } = gridOf(notifiers.length, widthOf(axis));
  const rows = Math.ceil(notifiers.length / columns);
  const height = TOP + rows * cell + NOTE;
  const marks: Mark[] = [
    label("notifiers", TOP + Math.min(rows * cell, 20) / 2),
    ...paths(states, columns, cell),
  ];
  const needed = states.flatMap((state, k) => (state === "cellNeeded" ? [k] : []));
  if (needed.length <= RINGS_MAX)
    for (const k of needed) marks.push(circle(`ring${k}`, "ring", k, columns, cell));
  const at = notifiers.indexOf(currentOf(walk, frame) ?? -1);
  if (at >= 0) marks.push(circle("current", "current", at, columns, cell));
  const says = sentence(notifiers.length, needed.length, walk);
  marks.push({ shape: "text", key: "note", look: "note", x: 0, y: height - 4, text: says });
  return { height, marks, says };
}

/** More needed cells than this are seen without a ring. */
const RINGS_MAX = 16;

/** The largest whole pixel at which all cells fit; each has a gap of one where that leaves two. */
function gridOf(count: number, width: number): { cell: number; columns: number } {
  for (let cell = 10; cell > 1; cell--) {
    const columns = Math.floor(width / cell);
    if (Math.ceil(count / columns) * cell <= HEIGHT_MAX) return { cell, columns };
  }
  return { cell: 2, columns: Math.floor(width / 2) };
}

function paths(states: readonly State[], columns: number, cell: number): Mark[] {
  const d: Record<State, string> = { cellAhead: "", cellEarlier: "", cellWasted: "", cellNeeded: "" };
  const gap = cell > 2 ? 1 : 0;
  for (let from = 0; from < states.length; ) {
    const state = states[from]!;
    const rowEnd = Math.min((Math.floor(from / columns) + 1) * columns, states.length);
    let to = from + 1;
    while (to < rowEnd && states[to] === state) to++;
    const [x, y] = [(from % columns) * cell, TOP + Math.floor(from / columns) * cell];
    d[state] += `M${x} ${y}h${(to - from) * cell - gap}v${cell - gap}H${x}z`;
    from = to;
  }
  const filled = (Object.keys(d) as State[]).filter((state) => d[state] !== "");
  const cells = filled.map((state): Mark => ({ shape: "path", key: state, look: state, d: d[state] }));
  if (gap === 0) return cells;
  const rows = Math.ceil(states.length / columns);
  let lines = "";
  for (let column = 1; column < columns; column++) lines += `M${column * cell - 0.5} ${TOP}v${rows * cell}`;
  return [...cells, { shape: "path", key: "grid", look: "grid", d: lines }];
}

const circle = (key: string, look: Look, k: number, columns: number, cell: number): Mark => ({
  ...{ shape: "circle", key, look, r: Math.max(5, cell) },
  cx: ((k % columns) + 0.5) * cell,
  cy: TOP + (Math.floor(k / columns) + 0.5) * cell,
});

function sentence(notifiers: number, needed: number, walk: Walk | null): string {
  const all = notifiers.toLocaleString("en-GB");
  if (walk === null) return `One cell a notifier, in list order: ${all}. No walk has begun.`;
  const done = walk.came.size.toLocaleString("en-GB");
  const which = walk.edge === "start" ? "Start walk" : "End walk";
  return `${which}, one cell a notifier in list order: it has come to ${done} of ${all}; ${needed === 0 ? "no memslot" : counted(needed, "memslot")} needed the call.`;
}
