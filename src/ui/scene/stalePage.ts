// SPDX-License-Identifier: GPL-2.0-only
// Which page of a file is freed while a guest still comes to it, at the shown step.

import { type Kvm, type Leaf, tdpLeavesIn, tlbEntries } from "../../engine/index.ts";
import { eachGfnOf } from "./eachMapped.ts";
import type { Frame } from "./frame.ts";
import { visibleMemslots } from "./memslots.ts";

/** The first such page of `file`, through the tables or what a vCPU has cached; null where there is none. */
export function stalePage(frame: Frame, file: string): number | null {
  let first: number | null = null;
  for (const { vm, baseGfn, npages, pgoff } of visibleMemslots(frame, file).memslots) {
    const kvm = frame.world.vms[vm];
    if (kvm === undefined) continue;
    const end = baseGfn + npages;
    for (const leaf of leavesIn(kvm, baseGfn, end))
      eachGfnOf(frame, leaf, baseGfn, end, (gfn, stale) => {
        if (stale) first = Math.min(first ?? Number.POSITIVE_INFINITY, gfn - baseGfn + pgoff);
      });
  }
  return first;
}

/** What leads the guest somewhere at gfns [start, end). */
function leavesIn({ tdp, vcpus }: Kvm, start: number, end: number): Leaf[] {
  // One that flushes before it enters the guest again uses nothing of what it has cached.
  const using = vcpus.filter(({ flushRequested, state }) => !flushRequested || state === "guest");
  return [...tdpLeavesIn(tdp, start, end), ...using.flatMap(({ tlb }) => tlbEntries(tlb))];
}
