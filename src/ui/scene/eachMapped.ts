// SPDX-License-Identifier: GPL-2.0-only
// The mapped gfns of a guest, one by one, however large the leaves are that map them.

import {
  generationOf,
  type Kvm,
  type Leaf,
  type Pfn,
  pagesPerLeaf,
  tdpLeavesIn,
} from "../../engine/index.ts";
import type { Frame } from "./frame.ts";

/** Tells `each` of the mapped gfns of [start, end), ascending; `stale` where the page behind `leaf` was freed since. */
export function eachMapped(
  frame: Frame,
  { tdp }: Kvm,
  start: number,
  end: number,
  each: (gfn: number, stale: boolean, leaf: Leaf) => void,
): void {
  for (const leaf of tdpLeavesIn(tdp, start, end))
    eachGfnOf(frame, leaf, start, end, (gfn, stale) => each(gfn, stale, leaf));
}

/** Tells `each` of the gfns of [start, end) that `leaf` maps, ascending; `stale` as above. */
export function eachGfnOf(
  { world: { memory } }: Frame,
  leaf: Leaf,
  start: number,
  end: number,
  each: (gfn: number, stale: boolean) => void,
): void {
  const past = Math.min(leaf.gfn + pagesPerLeaf(leaf.level), end);
  for (let gfn = Math.max(leaf.gfn, start); gfn < past; gfn++)
    each(gfn, leaf.generation !== generationOf(memory, (leaf.pfn + gfn - leaf.gfn) as Pfn));
}
