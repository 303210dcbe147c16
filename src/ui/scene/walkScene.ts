// SPDX-License-Identifier: GPL-2.0-only
// The way through the second-level tables to one gfn: a row a level, each entry opened into the row below it.

import { indexAt, type Kvm, sptePrinted, type TdpRead, tdpGfnEnd, tdpWalk } from "../../engine/index.ts";
import { type Axis, widthOf } from "./axis.ts";
import { type Frame, shownSteps } from "./frame.ts";
import { isStale } from "./leafState.ts";
import { label, type Mark, type Scene } from "./mark.ts";
import { punchedSpans } from "./rulerScene.ts";

/** Of the head line, and of each level, in pixels. */
const [HEAD, LEVEL, BAR] = [24, 25, 16] as const;

/** What Intel calls the tables, from level 1 up, and what one entry of each covers. */
const NAMES = ["PT", "PD", "PDPT", "PML4", "PML5"];
const SPANS = ["4 KiB", "2 MiB", "1 GiB", "512 GiB", "256 TiB"];

const ENTRIES = 512;

/** The walk that `vm`'s guest made last, or the one to the first gfn of the hole. */
export function walkScene(axis: Axis, frame: Frame, vm: string): Scene {
  const kvm = frame.world.vms[vm];
  const walked = kvm === undefined ? null : (lastWalk(frame, vm) ?? holeWalk(axis, frame, kvm));
  if (kvm === undefined || walked === null || walked.gfn >= tdpGfnEnd(kvm.tdp))
    return { height: 0, marks: [], says: "" };
  const { gfn, reads: made, by } = walked;
  const reads = tdpWalk(kvm.tdp, gfn);
  const levels = kvm.tdp.rootLevel;
  const marks: Mark[] = [headLine(frame, kvm, gfn, by, axis)];
  for (let level = levels; level >= 1; level--) {
    const row = levels - level;
    const read = reads[row];
    const y = HEAD + row * LEVEL;
    if (row > 0) marks.push(funnel(axis, indexAt(gfn, (level + 1) as 1), y));
    marks.push(...levelMarks(axis, frame, kvm, { level, y, read, isRead: row < made, gfn }));
    if (read === undefined || read.found !== "table") break;
  }
  const rows = Math.min(levels, reads.length);
  return { height: HEAD + rows * LEVEL, marks, vm, says: sentence(vm, gfn, reads) };
}

interface Walked {
  readonly gfn: number;
  /** Entries that the hardware has read so far on this walk. */
  readonly reads: number;
  readonly by: string | null;
}

/** The walk of the latest read that the operation has told up to now. */
function lastWalk(frame: Frame, vm: string): Walked | null {
  const { steps } = frame.play.recording;
  const { end } = shownSteps(frame);
  let reads = 0;
  let found: { gfn: number; vcpu: string } | null = null;
  for (let k = end - 1; k >= 0 && k > end - STEPS_BACK; k--)
    for (const event of steps[k]?.events ?? []) {
      if (event.type !== "guest.walked" || event.vm !== vm) continue;
      found ??= { gfn: event.gfn, vcpu: event.vcpu };
      if (event.vcpu !== found.vcpu || event.gfn !== found.gfn)
        return { gfn: found.gfn, reads, by: found.vcpu };
      reads++;
      // The root is where a walk begins.
      if (event.level === frame.world.vms[vm]?.tdp.rootLevel)
        return { gfn: found.gfn, reads, by: found.vcpu };
    }
  return found === null ? null : { gfn: found.gfn, reads, by: found.vcpu };
}

/** A walk that lies further back is no longer what is seen. */
const STEPS_BACK = 400;

/** Nobody has walked: the way to the first page of the hole, through the slot that has it. */
function holeWalk(axis: Axis, frame: Frame, kvm: Kvm): Walked | null {
  const [punch] = punchedSpans(axis, frame);
  const { memslots } = frame.world;
  for (const id of kvm.slotsByGfn) {
    const slot = memslots[id];
    if (slot === undefined || slot.file !== axis.file || slot.pgoff < 0) continue;
    const page = Math.max(punch?.start ?? slot.pgoff, slot.pgoff);
    if (page < slot.pgoff + slot.npages) return { gfn: page - slot.pgoff + slot.baseGfn, reads: 0, by: null };
  }
  return null;
}

function headLine(frame: Frame, kvm: Kvm, gfn: number, by: string | null, axis: Axis): Mark {
  const slot = kvm.slotsByGfn
    .map((id) => frame.world.memslots[id])
    .find((own) => own !== undefined && own.baseGfn <= gfn && gfn < own.baseGfn + own.npages);
  const sum =
    slot === undefined || slot.file === null
      ? ""
      : ` = base 0x${slot.baseGfn.toString(16)} + ${gfn - slot.baseGfn}, page ${BigInt.asUintN(64, BigInt(gfn - slot.baseGfn + slot.pgoff)).toLocaleString("en-GB")} of ${slot.file}`;
  const text = `${by ?? "EPT"} walk for gfn 0x${gfn.toString(16)}${sum}`;
  return { shape: "text", key: "head", look: "word", x: widthOf(axis) / 2, y: 14, text, anchor: "middle" };
}

interface LevelRow {
  readonly level: number;
  readonly y: number;
  readonly read: TdpRead | undefined;
  /** Whether the hardware has come so far. */
  readonly isRead: boolean;
  readonly gfn: number;
}

function levelMarks(axis: Axis, frame: Frame, kvm: Kvm, { level, y, read, isRead, gfn }: LevelRow): Mark[] {
  const index = indexAt(gfn, level as 1);
  const width = widthOf(axis);
  const cell = width / ENTRIES;
  const x = index * cell;
  const value = read === undefined ? "" : entryText(frame, kvm, gfn, level, read);
  const side =
    index > ENTRIES / 2 ? { x: 8, anchor: "start" as const } : { x: width - 8, anchor: "end" as const };
  return [
    label(`${NAMES[level - 1]} [${index}]`, y + BAR / 2, `level${level}`),
    {
      shape: "rect",
      key: `level${level}`,
      look: isRead ? "tableRead" : "table",
      x: 0,
      y,
      width,
      height: BAR,
      rx: 1,
    },
    {
      shape: "rect",
      key: `entry${level}`,
      look: "tableEntry",
      x,
      y: y - 1.5,
      width: Math.max(cell, 3),
      height: BAR + 3,
      rx: 1,
    },
    {
      shape: "text",
      key: `value${level}`,
      look: read?.leaf && isStale(frame, read.leaf) ? "violationText" : "tableWord",
      ...side,
      y: y + 12,
      text: `${value}512 entries of ${SPANS[level - 1]}`,
    },
  ];
}

function entryText(frame: Frame, kvm: Kvm, gfn: number, level: number, read: TdpRead): string {
  if (read.found === "none") return "not present: 0x0 · ";
  const below = tdpWalk(kvm.tdp, gfn)[kvm.tdp.rootLevel - level + 1]?.table;
  const target = read.leaf ?? below;
  if (target === undefined) return "";
  const bits = `0x${BigInt(`0x${sptePrinted(target, "ept")}`).toString(16)}`;
  if (read.leaf === null) return `${bits} · `;
  return `${isStale(frame, read.leaf) ? "STALE leaf to a freed page" : "leaf"} to pfn ${read.leaf.pfn} ${bits} · `;
}

/** From the entry above to the whole of the table below. */
function funnel(axis: Axis, index: number, y: number): Mark {
  const width = widthOf(axis);
  const x = (index * width) / ENTRIES;
  const top = y - LEVEL + BAR + 1;
  const d = `M${x} ${top}H${x + Math.max(3, width / ENTRIES)}L${width} ${y - 1}H0z`;
  return { shape: "path", key: `funnel${y}`, look: "opens", d };
}

function sentence(vm: string, gfn: number, reads: readonly TdpRead[]): string {
  const way = reads.map(
    ({ level, index, found }) => `level ${level} entry ${index}: ${found === "none" ? "not present" : found}`,
  );
  return `The walk of ${vm} to gfn ${gfn}: ${way.join("; ")}.`;
}
