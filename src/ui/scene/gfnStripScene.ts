// SPDX-License-Identifier: GPL-2.0-only
// The guest memory of one VM: its memslots, the leaves in them, and the gfns that an open bracket holds off.

import type { Kvm, Memslot } from "../../engine/index.ts";
import { type Axis, widthOf } from "./axis.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { type Fold, type GfnAxis, gfnAxis, type GfnSegment, xOfGfn } from "./gfnAxis.ts";
import { type GfnCell, gfnCells } from "./gfnLeaves.ts";
import { type HeldOff, heldOff, heldText } from "./heldOff.ts";
import { kept } from "./kept.ts";
import { SIZES } from "./largeLeaves.ts";
import { counted, label, type Mark, type Scene, textWidth } from "./mark.ts";
import { slotsOf } from "./reached.ts";
import { toldBy } from "./told.ts";

/** Of the row; from its top to the slots, and the middle of the leaves; in pixels. */
export const HEIGHT = 52;
export const [SLOTS, SLOT_HEIGHT, LEAVES] = [10, 18, 39] as const;

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

/** The slots of `kvm` on the strip, near those that the window shows. */
export const gfnAxisOf = (axis: Axis, frame: Frame, kvm: Kvm): GfnAxis =>
  kept(`gfn axis ${kvm.name}`, axis, frame, [changesIn(frame, "memslots")], () => {
    const near = slotsOf(axis, frame, kvm)[0]?.baseGfn;
    return gfnAxis(kvm, frame.world.memslots, widthOf(axis), near);
  });

function sceneNow(axis: Axis, frame: Frame, kvm: Kvm, held: HeldOff | null): Scene {
  const strip = gfnAxisOf(axis, frame, kvm);
  const several = Object.keys(frame.world.vms).length > 1;
  const marks: Mark[] = [
    label(several ? `gfns of ${kvm.name}` : "gfns", SLOTS + SLOT_HEIGHT / 2),
    ...(held === null ? [] : heldMarks(strip, held)),
    ...strip.segments.flatMap(slotMarks),
    ...strip.folds.flatMap(foldMarks),
    ...gfnCells(frame, kvm, strip).flatMap(cellMarks),
    ...(held === null ? [] : heldWord(strip, held)),
  ];
  return { height: HEIGHT, marks, says: sentence(kvm, strip, held) };
}

function heldMarks(strip: GfnAxis, { start, end }: HeldOff): Mark[] {
  const [from, to] = [xOfGfn(strip, start), xOfGfn(strip, end)];
  const width = Math.max(to - from, 3);
  const [y, height] = [SLOTS - 5, HEIGHT - SLOTS + 3];
  const d = `M${from} ${y}v${height}M${from + width} ${y}v${height}`;
  return [
    { shape: "rect", key: "held", look: "heldOff", x: from, y, width, height },
    { shape: "path", key: "heldEdge", look: "heldEdge", d },
  ];
}

/** At the right end of the leaves, on ground of its own: rows must not move when a bracket opens. */
function heldWord({ width }: GfnAxis, held: HeldOff): Mark[] {
  const text = `held off: ${heldText(held)}, in_progress ${held.count}`;
  const own = textWidth(text) + 8;
  const look = held.count < 0 ? "violationText" : "heldWord";
  return [
    { shape: "rect", key: "heldPlate", look: "clear", x: width - own, y: LEAVES - 9, width: own, height: 18 },
    { shape: "text", key: "heldWord", look, x: width - 4, y: LEAVES + 4.5, text, anchor: "end" },
  ];
}

function slotMarks({ memslot, x, width }: GfnSegment): Mark[] {
  const key = `slot${memslot.id}`;
  const from = `0x${memslot.baseGfn.toString(16)}`;
  const names = [`slot ${memslot.slot} from ${from}`, `${memslot.slot}: ${from}`, String(memslot.slot)];
  const text = names.find((name) => textWidth(name) < width - 6) ?? "";
  return [
    { shape: "rect", key, look: "slot", x, y: SLOTS, width: width - 1, height: SLOT_HEIGHT, rx: 2 },
    { shape: "text", key, look: "slotName", x: x + width / 2, y: SLOTS + 13.5, text, anchor: "middle" },
  ];
}

const foldMarks = ({ x, gfns, slots }: Fold, k: number): Mark[] => {
  const text = slots > 0 ? counted(slots, "slot") : short(gfns);
  return [
    { shape: "path", key: `fold${k}`, look: "axis", d: `M${x - 5} ${SLOTS + 13}l4-8m2 8l4-8` },
    { shape: "text", key: `fold${k}`, look: "note", x, y: LEAVES + 4.5, text, anchor: "middle" },
  ];
};

const short = (gfns: number): string =>
  gfns < 100_000 ? gfns.toLocaleString("en-GB") : `${(gfns / 2 ** 20).toFixed(1)} Mi`;

function cellMarks({ x, width, start, state, level, slot }: GfnCell): Mark[] {
  const key = `leaf${slot}-${start}`;
  if (level !== null) return barMarks(`bar${start}`, x, width, state, SIZES[level]);
  const at = x + width / 2;
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

/** A large leaf with its size, where that fits; hollow where it was zapped. */
function barMarks(key: string, x: number, width: number, state: GfnCell["state"], size: string): Mark[] {
  const look = state === "zapped" ? "zappedLeaf" : "mapped";
  const text = state === "zapped" ? `${size} leaf zapped` : size;
  const half = textWidth(text) / 2 + 4;
  const middle = x + width / 2;
  const box = { y: LEAVES - 4, height: 8, rx: 1 };
  const word = state === "zapped" ? "cutWord" : "word";
  return [
    { shape: "rect", key: `${key}${look}`, look, x, width, ...box },
    ...(width < 2 * half + 24
      ? []
      : ([
          { shape: "rect", key, look: "clear", x: middle - half, y: LEAVES - 8, width: 2 * half, height: 16 },
          { shape: "text", key, look: word, x: middle, y: LEAVES + 4.5, text, anchor: "middle" },
        ] as const)),
  ];
}

const LISTED_MAX = 12;

function sentence({ name, slotsByGfn }: Kvm, { segments }: GfnAxis, held: HeldOff | null): string {
  const slots = segments.slice(0, LISTED_MAX).map(({ memslot }) => slotText(memslot));
  const more = slotsByGfn.length > LISTED_MAX ? `; and ${slotsByGfn.length - LISTED_MAX} more` : "";
  const shown = `${name} has ${counted(slotsByGfn.length, "memslot")}: ${slots.join("; ")}${more}.`;
  if (held === null) return shown;
  const range = held.all ? "every gfn" : `gfns ${held.start} to ${held.end - 1n}`;
  return `${shown} An open bracket holds ${range} off.`;
}

const slotText = ({ slot, baseGfn, npages }: Memslot): string =>
  `slot ${slot} at gfns ${baseGfn} to ${baseGfn + npages - 1}`;
