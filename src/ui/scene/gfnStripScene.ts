// SPDX-License-Identifier: GPL-2.0-only
// The guest memory of one VM: its memslots, the leaves in them, and the gfns that an open bracket holds off.

import { type Kvm, type Leaf, type Memslot, pagesPerLeaf, tdpLeavesIn } from "../../engine/index.ts";
import type { Frame } from "./frame.ts";
import { type GfnAxis, gfnAxis, type GfnSegment, xOfGfn } from "./gfnAxis.ts";
import { SIZES } from "./largeLeaves.ts";
import { isStale } from "./leafState.ts";
import { counted, label, type Mark, type Scene, textWidth } from "./mark.ts";
import { toldBy } from "./told.ts";

/** Of the row; from its top to the slots, the leaves, and the words below; in pixels. */
export const HEIGHT = 64;
const [SLOTS, SLOT_HEIGHT, LEAVES, WORDS] = [8, 18, 36, 58] as const;

/** A column of leaves, in pixels: the rarest state in it names it. */
const COLUMN = 9;

/** The strip of `vm` on `width` pixels. */
export function gfnStripScene(frame: Frame, vm: string, width: number): Scene {
  const kvm = frame.world.vms[vm];
  if (kvm === undefined) return { height: HEIGHT, marks: [], says: "" };
  const axis = gfnAxis(kvm, frame.world.memslots, width);
  const several = Object.keys(frame.world.vms).length > 1;
  const held = heldOff(kvm);
  const marks: Mark[] = [
    label(several ? `gfns of ${vm}` : "gfns", SLOTS + SLOT_HEIGHT / 2),
    ...(held === null ? [] : heldMarks(axis, held)),
    ...axis.segments.flatMap((segment) => slotMarks(segment)),
    ...axis.folds.flatMap(({ x, gfns }, k) => foldMarks(x, gfns, k)),
    ...axis.segments.flatMap((segment) => leafMarks(frame, kvm, segment)),
    ...(held === null ? [] : [heldWord(axis, held)]),
  ];
  return { height: HEIGHT, marks, vm, says: sentence(vm, axis, held) };
}

/** Gfns [start, end) that no fault may map now; null of either: all of them. */
interface HeldOff {
  readonly start: bigint;
  readonly end: bigint;
  readonly count: number;
  readonly all: boolean;
}

function heldOff({ mmuInvalidateInProgress: count, mmuInvalidateRange: range }: Kvm): HeldOff | null {
  if (count === 0) return null;
  if (range === null) return { start: 0n, end: 2n ** 64n, count, all: true };
  return range.start < range.end ? { ...range, count, all: false } : null;
}

function heldMarks(axis: GfnAxis, { start, end }: HeldOff): Mark[] {
  const [from, to] = [xOfGfn(axis, start), xOfGfn(axis, end)];
  const width = Math.max(to - from, 3);
  const box = { x: from, y: 0, width, height: WORDS - 12 };
  return [
    { shape: "rect", key: "held", look: "heldOff", ...box },
    {
      shape: "path",
      key: "heldEdge",
      look: "heldEdge",
      d: `M${from} 0v${box.height}M${from + width} 0v${box.height}`,
    },
  ];
}

function heldWord(axis: GfnAxis, held: HeldOff): Mark {
  const { start, end, all, count } = held;
  const beyond = end > 2n ** 52n;
  const gfns = all
    ? "every gfn"
    : `gfns ${start.toLocaleString("en-GB")} to ${beyond ? "beyond all of the VM" : (end - 1n).toLocaleString("en-GB")}`;
  const text = `held off: ${gfns}, in_progress ${count}`;
  const x = Math.min(Math.max(xOfGfn(axis, start), 0), axis.width - textWidth(text));
  return {
    shape: "text",
    key: "heldWord",
    look: count < 0 ? "violationText" : "heldWord",
    x: Math.max(0, x),
    y: WORDS,
    text,
  };
}

function slotMarks({ memslot, x, width }: GfnSegment): Mark[] {
  const key = `slot${memslot.id}`;
  const from = `0x${memslot.baseGfn.toString(16)}`;
  const names = [`slot ${memslot.slot} from ${from}`, `${memslot.slot}: ${from}`, String(memslot.slot)];
  const text = names.find((name) => textWidth(name) < width - 6) ?? "";
  return [
    { shape: "rect", key, look: "slot", x, y: SLOTS, width: width - 1, height: SLOT_HEIGHT, rx: 2 },
    { shape: "text", key, look: "slotName", x: x + width / 2, y: SLOTS + 14.5, text, anchor: "middle" },
  ];
}

const foldMarks = (x: number, gfns: number, k: number): Mark[] => [
  { shape: "path", key: `fold${k}`, look: "axis", d: `M${x - 5} 16l4-8m2 8l4-8` },
  { shape: "text", key: `fold${k}`, look: "note", x, y: LEAVES + 4.5, text: short(gfns), anchor: "middle" },
];

const short = (gfns: number): string =>
  gfns < 100_000 ? gfns.toLocaleString("en-GB") : `${(gfns / 2 ** 20).toFixed(1)} Mi`;

/** Leaves of a slot: large ones as bars, pages in columns that the rarest state names. */
function leafMarks(frame: Frame, kvm: Kvm, segment: GfnSegment): Mark[] {
  const { memslot, x, width } = segment;
  const columns = Math.max(1, Math.floor((width - 4) / COLUMN));
  const states = new Map<number, "mapped" | "zapped" | "stale">();
  const columnOf = (gfn: number) => Math.floor(((gfn - memslot.baseGfn) / memslot.npages) * columns);
  const bars: Mark[] = [];
  const end = memslot.baseGfn + memslot.npages;
  for (const [from, to] of toldBy(frame).zapped.get(kvm.name) ?? [])
    for (
      let gfn = Math.max(from, memslot.baseGfn);
      gfn < Math.min(to, end);
      gfn += Math.max(1, Math.floor(memslot.npages / columns / 2))
    )
      states.set(columnOf(gfn), "zapped");
  for (const leaf of tdpLeavesIn(kvm.tdp, memslot.baseGfn, end)) {
    if (leaf.level > 1) bars.push(...barMarks(segment, leaf, isStale(frame, leaf)));
    else if (states.get(columnOf(leaf.gfn)) !== "stale")
      states.set(columnOf(leaf.gfn), isStale(frame, leaf) ? "stale" : "mapped");
  }
  const marks = [...states].map(([column, state]): Mark => {
    const at = x + 2 + (column + 0.5) * ((width - 4) / columns);
    const key = `leaf${memslot.id}-${column}`;
    if (state === "mapped")
      return { shape: "rect", key, look: "mapped", x: at - 3, y: LEAVES - 3, width: 6, height: 6 };
    return state === "zapped"
      ? { shape: "path", key, look: "zapped", d: `M${at - 3.5} ${LEAVES - 3.5}l7 7m0-7l-7 7` }
      : { shape: "path", key, look: "stale", d: `M${at} ${LEAVES - 6}l6 6-6 6-6-6z` };
  });
  return [...bars, ...marks];
}

function barMarks({ memslot, x, width }: GfnSegment, leaf: Leaf, stale: boolean): Mark[] {
  const perGfn = (width - 4) / memslot.npages;
  const from = x + 2 + (leaf.gfn - memslot.baseGfn) * perGfn;
  const own = Math.max(3, pagesPerLeaf(leaf.level) * perGfn - 2);
  const key = `bar${memslot.id}-${leaf.gfn}`;
  const text = SIZES[leaf.level];
  return [
    {
      shape: "rect",
      key,
      look: stale ? "stale" : "mapped",
      x: from,
      y: LEAVES - 4,
      width: own,
      height: 8,
      rx: 1,
    },
    ...(own > textWidth(text) + 40
      ? [
          {
            shape: "text",
            key,
            look: "word",
            x: from + own / 2,
            y: LEAVES + 4.5,
            text,
            anchor: "middle",
          } as const,
        ]
      : []),
  ];
}

function sentence(vm: string, { segments }: GfnAxis, held: HeldOff | null): string {
  const slots = segments.map(({ memslot }) => slotText(memslot)).slice(0, 12);
  const shown = `${vm} has ${counted(segments.length, "memslot")}: ${slots.join("; ")}.`;
  if (held === null) return shown;
  const range = held.all ? "every gfn" : `gfns ${held.start} to ${held.end - 1n}`;
  return `${shown} An open bracket holds ${range} off.`;
}

const slotText = ({ slot, baseGfn, npages }: Memslot): string =>
  `slot ${slot} at gfns ${baseGfn} to ${baseGfn + npages - 1}`;
