// SPDX-License-Identifier: GPL-2.0-only
// What can be pointed at in the rows of a guest: leaves and gfns, what vCPUs have cached, the entries of a walk.

import { pagesPerLeaf } from "../../engine/index.ts";
import { type Axis, clipped, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { type GfnCell, gfnCells } from "./gfnLeaves.ts";
import { gfnAxisOf, LEAVES, SLOT_HEIGHT, SLOTS } from "./gfnStripScene.ts";
import { largeLeaves } from "./largeLeaves.ts";
import { HEIGHT as MAPPED, mappedColumns } from "./mappingsScene.ts";
import { objectName } from "./object.ts";
import { columnAt, type Placed, spanBox } from "./objectBox.ts";
import { slotName } from "./objectSlots.ts";
import { gfnFinder, gfnHull, pageFinder, slotsOf } from "./reached.ts";
import { HEIGHT as TLB, placed } from "./tlbScene.ts";
import { walkPlan } from "./walkPlan.ts";

/** A row of one VM's guest. `own`: the vCPU of a TLB, and the gfn that was picked for a walk, null where none was. */
export type GuestRow =
  | { readonly row: "leaves" | "gfns"; readonly vm: string }
  | { readonly row: "tlb"; readonly vm: string; readonly own: number }
  | { readonly row: "walk"; readonly vm: string; readonly own: number | null };

const GUEST_ROWS: ReadonlySet<string> = new Set([
  "leaves",
  "gfns",
  "tlb",
  "walk",
] satisfies GuestRow["row"][]);

export const isGuestRow = <R extends { readonly row: string }>(row: R): row is R & GuestRow =>
  GUEST_ROWS.has(row.row);

/** The objects of a guest's row from left to right, those of a walk from the root down. */
export function guestObjects(axis: Axis, frame: Frame, row: GuestRow): readonly Placed[] {
  switch (row.row) {
    case "leaves":
      return leafObjects(axis, frame, row.vm);
    case "gfns":
      return gfnObjects(axis, frame, row.vm);
    case "tlb":
      return tlbObjects(axis, frame, row.vm, row.own);
    case "walk":
      return walkObjects(axis, frame, row.vm, row.own);
  }
}

/** Columns of one page are its gfn or the leaf there, columns of several are pages; large leaves are one each. */
function leafObjects(axis: Axis, frame: Frame, vm: string): Placed[] {
  const kvm = frame.world.vms[vm];
  const slots = kvm === undefined ? [] : slotsOf(axis, frame, kvm);
  if (kvm === undefined || slots.length === 0) return [];
  const pageAt = pageFinder(slots);
  const large = largeLeaves(kvm, ...gfnHull(slots)).flatMap(({ gfn, level }): Placed[] => {
    const page = pageAt(gfn);
    const span = page === null ? null : clipped({ start: page, end: page + pagesPerLeaf(level) }, axis);
    if (span === null) return [];
    const name = objectName({ kind: "leaf", vm, level, gfn });
    return [{ name, ...spanBox(axis, span.start, span.end, 2, MAPPED - 4) }];
  });
  const gfnAt = gfnFinder(slots);
  const columns = mappedColumns(axis, frame, vm, true).flatMap((own, column): Placed[] => {
    const { covered, mapped, zapped, stale } = own;
    const place = columnAt(axis, column, 2, MAPPED - 4);
    const middle = place.x + place.width / 2;
    if (!covered && mapped + zapped + stale === 0) return [];
    if (mapped + stale === 0 && large.some(({ x, width }) => x < middle && middle < x + width)) return [];
    const gfn = axis.perCell === 1 ? gfnAt(axis.start + column) : null;
    if (gfn === null) return [place];
    const leaf = { kind: "leaf", vm, level: 1, gfn } as const;
    return [{ ...place, name: objectName(mapped + stale > 0 ? leaf : { kind: "gfn", vm, gfn }) }];
  });
  return [...columns, ...large].sort((a, b) => a.x - b.x);
}

/** From left to right: each slot, and after it what is mapped of it or was. */
function gfnObjects(axis: Axis, frame: Frame, vm: string): Placed[] {
  const kvm = frame.world.vms[vm];
  if (kvm === undefined) return [];
  const strip = gfnAxisOf(axis, frame, kvm);
  const cells = gfnCells(frame, kvm, strip);
  // A page lies over the large leaf that it was part of.
  const inOrder = [
    ...cells.filter(({ level }) => level === null),
    ...cells.filter(({ level }) => level !== null),
  ];
  return strip.segments.flatMap(({ memslot, x, width }) => [
    { name: slotName(memslot), x, y: SLOTS, width: width - 1, height: SLOT_HEIGHT },
    ...inOrder
      .filter(({ slot, state }) => slot === memslot.id && state !== "none")
      .map((cell) => ({ name: cellName(vm, cell), x: cell.x, y: LEAVES - 7, width: cell.width, height: 14 })),
  ]);
}

const cellName = (vm: string, { leaf, start }: GfnCell): string =>
  objectName(
    leaf === null ? { kind: "gfn", vm, gfn: start } : { kind: "leaf", vm, level: leaf.level, gfn: leaf.gfn },
  );

/** The vCPU at the right end, where its state is written, after what it has cached. */
function tlbObjects(axis: Axis, frame: Frame, vm: string, vcpu: number): Placed[] {
  const own = frame.world.vms[vm]?.vcpus[vcpu];
  if (own === undefined) return [];
  const cached = placed(axis, frame, vm, own).here.map(({ first, last, gfn }) => ({
    ...{ name: objectName({ kind: "tlb", vm, vcpu, gfn }), x: first * axis.cell, y: 2 },
    ...{ width: (last - first + 1) * axis.cell, height: TLB - 4 },
  }));
  const name = objectName({ kind: "vcpu", vm, vcpu });
  return [...cached, { name, x: widthOf(axis) - STATE, y: 0, width: STATE, height: TLB }];
}

/** The room of the longest state. */
const STATE = 130;

function walkObjects(axis: Axis, frame: Frame, vm: string, picked: number | null): Placed[] {
  const plan = walkPlan(axis, frame, vm, picked);
  if (plan === null) return [];
  const last = plan.rows.at(-1)!;
  const way = plan.rows.slice(0, -1).map(
    ({ read: { level }, x, y, width, height }): Placed => ({
      ...{ name: objectName({ kind: "spte", vm, level, gfn: plan.gfn }), x: x - 4, y: y - 3 },
      ...{ width: width + 8, height: height + 6 },
    }),
  );
  const { level } = last.read;
  const entries = plan.entries.map(
    ({ gfn, leaf }, k): Placed => ({
      name: objectName(leaf === null ? { kind: "spte", vm, level, gfn } : { kind: "leaf", vm, level, gfn }),
      ...{ x: k * axis.cell, y: last.y, width: axis.cell, height: last.height },
    }),
  );
  return [...way, ...entries];
}
