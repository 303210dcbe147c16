// SPDX-License-Identifier: GPL-2.0-only
// One vCPU as a slim row: where it is, and what it has cached on the page axis. A filled dot translates rightly, a
// hollow one is stale; a triangle is a flush that was asked for.

import { pagesPerLeaf, type Vcpu } from "../../engine/index.ts";
import { gfnText } from "../text/number.ts";
import { type Axis, CELLS, widthOf, xOf } from "./axis.ts";
import { type CachedLeaf, cachedLeaves } from "./cachedLeaves.ts";
import type { Frame } from "./frame.ts";
import { counted, label, type Mark, type Scene, textWidth } from "./mark.ts";
import { pageFinder, slotsOf } from "./reached.ts";
import { bands } from "./rulerScene.ts";
import { noteMarks, tlbNote } from "./tlbNote.ts";
import { vcpuWord } from "./vcpuWords.ts";

/** Of the row, in pixels. */
export const HEIGHT = 16;
const MIDDLE = HEIGHT / 2;
/** From the box to the edges of its row, and from its words to its right end. */
const [CLEAR, PAD] = [1.5, 8];

/** The row of vCPU `id` of `vm`. */
export function tlbScene(axis: Axis, frame: Frame, vm: string, id: number): Scene {
  const kvm = frame.world.vms[vm];
  const vcpu = kvm?.vcpus[id];
  if (kvm === undefined || vcpu === undefined) return { height: HEIGHT, marks: [], says: "" };
  const cached = placed(axis, frame, vm, vcpu);
  const marks: Mark[] = [
    label(`vCPU ${id}`, MIDDLE),
    box(axis, vcpu),
    ...bands(axis, frame, HEIGHT),
    ...cached.here.map((own) => cachedMark(axis, own)),
    ...noteMarks(
      tlbNote(frame, `${vm}/vcpu${id}`, vcpu, cached.all),
      stateLeft(axis, vcpu),
      cached.here.map(({ first, last }) => [first * axis.cell, (last + 1) * axis.cell]),
      MIDDLE + 4.5,
    ),
    ...stateMarks(axis, vcpu),
  ];
  return { height: HEIGHT, marks, vcpu: `${vm}/vcpu${id}`, says: tlbSays(frame, vm, vcpu, cached.all) };
}

/** Cached translations of neighbouring pages, or a large one, from column to column, both ends included. */
export interface PlacedCached {
  readonly first: number;
  readonly last: number;
  readonly stale: boolean;
  /** Of the translation, or of the first of several. */
  readonly gfn: number;
}

/** The translations of `vcpu`, and those of them whose pages the window shows: a stale one hides others in its column. */
export function placed(axis: Axis, frame: Frame, vm: string, vcpu: Vcpu) {
  const kvm = frame.world.vms[vm]!;
  const pageAt = pageFinder(slotsOf(axis, frame, kvm));
  const all = cachedLeaves(frame, kvm, vcpu);
  const here = new Map<number, PlacedCached>();
  for (const { leaf, stale } of all) {
    const page = pageAt(leaf.gfn);
    if (page === null) continue;
    const column = (at: number) => Math.floor((at - axis.start) / axis.perCell);
    const first = Math.max(0, column(page));
    const last = Math.min(CELLS - 1, column(page + pagesPerLeaf(leaf.level) - 1));
    if (first > last) continue;
    const before = here.get(first);
    if (before === undefined || (stale !== null && !before.stale))
      here.set(first, { first, last, stale: stale !== null, gfn: leaf.gfn });
  }
  return { all, here: [...here.values()] };
}

/** In the guest the row is filled, outside it is dashed. */
const box = (axis: Axis, { state }: Vcpu): Mark => ({
  ...{ shape: "rect", key: "tlb", x: 0, y: CLEAR, width: widthOf(axis), height: HEIGHT - 2 * CLEAR, rx: 2 },
  look: state === "guest" ? "tlbIn" : state === "out" ? "tlbOut" : "tlb",
});

function cachedMark(axis: Axis, { first, last, stale, gfn }: PlacedCached): Mark {
  const look = stale ? "cachedStale" : "cached";
  const key = `cached${gfn}`;
  const x = xOf(axis, axis.start + (first + 0.5) * axis.perCell);
  const width = (last - first) * axis.cell;
  const r = stale ? 4 : 3;
  return { shape: "rect", key, look, x: x - r, y: MIDDLE - r, width: width + 2 * r, height: 2 * r, rx: r };
}

/** The state at the right end of the row, and before it the flush that it has to do. */
function stateMarks(axis: Axis, vcpu: Vcpu): Mark[] {
  const text = vcpuWord(vcpu);
  const x = widthOf(axis) - PAD;
  const left = stateLeft(axis, vcpu);
  return [
    {
      ...{ shape: "rect", key: "plate", look: vcpu.state === "guest" ? "plateIn" : "clear" },
      ...{ x: left, y: CLEAR + 1, width: widthOf(axis) - 1 - left, height: HEIGHT - 2 * CLEAR - 2 },
    },
    { shape: "text", key: "state", look: "vcpuState", x, y: MIDDLE + 4.5, text, anchor: "end" },
    ...(vcpu.flushRequested ? [requestMark(left + 3, MIDDLE)] : []),
  ];
}

const stateLeft = (axis: Axis, vcpu: Vcpu): number =>
  widthOf(axis) - PAD - 0.9 * textWidth(vcpuWord(vcpu)) - (vcpu.flushRequested ? 18 : 4);

/** Someone has asked for a flush. */
export const requestMark = (x: number, middle: number): Mark => ({
  ...{ shape: "path", key: "request", look: "flushed", d: `M${x} ${middle - 5}l9 5l-9 5z` },
});

/** The row in a few sentences: `vCPU 0 of vm0 is in the guest. It has cached 1 translation: gfn 5, stale.` */
export function tlbSays({ world }: Frame, vm: string, vcpu: Vcpu, cached: readonly CachedLeaf[]): string {
  const of = Object.keys(world.vms).length > 1 ? ` of ${vm}` : "";
  const listed = cached.slice(0, LISTED_MAX).map(({ leaf, stale }) => {
    const because = { freed: "its page was freed", gone: "its leaf is gone from the tables" };
    return `gfn ${gfnText(leaf.gfn)}${stale === null ? "" : `, stale: ${because[stale]}`}`;
  });
  const more = cached.length > LISTED_MAX ? [`and ${cached.length - LISTED_MAX} more`] : [];
  const has =
    cached.length === 0
      ? "Its TLB is empty."
      : `It has cached ${counted(cached.length, "translation")}: ${[...listed, ...more].join("; ")}.`;
  const asked = vcpu.flushRequested
    ? [" A flush was asked for: it comes before it enters the guest again."]
    : [];
  return [`vCPU ${vcpu.id}${of}: ${vcpuWord(vcpu)}. `, has, ...asked].join("");
}

const LISTED_MAX = 12;
