// SPDX-License-Identifier: GPL-2.0-only
// Steps that are too close to be drawn apart, as one mark a place: by the rarest kind among them, so that the one
// call that was needed never vanishes among thousands that were not.

import { BIN_PX } from "./timelineShapes.ts";
import { BIN_KINDS, type BinKind } from "./timelineSteps.ts";

interface Step {
  readonly x: number;
  readonly kind: BinKind;
}

/** What stands at `x`, the middle of a place. */
export interface Bin extends Step {
  /** Something rarer stands there, and a needed call besides. */
  readonly alsoNeeded: boolean;
}

/** Puts `steps`, each at its x in pixels, into places of four pixels; from left to right, empty places left out. */
export function binned(steps: Iterable<Step>): Bin[] {
  const ranks = new Map<number, number>();
  const needed = new Set<number>();
  for (const { x, kind } of steps) {
    const place = Math.floor(x / BIN_PX);
    if (kind === "needed") needed.add(place);
    const rank = BIN_KINDS.indexOf(kind);
    if (rank < (ranks.get(place) ?? BIN_KINDS.length)) ranks.set(place, rank);
  }
  return [...ranks]
    .sort(([a], [b]) => a - b)
    .map(([place, rank]) => {
      const kind = BIN_KINDS[rank] ?? "other";
      return { x: (place + 0.5) * BIN_PX, kind, alsoNeeded: kind !== "needed" && needed.has(place) };
    });
}
