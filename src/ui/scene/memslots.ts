// SPDX-License-Identifier: GPL-2.0-only
// The memslots of a file: which are visible, where they lie, what they are called.

import type { Memslot, World } from "../../engine/index.ts";
import { bisectLeft, bisectRight } from "./bisect.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { kept } from "./kept.ts";

/** `3`, or `vm1/3` where the machine has several VMs. */
export const shortName = (world: World, { vm, slot }: Pick<Memslot, "vm" | "slot">): string =>
  Object.keys(world.vms).length > 1 ? `${vm}/${slot}` : String(slot);

/** The name of the memslot object `id`; freed objects keep theirs. */
export function nameOf(world: World, id: number): string {
  const memslot = world.memslots[id];
  return memslot === undefined ? `?${id}` : shortName(world, memslot);
}

/** File pages [start, end) of `memslot`, close enough for drawing: indices below zero are 2^64 higher (T-ah). */
export function pagesOf({ pgoff, npages }: { readonly pgoff: number; readonly npages: number }) {
  const start = pgoff < 0 ? pgoff + 2 ** 64 : pgoff;
  return { start, end: start + npages };
}

/**
 * Whether a call that had something to do reached a memslot that lies wholly behind the hole: a sum without a sign has
 * wrapped around, and what is zapped is not in the hole (T-o, T-ah).
 */
export const isWrapped = (
  memslot: { readonly pgoff: number; readonly npages: number } | undefined,
  { hit, end }: { readonly hit: boolean; readonly end: number },
): boolean => hit && memslot !== undefined && end <= pagesOf(memslot).start;

/** Memslots by their first page, so that those of a window are found without looking at all. */
export interface MemslotIndex {
  readonly memslots: readonly Memslot[];
  readonly ids: ReadonlySet<number>;
  /** Those that share a page with [start, end), by their first page. */
  meeting(span: { readonly start: number; readonly end: number }): readonly Memslot[];
}

/** The memslots of `file` that their VM shows, as they are after the shown step. */
export const visibleMemslots = (frame: Frame, file: string): MemslotIndex =>
  kept(`visible ${file}`, null, frame, [changesIn(frame, "memslots")], () => {
    const { memslots, vms } = frame.world;
    const ids = Object.values(vms).flatMap(({ slotsByGfn }) => slotsByGfn);
    return indexed(ids.flatMap((id) => (memslots[id]?.file === file ? memslots[id] : [])));
  });

/** The memslot objects of `file` that are not freed, visible or not. */
export const livingMemslots = (frame: Frame, file: string): MemslotIndex =>
  kept(`living ${file}`, null, frame, [changesIn(frame, "memslots")], () =>
    indexed(frame.world.memslots.filter((memslot) => memslot.file === file && !memslot.freed)),
  );

/** An index of copies: the world goes on changing its own. */
export function indexed(unsorted: readonly Memslot[]): MemslotIndex {
  const memslots = unsorted.map((memslot) => ({ ...memslot }));
  memslots.sort((a, b) => pagesOf(a).start - pagesOf(b).start || a.id - b.id);
  const starts = Float64Array.from(memslots, (memslot) => pagesOf(memslot).start);
  // How far the memslots up to this one reach: a long one may lie across many that begin after it.
  const reach = new Float64Array(memslots.length);
  let farthest = Number.NEGATIVE_INFINITY;
  for (const [k, memslot] of memslots.entries()) {
    farthest = Math.max(farthest, pagesOf(memslot).end);
    reach[k] = farthest;
  }
  return {
    memslots,
    ids: new Set(memslots.map(({ id }) => id)),
    meeting({ start, end }) {
      const within = memslots.slice(bisectRight(reach, start), bisectLeft(starts, end));
      return within.filter((memslot) => pagesOf(memslot).end > start);
    },
  };
}
