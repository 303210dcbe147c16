// SPDX-License-Identifier: GPL-2.0-only
// Where everything of a walk stands: a bar for each table on the way, and the last table opened entry by entry.

import {
  type Kvm,
  type Leaf,
  pagesPerLeaf,
  TABLE_ENTRIES,
  type TdpRead,
  tdpWalk,
} from "../../engine/index.ts";
import { gfnsText, numberText } from "../text/number.ts";
import { type Axis, widthOf } from "./axis.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { freedGfns } from "./frameBehind.ts";
import { kept } from "./kept.ts";
import { pagesText } from "./mark.ts";
import { slotAt } from "./reached.ts";
import { toldBy } from "./told.ts";
import { entriesFrom, firstShown, sptesZapped, type WalkEntry } from "./walkEntries.ts";
import { type Walked, walkedNow } from "./walkGfn.ts";

/** From the top to the first table, and from table to table; heights of a table on the way, and of the last. Pixels. */
export const [HEAD, PITCH, BAR, OPEN] = [26, 30, 14, 24] as const;

/** Below the last table, for what there is to say of its entries. */
const WORDS = 22;

export interface WalkRow {
  readonly read: TdpRead;
  readonly y: number;
  readonly height: number;
  /** The entry that leads on, on the strip. */
  readonly x: number;
  readonly width: number;
  /** Whether the hardware has come so far; where no vCPU walks, all has been read. */
  readonly isRead: boolean;
}

export interface WalkPlan extends Walked {
  readonly vm: string;
  /** From the root down; the last one is the table whose entries are shown. */
  readonly rows: readonly WalkRow[];
  readonly entries: readonly WalkEntry[];
  /** Which pages of the leaf in which the walk ends were freed since it was made, in words; null where none was. */
  readonly freed: string | null;
  /** SPTEs that the operation has zapped up to now, also those that are not among `entries`. */
  readonly sptesZapped: number;
  /** Each of the entries stands under the page that it maps, or would. */
  readonly isUnderPages: boolean;
  readonly height: number;
}

/** The walk of `vm` that is shown; `picked`: the gfn that the viewer wants to be led to. */
export function walkPlan(axis: Axis, frame: Frame, vm: string, picked: number | null): WalkPlan | null {
  const kvm = frame.world.vms[vm];
  const walked = kvm === undefined ? null : walkedNow(axis, frame, kvm, picked);
  if (kvm === undefined || walked === null) return null;
  const { punches, zapped } = toldBy(frame).versions;
  const changes = (["mappings", "pages", "memslots"] as const).map((what) => changesIn(frame, what));
  const key = [walked.gfn, walked.by, walked.made, walked.isPicked, ...changes, punches, zapped];
  return kept(`walk ${vm}`, axis, frame, key, () => planNow(axis, frame, kvm, walked));
}

function planNow(axis: Axis, frame: Frame, kvm: Kvm, walked: Walked): WalkPlan {
  const { gfn, by, made } = walked;
  const reads = tdpWalk(kvm.tdp, gfn);
  const last = reads.at(-1)!;
  const { first, isUnderPages } = firstShown(axis, frame, kvm, gfn, last);
  const rows = reads.map((read, k): WalkRow => {
    const place =
      read === last
        ? { height: OPEN, x: (read.index - first) * axis.cell, width: axis.cell }
        : { height: BAR, x: (read.index * widthOf(axis)) / TABLE_ENTRIES, width: ENTRY };
    return { read, y: HEAD + k * PITCH, isRead: by === null || k < made, ...place };
  });
  const entries = entriesFrom(frame, kvm, gfn, last.level, first);
  const height = HEAD + (rows.length - 1) * PITCH + OPEN + WORDS;
  const zapped = sptesZapped(frame, kvm);
  const freed = last.leaf === null ? null : freedText(frame, kvm.name, last.leaf);
  return { ...walked, vm: kvm.name, rows, entries, freed, sptesZapped: zapped, isUnderPages, height };
}

/** `which was freed`, `of which 1 of 512 was freed: page 3` */
function freedText({ world }: Frame, vm: string, leaf: Leaf): string | null {
  const gfns = freedGfns(world, leaf);
  const [first, last] = [gfns[0], gfns.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (leaf.level === 1) return "which was freed";
  const slot = slotAt(world, vm, first);
  const into = slot === null ? 0 : slot.pgoff - slot.baseGfn;
  const isRun = last - first + 1 === gfns.length;
  const which =
    slot === null
      ? gfnsText(first, isRun ? last + 1 : first)
      : `${gfns.length === 1 ? "page" : "pages"} ${pagesText(first + into, (isRun ? last : first) + into + 1)}`;
  const all = numberText(pagesPerLeaf(leaf.level));
  return `of which ${numberText(gfns.length)} of ${all} ${gfns.length === 1 ? "was" : "were"} freed: ${which}${isRun ? "" : " and others"}`;
}

/** One entry of 512 is less than two pixels wide; it is drawn wider. */
const ENTRY = 4;
