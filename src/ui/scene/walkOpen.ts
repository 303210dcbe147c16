// SPDX-License-Identifier: GPL-2.0-only
// The table in which a walk ends, entry by entry, and below it what the walk has found there.

import type { LeafLevel } from "../../engine/index.ts";
import { type Axis, widthOf } from "./axis.ts";
import { SIZES } from "./largeLeaves.ts";
import { counted, type Mark, textWidth } from "./mark.ts";
import { spteHex } from "./spteBits.ts";
import type { WalkEntry } from "./walkEntries.ts";
import type { WalkPlan } from "./walkPlan.ts";

/** The last table of `plan`; `bands`: the hole, where it goes on through it. */
export function openMarks(axis: Axis, plan: WalkPlan, bands: readonly Mark[]): Mark[] {
  const { y, height, x, width } = plan.rows.at(-1)!;
  const middle = y + height / 2;
  return [
    { shape: "rect", key: "open", look: "open", x: 0, y, width: widthOf(axis), height, rx: 2 },
    ...bands,
    {
      shape: "rect",
      key: "target",
      look: "tableEntry",
      x: x + 1,
      y: y + height - 3,
      width: width - 2,
      height: 3,
    },
    ...plan.entries.map((entry, k) => entryMark(entry, (k + 0.5) * axis.cell, middle)),
    ...wordMarks(axis, plan, y + height + 16),
  ];
}

/** The same shapes as in the rows above. Keys are those of the entry, whichever of its neighbours are shown. */
function entryMark({ gfn, state }: WalkEntry, x: number, y: number): Mark {
  const key = `gfn${gfn}`;
  switch (state) {
    case "leaf":
      return { shape: "rect", key, look: "mapped", x: x - 3.5, y: y - 3.5, width: 7, height: 7 };
    case "table":
      return { shape: "rect", key, look: "child", x: x - 4, y: y - 7, width: 8, height: 14, rx: 1 };
    case "stale":
      return { shape: "path", key, look: "stale", d: `M${x} ${y - 6}l6 6-6 6-6-6z` };
    case "zapped":
      return { shape: "path", key, look: "zapped", d: `M${x - 4} ${y - 4}l8 8m0-8l-8 8` };
    case "none":
      return { shape: "path", key, look: "unmapped", d: `M${x - 2.5} ${y}h5` };
  }
}

/** From word to word, in pixels. */
const APART = 16;

/** What stands in the entry, what was zapped beside it, and which part of the table is shown. */
function wordMarks(axis: Axis, plan: WalkPlan, y: number): Mark[] {
  const right = widthOf(axis);
  const [first, last] = [plan.entries[0]!.index, plan.entries.at(-1)!.index];
  const note = `entries ${first}–${last} of 512 shown`;
  const said = saidOf(plan);
  const wide = said.reduce((sum, { text }) => sum + textWidth(text) + APART, 0);
  const room = right - textWidth(note);
  let x = Math.max(0, Math.min(plan.rows.at(-1)!.x, (wide < room ? room : right) - wide));
  const words = said.map(({ look, text }, k): Mark => {
    const mark = { shape: "text", key: `said${k}`, look, x, y, text } as const;
    x += textWidth(text) + APART;
    return mark;
  });
  return wide < room
    ? [...words, { shape: "text", key: "shown", look: "note", x: right, y, text: note, anchor: "end" }]
    : words;
}

interface Said {
  readonly look: "word" | "cutWord" | "violationText";
  readonly text: string;
}

function saidOf({ rows, entries, freed, sptesZapped, isPicked, by }: WalkPlan): Said[] {
  const { read, isRead } = rows.at(-1)!;
  const own = entries.find(({ index }) => index === read.index)!;
  const zapped = entries.filter(({ state }) => state === "zapped").length;
  // As the bill counts them, where others lie outside of what is shown.
  const sptes =
    zapped < sptesZapped
      ? `${zapped.toLocaleString("en-GB")} of the ${counted(sptesZapped, "SPTE")}`
      : counted(zapped, "SPTE");
  const zap: Said[] = zapped === 0 ? [] : [{ look: "cutWord", text: `${sptes} zapped: present → 0x0` }];
  if (own.leaf !== null) {
    const bits = spteHex(own.leaf);
    const size = SIZES[read.level as LeafLevel];
    const leads = `leaf of ${size} to pfn ${own.leaf.pfn}`;
    return freed !== null
      ? [{ look: "violationText", text: `${bits}: STALE ${leads}, ${freed}` }, ...zap]
      : [{ look: "word", text: `${bits}: ${leads}` }, ...zap];
  }
  // Before a vCPU has come there nothing has ended.
  const ends = isRead && (isPicked || by !== null) ? ": the walk ends here" : "";
  return [{ look: "word", text: `0x0, not present${ends}` }, ...zap];
}
