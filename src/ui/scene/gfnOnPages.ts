// SPDX-License-Identifier: GPL-2.0-only
// Guest memory on the page axis: where gfns lie as the pages behind them do, each gfn stands under its page.

import type { Kvm, Memslot } from "../../engine/index.ts";
import { type Axis, widthOf, xOf } from "./axis.ts";
import type { GfnAxis } from "./gfnAxis.ts";
import { pagesOf } from "./memslots.ts";

/**
 * The slots of `kvm` under their pages; null where that cannot be: one is on another file or reaches out of the window,
 * two are as far apart as their pages are not, or columns of several pages do not begin where slots do.
 */
export function gfnsOnPages(axis: Axis, kvm: Kvm, memslots: readonly Memslot[]): GfnAxis | null {
  const slots = kvm.slotsByGfn.map((id) => memslots[id] as Memslot);
  const [first] = slots;
  if (first === undefined) return null;
  const fits = slots.every((slot) => {
    const { start, end } = pagesOf(slot);
    return (
      slot.file === axis.file &&
      start - slot.baseGfn === first.pgoff - first.baseGfn &&
      start >= axis.start &&
      end <= axis.end &&
      start % axis.perCell === 0 &&
      end % axis.perCell === 0
    );
  });
  if (!fits) return null;
  const segments = slots.map((memslot) => {
    const x = xOf(axis, memslot.pgoff);
    const columns = memslot.npages / axis.perCell;
    return { memslot, x, width: columns * axis.cell, inset: 0, columns };
  });
  return { segments, width: widthOf(axis), folds: [] };
}
