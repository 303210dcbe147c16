// SPDX-License-Identifier: GPL-2.0-only
// How large a leaf a fault may install.
//
// Models    kvm_mmu_max_mapping_level(), and of lpage_info what a slot's own place and size forbid
// Left out  mixed attributes, write tracking, dirty logging, the NX mitigation, the vendor's limit. A viewer sees the
//           level that a plain memslot gets.

import type { Pfn } from "../../units.ts";
import { blockOf, type LeafLevel, pagesPerLeaf } from "./level.ts";

export interface LevelQuestion {
  /** The gfn that faulted, and the page that it is to be mapped to. */
  gfn: number;
  pfn: Pfn;
  /** Of the folio that the page belongs to. */
  order: number;
  slot: { baseGfn: number; npages: number; pgoff: number };
}

/** The largest level at which the aligned block around `gfn` lies in the slot and in the folio, and lies alike. */
export function levelFor(question: LevelQuestion): LeafLevel {
  const { gfn, pfn, order, slot } = question;
  for (const level of [3, 2] as const) {
    const pages = pagesPerLeaf(level);
    const first = blockOf(gfn, level);
    if (
      order >= 9 * (level - 1) &&
      first >= slot.baseGfn &&
      first + pages <= slot.baseGfn + slot.npages &&
      // Else no block of the slot at this level is one of the file.
      slot.baseGfn % pages === slot.pgoff % pages &&
      gfn % pages === pfn % pages
    )
      return level;
  }
  return 1;
}
