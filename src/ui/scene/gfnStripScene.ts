// SPDX-License-Identifier: GPL-2.0-only
// The guest memory of one VM: its memslots, the leaves in them, and the gfns that an open bracket holds off.

import type { Kvm, Memslot } from "../../engine/index.ts";
import { type Axis, CELL_WIDE, widthOf } from "./axis.ts";
import { changesIn } from "./changes.ts";
import { gfnsText, gfnText } from "../text/number.ts";
import type { Frame } from "./frame.ts";
import { type Fold, type GfnAxis, gfnAxis, type GfnSegment, xOfGfn } from "./gfnAxis.ts";
import { type GfnCell, gfnCells } from "./gfnLeaves.ts";
import { gfnsOnPages } from "./gfnOnPages.ts";
import { type HeldOff, heldOff, heldText } from "./heldOff.ts";
import { kept } from "./kept.ts";
import { SIZES, zappedText } from "./largeLeaves.ts";
import { counted, label, type Mark, type Scene, textWidth } from "./mark.ts";
import { slotsOf } from "./reached.ts";
import { toldBy } from "./told.ts";

/** Of the row; from its top to the slots, the middle of the leaves, and the baseline of what is held off; in pixels. */
export const HEIGHT = 66;
export const [SLOTS, SLOT_HEIGHT, LEAVES] = [10, 18, 39] as const;
const [HELD_HEIGHT, WORDS] = [45, 62] as const;

/** The strip of `vm`. */
export function gfnStripScene(axis: Axis, frame: Frame, vm: string): Scene {
  const kvm = frame.world.vms[vm];
  if (kvm === undefined) return { height: HEIGHT, marks: [], says: "" };
  const held = heldOff(kvm);
  const said = held === null ? "" : `${heldText(held)} ${held.count}`;
  return kept(`gfns ${vm}`, axis, frame, [...keyOf(frame), said], () => sceneNow(axis, frame, kvm, held));
}

/** What the strip hangs on beside what is held off. */
const keyOf = (frame: Frame) => [
  ...(["mappings", "pages", "memslots"] as const).map((what) => changesIn(frame, what)),
  toldBy(frame).versions.zapped,
];

/** The slots of `kvm` on the strip: under their pages where that can be, else all of them, near those of the window. */
export const gfnAxisOf = (axis: Axis, frame: Frame, kvm: Kvm): GfnAxis =>
  kept(`gfn axis ${kvm.name}`, axis, frame, [changesIn(frame, "memslots")], () => {
    const { memslots } = frame.world;
    const near = slotsOf(axis, frame, kvm)[0]?.baseGfn;
    return gfnsOnPages(axis, kvm, memslots) ?? gfnAxis(kvm, memslots, widthOf(axis), near);
  });

function sceneNow(axis: Axis, frame: Frame, kvm: Kvm, held: HeldOff | null): Scene {
  const strip = gfnAxisOf(axis, frame, kvm);
  const cells = gfnCells(frame, kvm, strip);
  const figures = figuresOf(strip);
  const several = Object.keys(frame.world.vms).length > 1;
  const marks: Mark[] = [
    label(several ? `gfns of ${kvm.name}` : "gfns", SLOTS + SLOT_HEIGHT / 2),
    ...(held === null ? [] : heldMarks(strip, held)),
    ...beginMarks(axis, strip, figures),
    ...strip.segments.flatMap((segment) => slotMarks(segment, figures)),
    ...strip.folds.flatMap(foldMarks),
    ...cells.filter(({ level }) => level !== null).flatMap(cellMarks),
    ...cells.flatMap((cell) => gapMarks(cell, cells)),
    ...cells.filter(({ level }) => level === null).flatMap(cellMarks),
    ...cells.flatMap(sizeMarks),
    ...(held === null ? [] : heldWord(strip, held)),
  ];
  return { height: HEIGHT, marks, says: sentence(kvm, strip, held) };
}

function heldMarks(strip: GfnAxis, { start, end }: HeldOff): Mark[] {
  const [from, to] = [xOfGfn(strip, start), xOfGfn(strip, end)];
  const width = Math.max(to - from, 3);
  const [y, height] = [SLOTS - 5, HELD_HEIGHT];
  const d = `M${from} ${y}v${height}M${from + width} ${y}v${height}`;
  return [
    { shape: "rect", key: "held", look: "heldOff", x: from, y, width, height },
    { shape: "path", key: "heldEdge", look: "heldEdge", d },
  ];
}

/** Below what is held off, from its left edge on where there is room; the line is free for it when nothing is. */
function heldWord(strip: GfnAxis, held: HeldOff): Mark[] {
  const text = `held off: ${heldText(held)}, in_progress ${held.count}`;
  const look = held.count < 0 ? "violationText" : "heldWord";
  const x = Math.max(0, Math.min(xOfGfn(strip, held.start), strip.width - textWidth(text)));
  return [{ shape: "text", key: "heldWord", look, x, y: WORDS, text }];
}

/** From the edges of a slot, and from figure to name, in pixels. */
const [PAD, APART] = [6, 10] as const;

/** What the slots of a strip have room for: all of them say as much as the smallest one can. */
type Figures = "both" | "first" | "none";

function figuresOf({ segments, folds }: GfnAxis): Figures {
  const fits = ({ width }: GfnSegment, ...texts: readonly string[]) =>
    texts.reduce((sum, text) => sum + textWidth(text) + APART, 2 * PAD - APART) < width;
  const every = (textsOf: (memslot: Memslot) => string[]) =>
    segments.every((segment) => fits(segment, ...textsOf(segment.memslot)));
  if (every((own) => [gfnText(own.baseGfn), `slot ${own.slot}`, gfnText(own.baseGfn + own.npages - 1)]))
    return "both";
  // Without a fold the first gfn of all tells where the others are.
  return folds.length > 0 && every(({ baseGfn, slot }) => [gfnText(baseGfn), `${slot}`]) ? "first" : "none";
}

/** Its name, and at its ends the first gfn and the last one. */
function slotMarks({ memslot, x, width }: GfnSegment, figures: Figures): Mark[] {
  const { id, slot, baseGfn, npages } = memslot;
  const key = `slot${id}`;
  const y = SLOTS + 13.5;
  const first = figures === "none" ? "" : gfnText(baseGfn);
  const room = width - 6 - (figures === "first" ? textWidth(first) + APART : 0);
  const name = [`slot ${slot}`, `${slot}`].find((text) => textWidth(text) < room) ?? "";
  const [at, anchor] =
    figures === "first" ? ([x + width - PAD, "end"] as const) : ([x + width / 2, "middle"] as const);
  const figure = (end: "first" | "last", at: number, text: string): Mark => ({
    ...{ shape: "text", key: `${end}${id}`, look: "figure", x: at, y, text },
    anchor: end === "first" ? "start" : "end",
  });
  return [
    { shape: "rect", key, look: "slot", x, y: SLOTS, width: width - 1, height: SLOT_HEIGHT, rx: 2 },
    { shape: "text", key, look: "slotName", x: at, y, text: name, anchor },
    ...(figures === "none" ? [] : [figure("first", x + PAD, first)]),
    ...(figures === "both" ? [figure("last", x + width - PAD, gfnText(baseGfn + npages - 1))] : []),
  ];
}

/** Where the strip begins, under its name, where the slots have no room for it. */
function beginMarks({ cell }: Axis, { segments }: GfnAxis, figures: Figures): Mark[] {
  const first = segments[0];
  if (figures !== "none" || first === undefined) return [];
  const text = `${cell < CELL_WIDE ? "" : "from "}${gfnText(first.memslot.baseGfn)}`;
  return [{ ...label(text, LEAVES, "from"), look: "sublabel" }];
}

/** `// 492 gfns`: what is left out here belongs to no slot, or is so many slots. */
const foldMarks = ({ x, width, gfns, slots }: Fold, k: number): Mark[] => {
  const all = slots > 0 ? counted(slots, "slot") : `${short(gfns)} ${gfns === 1 ? "gfn" : "gfns"}`;
  const text = [all, all.split(" ")[0] ?? ""].find((each) => textWidth(each) <= width + 8) ?? "";
  return [
    { shape: "path", key: `fold${k}`, look: "axis", d: `M${x - 5} ${SLOTS + 13}l4-8m2 8l4-8` },
    { shape: "text", key: `fold${k}`, look: "note", x, y: LEAVES + 4.5, text, anchor: "middle" },
  ];
};

/** A quantity, not a gfn. */
const short = (gfns: number): string =>
  gfns < 100_000 ? gfns.toLocaleString("en-GB") : `${(gfns / 2 ** 20).toFixed(1)} Mi`;

/** A large leaf is one bar, hollow where it was zapped. */
function cellMarks({ x, width, start, state, level, slot }: GfnCell): Mark[] {
  const key = `leaf${slot}-${start}`;
  const at = x + width / 2;
  if (level !== null) {
    const look = state === "zapped" ? "zappedLeaf" : "mapped";
    return [
      { shape: "rect", key: `bar${start}${look}`, look, x, width, y: LEAVES - BAR / 2, height: BAR, rx: 1 },
    ];
  }
  switch (state) {
    case "mapped":
      return [{ shape: "rect", key, look: "mapped", x: at - 3, y: LEAVES - 3, width: 6, height: 6 }];
    case "zapped":
      return [{ shape: "path", key, look: "zapped", d: `M${at - 3.5} ${LEAVES - 3.5}l7 7m0-7l-7 7` }];
    case "stale":
      return [{ shape: "path", key, look: "stale", d: `M${at} ${LEAVES - 6}l6 6-6 6-6-6z` }];
    case "none":
      return [];
  }
}

/** Where a page has come back the outline of its large leaf is open. */
function gapMarks({ x, width, start, end, state, level, slot }: GfnCell, cells: readonly GfnCell[]): Mark[] {
  const isBack =
    state === "mapped" &&
    level === null &&
    cells.some((bar) => bar.state === "zapped" && bar.level !== null && bar.start < end && start < bar.end);
  const box = { x: x + width / 2 - GAP / 2, y: LEAVES - GAP / 2, width: GAP, height: GAP };
  return isBack ? [{ shape: "rect", key: `gap${slot}-${start}`, look: "clear", ...box }] : [];
}

/** In an outline, and the height of a large leaf, in pixels. */
const GAP = 13;
const BAR = 8;

/** The size of a large leaf in the middle of it, where it fits. */
function sizeMarks({ x, width, start, state, level, back }: GfnCell): Mark[] {
  if (level === null) return [];
  const isZapped = state === "zapped";
  const text = isZapped ? zappedText(level, back) : SIZES[level];
  const half = textWidth(text) / 2 + 4;
  if (width < 2 * half + 24) return [];
  const middle = x + width / 2;
  const key = `size${isZapped ? "zapped" : ""}${start}`;
  const look = isZapped ? "cutWord" : "word";
  return [
    { shape: "rect", key, look: "clear", x: middle - half, y: LEAVES - 8, width: 2 * half, height: 16 },
    { shape: "text", key, look, x: middle, y: LEAVES + 4.5, text, anchor: "middle" },
  ];
}

const LISTED_MAX = 12;

function sentence({ name, slotsByGfn }: Kvm, { segments }: GfnAxis, held: HeldOff | null): string {
  const slots = segments.slice(0, LISTED_MAX).map(({ memslot }) => slotText(memslot));
  const more = slotsByGfn.length > LISTED_MAX ? `; and ${slotsByGfn.length - LISTED_MAX} more` : "";
  const shown = `${name} has ${counted(slotsByGfn.length, "memslot")}: ${slots.join("; ")}${more}.`;
  if (held === null) return shown;
  return `${shown} An open bracket holds off: ${heldText(held)}.`;
}

const slotText = ({ slot, baseGfn, npages }: Memslot): string =>
  `slot ${slot} at ${gfnsText(baseGfn, baseGfn + npages)}`;
