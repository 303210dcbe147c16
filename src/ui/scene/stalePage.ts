// SPDX-License-Identifier: GPL-2.0-only
// Which page of a file is freed while a guest still comes to it, at the shown step.

import {
  generationOf,
  type Kvm,
  type Leaf,
  type Pfn,
  pagesPerLeaf,
  tdpLeavesIn,
  tlbEntries,
} from "../../engine/index.ts";
import type { Frame } from "./frame.ts";
import { visibleMemslots } from "./memslots.ts";

/** The first such page of `file`, through the tables or what a vCPU has cached; null where there is none. */
export function stalePage(frame: Frame, file: string): number | null {
  let first: number | null = null;
  for (const { vm, baseGfn, npages, pgoff } of visibleMemslots(frame, file).memslots) {
    const kvm = frame.world.vms[vm];
    if (kvm === undefined) continue;
    const end = baseGfn + npages;
    for (const leaf of leavesIn(kvm, baseGfn, end)) {
      const gfn = staleGfn(frame, leaf, baseGfn, end);
      if (gfn !== null) first = Math.min(first ?? Number.POSITIVE_INFINITY, gfn - baseGfn + pgoff);
    }
  }
  return first;
}

/** What leads the guest somewhere at gfns [start, end). */
function leavesIn({ tdp, vcpus }: Kvm, start: number, end: number): Leaf[] {
  // One that flushes before it enters the guest again uses nothing of what it has cached.
  const using = vcpus.filter(({ flushRequested, state }) => !flushRequested || state === "guest");
  return [...tdpLeavesIn(tdp, start, end), ...using.flatMap(({ tlb }) => tlbEntries(tlb))];
}

/** The first gfn of [start, end) at which `leaf` leads to a page that was freed since. */
function staleGfn({ world: { memory } }: Frame, leaf: Leaf, start: number, end: number): number | null {
  const past = Math.min(leaf.gfn + pagesPerLeaf(leaf.level), end);
  for (let gfn = Math.max(leaf.gfn, start); gfn < past; gfn++)
    if (generationOf(memory, (leaf.pfn + gfn - leaf.gfn) as Pfn) !== leaf.generation) return gfn;
  return null;
}
