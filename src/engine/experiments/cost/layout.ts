// SPDX-License-Identifier: GPL-2.0-only
// Where the memslots of a sweep lie in their file: end to end, from one rule that knows the place of each.

import { assert } from "../../assert.ts";

/**
 * `aligned`: the first slot begins at page 0, each of `slotPages` pages.
 * `shifted`: the same, the first begins at page 1.
 * `mixed`: every second slot is a page longer, so that they begin at every alignment that there is.
 */
export const ALIGNMENTS = ["aligned", "shifted", "mixed"] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

/** Slots 0 .. `slots - 1` lie end to end in a file. */
export interface Layout {
  readonly slots: number;
  /** The first page of slot `k`; of `slots`, the page after the last one. */
  startOf(k: number): number;
  /** The slot that `page` lies in; below 0 before the first one, `slots` or more behind the last. */
  slotAt(page: number): number;
}

/** `slots` memslots of `slotPages` pages, 1 or more of either. */
export function endToEnd(slots: number, slotPages: number, alignment: Alignment): Layout {
  assert(slots >= 1 && slotPages >= 1, () => `${slots} slots of ${slotPages} pages`);
  if (alignment === "mixed")
    return {
      slots,
      startOf: (k) => k * slotPages + Math.floor(k / 2),
      slotAt(page) {
        const pair = Math.floor(page / (2 * slotPages + 1));
        return 2 * pair + (page - pair * (2 * slotPages + 1) >= slotPages ? 1 : 0);
      },
    };
  const shift = alignment === "shifted" ? 1 : 0;
  return {
    slots,
    startOf: (k) => k * slotPages + shift,
    slotAt: (page) => Math.floor((page - shift) / slotPages),
  };
}

/** A file of `pages` pages, cut into `slots` slots whose sizes differ by a page at most. */
export function cutInto(slots: number, pages: number): Layout {
  assert(slots >= 1 && slots <= pages, () => `${pages} pages cannot be cut into ${slots} slots`);
  const startOf = (k: number) => Math.floor((k * pages) / slots);
  return {
    slots,
    startOf,
    slotAt(page) {
      let k = Math.floor((page * slots) / pages);
      while (k < slots && startOf(k + 1) <= page) k++;
      return k;
    },
  };
}

/** Pages [start, end) that are punched. */
export interface Hole {
  readonly start: number;
  readonly end: number;
}

/** `all` counts slots: the hole begins with one near the middle that every design has bound, and takes that many whole. */
export type HoleSize = { readonly pages: number } | { readonly share: number };

/**
 * The hole that a sweep punches. It begins with a slot of even number near the middle, which is bound under every
 * design, and stays within the slots: where it is too long for that it ends with the last of them.
 */
export function holeIn(layout: Layout, size: HoleSize): Hole {
  const { slots, startOf } = layout;
  const [from, to] = [startOf(0), startOf(slots)];
  if ("share" in size) {
    const hit = Math.min(slots, Math.max(1, Math.round(size.share * slots)));
    const first = 2 * Math.floor(Math.min(slots >> 1, slots - hit) / 2);
    return { start: startOf(first), end: startOf(first + hit) };
  }
  const pages = Math.min(size.pages, to - from);
  const start = Math.min(startOf(2 * Math.floor(slots / 4)), to - pages);
  return { start, end: start + pages };
}
