// SPDX-License-Identifier: GPL-2.0-only
// Where everything of a walk stands: a bar for each table on the way, and the last table opened entry by entry.

import { type Kvm, TABLE_ENTRIES, type TdpRead, tdpWalk } from "../../engine/index.ts";
import { type Axis, widthOf } from "./axis.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { kept } from "./kept.ts";
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
  return { ...walked, vm: kvm.name, rows, entries, sptesZapped: zapped, isUnderPages, height };
}

/** One entry of 512 is less than two pixels wide; it is drawn wider. */
const ENTRY = 4;
