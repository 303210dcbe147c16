// SPDX-License-Identifier: GPL-2.0-only
// What the fan-out view calls its measures, parts, settings, and their units.

import type { Alignment, CostPartId, HoleSize, PriceTag, WalkBasis } from "../../../engine/index.ts";
import { numberText } from "../number.ts";
import { bytesText, nsText, pagesText } from "./amounts.ts";

/** What a chart can show; the first is shown as usual. */
export const MEASURE_IDS = ["ns", "callbacks", "wasted", "reads", "bytes"] as const;
export type MeasureId = (typeof MEASURE_IDS)[number];

interface MeasureText {
  readonly title: string;
  readonly about: string;
  /** A value with its unit. */
  text(value: number): string;
}

export const MEASURE_TEXTS: Readonly<Record<MeasureId, MeasureText>> = {
  ns: { title: "time of a punch", about: "a model: counts times prices", text: nsText },
  callbacks: { title: "callbacks of a punch", about: "exact: start and end", text: numberText },
  wasted: {
    title: "callbacks for nothing",
    about: "exact: their memslot lies outside of the hole",
    text: numberText,
  },
  reads: {
    title: "memory reads of a punch",
    about: "exact: list nodes, slots of xarray nodes",
    text: numberText,
  },
  bytes: {
    title: "memory for the bindings",
    about: "exact: notifiers, or nodes of the xarray",
    text: bytesText,
  },
};

export const PART_TEXTS: Readonly<Record<CostPartId, string>> = {
  call: "system call",
  walk: "walks",
  callbacks: "callbacks",
  locks: "locks",
  zap: "zap",
  flush: "flush",
  free: "free",
};

export const TAG_TEXTS: Readonly<Record<PriceTag, string>> = {
  measured: "measured",
  fitted: "fitted on a live kernel",
  assumed: "assumed",
};

export const ALIGNMENT_TEXTS: Readonly<Record<Alignment, string>> = {
  aligned: "aligned",
  shifted: "shifted by a page",
  mixed: "mixed sizes",
};

export const WALK_TEXTS: Readonly<Record<WalkBasis, string>> = {
  warm: "warm caches",
  cold: "cold caches",
  assumed: "assumed",
};

/** `1 page (4 KiB)`, `half of the memslots`, `every memslot`. */
export function holeText(hole: HoleSize): string {
  if ("pages" in hole) return pagesText(hole.pages);
  if (hole.share === 1) return "every memslot";
  if (hole.share === 0.5) return "half of the memslots";
  const part = 1 / hole.share;
  return Number.isInteger(part) ? `1/${part} of the memslots` : `${hole.share} of the memslots`;
}
