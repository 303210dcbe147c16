// SPDX-License-Identifier: GPL-2.0-only
// Since which step a vCPU's translation is stale, read off the recording.

import type { LabEvent, Leaf } from "../../engine/index.ts";
import { pagesPerLeaf } from "../../engine/index.ts";
import type { Frame } from "./frame.ts";
import { slotAt } from "./reached.ts";

/**
 * The step that zapped the leaf, or freed its page, after `vcpu` had cached it; counted from 1. Null where no step
 * before the shown one has.
 */
export function staleSince(frame: Frame, vm: string, vcpu: string, leaf: Leaf): number | null {
  const { steps } = frame.play.recording;
  const end = leaf.gfn + pagesPerLeaf(leaf.level);
  const slot = slotAt(frame.world, vm, leaf.gfn);
  const meets = ([from, to]: readonly [number, number], by = 0) => from + by < end && leaf.gfn < to + by;
  const fills = (event: LabEvent) =>
    event.type === "guest.walked" &&
    event.vcpu === vcpu &&
    event.found === "leaf" &&
    meets([event.gfn, event.gfn + 1]);
  const ends = (event: LabEvent) => {
    switch (event.type) {
      case "spte.zapped":
        return event.vm === vm && event.zapped.some((run) => meets(run));
      case "shmem.punched":
        return event.file === slot?.file && event.freed.some((run) => meets(run, slot.baseGfn - slot.pgoff));
      case "page.put":
        return event.refs === 0 && event.pfn >= leaf.pfn && event.pfn < leaf.pfn + end - leaf.gfn;
      default:
        return false;
    }
  };
  let since: number | null = null;
  for (let step = frame.step; step > 0; step--) {
    const events = steps[step - 1]?.events ?? [];
    if (events.some(ends)) since = step;
    if (events.some(fills)) return since;
  }
  return since;
}
