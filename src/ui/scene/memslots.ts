// SPDX-License-Identifier: GPL-2.0-only
// The memslots of a file: which are visible, where they lie, what they are called.

import type { Memslot, World } from "../../engine/index.ts";

/** `3`, or `vm1/3` where the machine has several VMs. */
export const shortName = (world: World, { vm, slot }: Pick<Memslot, "vm" | "slot">): string =>
  Object.keys(world.vms).length > 1 ? `${vm}/${slot}` : String(slot);

/** The name of the memslot object `id`; freed objects keep theirs. */
export function nameOf(world: World, id: number): string {
  const memslot = world.memslots[id];
  return memslot === undefined ? `?${id}` : shortName(world, memslot);
}

/** File pages [start, end) of `memslot`. */
export const pagesOf = ({ pgoff, npages }: Memslot) => ({ start: pgoff, end: pgoff + npages });

/** The memslots of `file` that their VM shows, by their first page. */
export function visibleMemslots(world: World, file: string): Memslot[] {
  const visible: Memslot[] = [];
  for (const vm of Object.values(world.vms))
    for (const id of vm.slotsByGfn) {
      const memslot = world.memslots[id];
      if (memslot !== undefined && memslot.file === file) visible.push(memslot);
    }
  return visible.sort((a, b) => a.pgoff - b.pgoff || a.id - b.id);
}
