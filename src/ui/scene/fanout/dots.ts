// SPDX-License-Identifier: GPL-2.0-only
// What was measured, on the chart of a punch: a walk is put in the place of the walks that the model has there, the rest
// stays the model's; a live kernel's punch stands as it was timed, whole.

import {
  type HoleSize,
  listPoints,
  type MeasuredPunch,
  TIMED_PUNCHES,
  treeOf,
  type VariantId,
  xarrayPoints,
} from "../../../engine/index.ts";
import type { PricedRow } from "./measures.ts";
import { caseOf, type FanoutSettings } from "./settings.ts";

/** A punch of `slots` memslots whose two walks take what was measured; nanoseconds. */
export interface Dot {
  readonly slots: number;
  readonly ns: number;
}

/**
 * The dots of `variant`, whose `rows` are sorted by slots. The list was measured as it is; of the xarray the walks over
 * a hole of one page, so holes of more have none. As posted it was not measured.
 */
export function measuredDots(
  variant: VariantId,
  rows: readonly PricedRow[],
  settings: FanoutSettings,
): Dot[] {
  const { walks, hole } = settings;
  if (walks === "assumed" || variant === "review-seed") return [];
  const isOnePage = "pages" in hole && hole.pages === 1;
  if (variant === "review" && !isOnePage) return [];
  const points: readonly (readonly [number, number])[] =
    variant === "v10" ? listPoints(walks) : xarrayPoints(walks, treeOf(caseOf(settings)));
  return points.flatMap(([slots, walkNs]) => withWalk(rows, slots, walkNs));
}

/**
 * A live kernel's own punches of what `settings` punch, medians of the whole call. That kernel has an xarray and no list;
 * no guest had mapped its pages, so there is no zap and no flush in them.
 */
export function liveDots({ slot, align, hole, vms }: FanoutSettings): Dot[] {
  const op = punchOf(slot, hole);
  const skew = align === "aligned" ? 0 : 1;
  if (op === null || vms !== 1 || align === "mixed") return [];
  return TIMED_PUNCHES.filter(
    (punch) => punch.op === op && punch.pages > 0 && punch.slotPages === slot && punch.skew === skew,
  ).map(({ slots, medianNs }) => ({ slots, ns: medianNs }));
}

/** The kind of timed punch that a hole of `hole` in memslots of `slot` pages is. */
function punchOf(slot: number, hole: HoleSize): MeasuredPunch | null {
  if ("share" in hole) return hole.share === 1 ? "punch_file" : null;
  if (hole.pages === 1) return "punch_page";
  return hole.pages === slot ? "punch_slot" : null;
}

/** The dots of walks that were timed elsewhere, `ns` each. */
export const timedDots = (
  rows: readonly PricedRow[],
  walks: readonly { readonly slots: number; readonly ns: number }[],
): Dot[] => walks.flatMap(({ slots, ns }) => withWalk(rows, slots, ns));

function withWalk(rows: readonly PricedRow[], slots: number, walkNs: number): Dot[] {
  const rest = restAt(rows, slots);
  return rest === null ? [] : [{ slots, ns: rest + 2 * walkNs }];
}

/** What a punch costs beside its walks, between the rows that are there; null outside of them. */
function restAt(rows: readonly PricedRow[], slots: number): number | null {
  const after = rows.findIndex((row) => row.slots >= slots);
  const next = rows[after];
  if (next === undefined) return null;
  if (next.slots === slots) return restOf(next);
  const before = rows[after - 1];
  if (before === undefined) return null;
  const part = (slots - before.slots) / (next.slots - before.slots);
  return restOf(before) + part * (restOf(next) - restOf(before));
}

const restOf = ({ cost }: PricedRow): number =>
  cost.ns - (cost.parts.find(({ part }) => part === "walk")?.ns ?? 0);
