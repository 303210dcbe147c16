// SPDX-License-Identifier: GPL-2.0-only
// The way through the second-level tables to one gfn: a row a table, each entry opened into the table below it, and
// the entries of the last one with what became of them.

import { gfnText } from "../text/number.ts";
import { type Axis, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { label, type Mark, type Scene, textWidth } from "./mark.ts";
import { pageText, slotAt } from "./reached.ts";
import { bands } from "./rulerScene.ts";
import { spteHex } from "./spteBits.ts";
import { openMarks } from "./walkOpen.ts";
import { BAR, type WalkPlan, type WalkRow, walkPlan } from "./walkPlan.ts";

/** What Intel calls the tables, from level 1 up, and what one entry of each covers. */
export const TABLES = ["PT", "PD", "PDPT", "PML4", "PML5"] as const;
const SPANS = ["4 KiB", "2 MiB", "1 GiB", "512 GiB", "256 TiB"] as const;

const NOTHING: Scene = { height: 0, marks: [], says: "" };

const scenes = new WeakMap<WalkPlan, Scene>();

/** The walk of `vm`, led to gfn `picked` if the viewer wants one. No height where there is nothing to walk to. */
export function walkScene(axis: Axis, frame: Frame, vm: string, picked: number | null): Scene {
  const plan = walkPlan(axis, frame, vm, picked);
  if (plan === null) return NOTHING;
  const scene = scenes.get(plan) ?? sceneOf(axis, frame, plan);
  scenes.set(plan, scene);
  return scene;
}

function sceneOf(axis: Axis, frame: Frame, plan: WalkPlan): Scene {
  const { vm, rows, height } = plan;
  const marks = rows.flatMap((row, k): Mark[] => {
    const { level, index } = row.read;
    const name = label(`${TABLES[level - 1]} [${index}]`, row.y + row.height / 2, `level${level}`);
    const below = rows[k + 1];
    return below === undefined
      ? [name, ...openMarks(axis, plan, plan.isUnderPages ? bands(axis, frame, row.height, row.y) : [])]
      : [name, ...barMarks(axis, row, below), funnel(axis, vm, row, below)];
  });
  return {
    ...{ height, marks: [...headMarks(axis, frame, plan), ...marks, readFrame(plan)] },
    says: sentence(plan),
  };
}

/** Around the entry that was read last; where no vCPU walks, the one in which the walk ends. */
function readFrame({ rows, made, by }: WalkPlan): Mark {
  const { x, y, width, height } = rows[by === null ? rows.length - 1 : Math.min(made, rows.length) - 1]!;
  const box = { x: x - 1, y: y - 3, width: width + 2, height: height + 6, rx: 1 };
  return { shape: "rect", key: "walked", look: "walked", ...box };
}

/** Where the walk leads to, and how to have it lead elsewhere. */
function headMarks(axis: Axis, frame: Frame, { vm, gfn, by, isPicked }: WalkPlan): Mark[] {
  const text = `${by ?? "EPT"} walk for gfn ${gfnText(gfn)}${sumText(frame, vm, gfn)}`;
  const hint = isPicked ? "Esc: back to the latest walk" : "a click or Enter on a gfn walks there";
  const width = widthOf(axis);
  return [
    { shape: "text", key: "head", look: "word", x: 0, y: 16, text },
    ...(textWidth(text + hint) < width
      ? [{ shape: "text", key: "hint", look: "note", x: width, y: 16, text: hint, anchor: "end" } as const]
      : []),
  ];
}

/** ` = base 0x100000 + 18, page 18 of f0` */
function sumText(frame: Frame, vm: string, gfn: number): string {
  const slot = slotAt(frame.world, vm, gfn);
  if (slot === null) return ", in no memslot";
  const into = gfn - slot.baseGfn;
  const page = slot.file === null ? "" : `, page ${pageText(slot, gfn)} of ${slot.file}`;
  return ` = base ${gfnText(slot.baseGfn)} + ${into.toLocaleString("en-GB")}${page}`;
}

/** A table on the way: the entry that was read, the address in it, and how much each of its entries covers. */
function barMarks(axis: Axis, { read, y, x, width }: WalkRow, below: WalkRow): Mark[] {
  const right = widthOf(axis);
  const isRightHalf = x > right / 2;
  const [near, far] = isRightHalf ? [x - 6, 8] : [x + width + 6, right - 8];
  const [nearAnchor, farAnchor] = isRightHalf ? (["end", "start"] as const) : (["start", "end"] as const);
  const { level } = read;
  return [
    { shape: "rect", key: `level${level}`, look: "table", x: 0, y, width: right, height: BAR, rx: 1 },
    {
      ...{ shape: "rect", key: `read${level}`, look: "tableEntry" },
      ...{ x, y: y - 2, width, height: BAR + 4, rx: 1 },
    },
    {
      ...{ shape: "text", key: `value${level}`, look: "tableWord", x: near, y: y + 11.5 },
      ...{ text: spteHex(below.read.table), anchor: nearAnchor },
    },
    {
      ...{ shape: "text", key: `span${level}`, look: "tableWord", x: far, y: y + 11.5 },
      ...{ text: `512 entries of ${SPANS[level - 1]}`, anchor: farAnchor },
    },
  ];
}

/** From the entry to the whole of the table below. */
function funnel(axis: Axis, vm: string, { read, y, x, width }: WalkRow, below: WalkRow): Mark {
  const d = `M${x} ${y + BAR + 2}H${x + width}L${widthOf(axis)} ${below.y - 1}H0z`;
  return { shape: "path", key: `opens ${vm}/${read.level}`, look: "opens", d };
}

function sentence({ vm, gfn, rows }: WalkPlan): string {
  const way = rows.map(
    ({ read: { level, index, found } }) =>
      `level ${level} entry ${index}: ${found === "none" ? "not present, and the walk ends" : found}`,
  );
  return `The walk of ${vm} to gfn ${gfnText(gfn)}: ${way.join("; ")}.`;
}
