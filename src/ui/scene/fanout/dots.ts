// SPDX-License-Identifier: GPL-2.0-only
// Measured walks on the chart of a punch: each is put in the place of the walks that the model has there.

import { listPoints, treeOf, type VariantId, xarrayPoints } from "../../../engine/index.ts";
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
