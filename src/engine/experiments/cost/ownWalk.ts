// SPDX-License-Identifier: GPL-2.0-only
// The walks of a punch as this engine makes them, without steps, events and callbacks: for whoever wants to time them. The
// engine has no clock.

import { lastOf } from "../../kernel/restrictedmem/review/file.ts";
import type { Memslot } from "../../kernel/kvm/memslot.ts";
import { xaForEachRange, xaToPointer } from "../../kernel/xarray/index.ts";
import type { Pgoff } from "../../units.ts";
import { fileOf } from "../machine/env.ts";
import type { VariantId } from "../machine/variants.ts";
import { endToEnd, type Hole, holeIn } from "./layout.ts";
import { FILE, grow, machineFor, type SweepCase } from "./sweep.ts";

/** One walk over `slots` slots; it holds until the next one is asked for. Returns the slots that it comes to in the hole. */
export interface OwnWalk {
  readonly slots: number;
  walk(): number;
}

/** A walk for each of `sizes`, ascending, over the first hole of `wanted`; null between slices. */
export function* ownWalks(
  variant: VariantId,
  wanted: SweepCase,
  sizes: readonly number[],
): Generator<OwnWalk | null, void> {
  const growing = machineFor(variant, wanted, sizes.at(-1) ?? 1);
  let made = growing.next();
  while (!made.done) {
    yield null;
    made = growing.next();
  }
  const machine = made.value;
  for (const slots of sizes) {
    for (const _ of grow(machine, wanted, slots)) yield null;
    const hole = holeIn(endToEnd(slots, wanted.slotPages, wanted.alignment), wanted.holes[0] ?? { pages: 1 });
    const file = fileOf(machine.world, FILE);
    const { memslots } = machine.world;
    yield {
      slots,
      walk() {
        let hits = 0;
        if (file.keeps === "list") {
          for (const id of file.notifiers) if (isHit(memslots[id] as Memslot, hole)) hits++;
          return hits;
        }
        const last = lastOf(hole.end as Pgoff, file.lastMode);
        for (const { entry } of xaForEachRange(file.bindings, hole.start, last).visits)
          if (isHit(memslots[xaToPointer(entry)] as Memslot, hole)) hits++;
        return hits;
      },
    };
  }
}

const isHit = ({ pgoff, npages }: Memslot, { start, end }: Hole): boolean =>
  pgoff < end && pgoff + npages > start;
