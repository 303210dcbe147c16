// SPDX-License-Identifier: GPL-2.0-only
import type { HoleSize } from "../../../engine/index.ts";
import { numberText } from "../number.ts";

/** More memslots than this the lab takes too long to open. */
const LAB_SLOTS_MAX = 4096;

/** A larger hole is counted and not mapped page by page. */
const LAB_HOLE_MAX = 2 ** 16;

/** Why a point cannot be played in the lab, or null where it can. */
export function labTrouble(slots: number, slotPages: number, hole: HoleSize): string | null {
  if (slots > LAB_SLOTS_MAX)
    return `The lab plays every callback as a step; of a point like this it takes up to ${numberText(LAB_SLOTS_MAX)} memslots.`;
  const pages = "pages" in hole ? hole.pages : hole.share * slots * slotPages;
  if (pages > LAB_HOLE_MAX)
    return `The lab plays holes of up to ${numberText(LAB_HOLE_MAX)} pages; this one has about ${numberText(Math.round(pages))}.`;
  return null;
}
