// SPDX-License-Identifier: GPL-2.0-only
// Where an object that is lit shows in the rows of a guest: by the gfns that it is or covers, whichever it is.

import { pagesPerEntry, type TableLevel, tlbFind } from "../../engine/index.ts";
import { type Axis, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { gfnCells } from "./gfnLeaves.ts";
import { gfnAxisOf, LEAVES } from "./gfnStripScene.ts";
import { HEIGHT as MAPPED } from "./mappingsScene.ts";
import { pagesOf } from "./memslots.ts";
import { type LabObject, objectOf } from "./object.ts";
import { columnsBox, type Lit } from "./objectBox.ts";
import { type GuestRow, guestObjects } from "./objectGuest.ts";
import { memslotNamed } from "./objectSlots.ts";
import { slotsOf } from "./reached.ts";
import { HEIGHT as TLB } from "./tlbScene.ts";
import { walkPlan } from "./walkPlan.ts";

/** Gfns [start, end) of a VM. */
export interface Gfns {
  readonly vm: string;
  readonly start: number;
  readonly end: number;
}

/** The gfns that `object` is or covers; null where it is about none. Pages have gfns of several VMs: see gfnsIn(). */
export function gfnsOfObject({ world }: Frame, object: LabObject): Gfns | null {
  switch (object.kind) {
    case "gfn":
      return { vm: object.vm, start: object.gfn, end: object.gfn + 1 };
    case "leaf":
    case "spte": {
      const pages = pagesPerEntry(object.level as TableLevel);
      const start = object.gfn - (object.gfn % pages);
      return { vm: object.vm, start, end: start + pages };
    }
    case "tlb": {
      const vcpu = world.vms[object.vm]?.vcpus[object.vcpu];
      const leaf = vcpu === undefined ? null : tlbFind(vcpu.tlb, object.gfn);
      const pages = leaf === null ? 1 : pagesPerEntry(leaf.level);
      return { vm: object.vm, start: object.gfn, end: object.gfn + pages };
    }
    case "slot": {
      const slot = memslotNamed(world, object.memslot);
      return slot === null ? null : { vm: slot.vm, start: slot.baseGfn, end: slot.baseGfn + slot.npages };
    }
    default:
      return null;
  }
}

/** The pages of the shown file that lie under `gfns`. */
export function pagesUnderGfns(axis: Axis, frame: Frame, gfns: Gfns) {
  const kvm = frame.world.vms[gfns.vm];
  const slots = kvm === undefined ? [] : slotsOf(axis, frame, kvm);
  return slots.flatMap(({ baseGfn, npages, pgoff }) => {
    const start = Math.max(gfns.start, baseGfn);
    const end = Math.min(gfns.end, baseGfn + npages);
    const by = pgoff - baseGfn;
    return start < end ? [{ file: axis.file, start: start + by, end: end + by }] : [];
  });
}

/** Where the object called `name` shows in a guest's row. */
export function litInGuest(
  axis: Axis,
  frame: Frame,
  row: GuestRow,
  name: string,
  object: LabObject,
): readonly Lit[] {
  if (object.kind === "vcpu") return name === vcpuOf(row) ? [{ ...wholeRow(axis), how: "is" }] : [];
  const own = guestObjects(axis, frame, row).filter((placed) => placed.name === name);
  if (own.length > 0) return own.map(({ x, y, width, height }) => ({ x, y, width, height, how: "is" }));
  const gfns = gfnsIn(axis, frame, row.vm, object);
  switch (row.row) {
    case "leaves":
      return gfns.flatMap((each) => columnsOf(axis, frame, each));
    case "gfns":
      return gfns.flatMap((each) => onStrip(axis, frame, each));
    case "tlb":
      return cachedOf(axis, frame, row, gfns);
    case "walk":
      return gfns.flatMap((each) => onWalk(axis, frame, row, each));
  }
}

const vcpuOf = (row: GuestRow) => (row.row === "tlb" ? `vcpu:${row.vm}/${row.own}` : null);

const wholeRow = (axis: Axis) => ({ x: 0, y: 1, width: widthOf(axis), height: TLB - 2 });

/** What `object` is or covers of the gfns of `vm`. */
function gfnsIn(axis: Axis, frame: Frame, vm: string, object: LabObject): Gfns[] {
  const gfns = gfnsOfObject(frame, object);
  if (gfns !== null) return gfns.vm === vm ? [gfns] : [];
  const kvm = frame.world.vms[vm];
  const [start, end] =
    object.kind === "page"
      ? [object.page, object.page + 1]
      : object.kind === "pages"
        ? [object.first, object.last + 1]
        : [0, 0];
  if (kvm === undefined || !("file" in object) || object.file !== axis.file) return [];
  return slotsOf(axis, frame, kvm).flatMap((slot) => {
    const own = pagesOf(slot);
    const [from, to] = [Math.max(start, own.start), Math.min(end, own.end)];
    const by = slot.baseGfn - slot.pgoff;
    return from < to ? [{ vm, start: from + by, end: to + by }] : [];
  });
}

const columnsOf = (axis: Axis, frame: Frame, gfns: Gfns): Lit[] =>
  pagesUnderGfns(axis, frame, gfns).flatMap(({ start, end }): Lit[] => {
    const box = columnsBox(axis, start, end, 2, MAPPED - 4);
    return box === null ? [] : [{ ...box, how: "is" }];
  });

/** The columns of the strip that `gfns` reach into, slot by slot. */
function onStrip(axis: Axis, frame: Frame, { vm, start, end }: Gfns): Lit[] {
  const kvm = frame.world.vms[vm];
  if (kvm === undefined) return [];
  const strip = gfnAxisOf(axis, frame, kvm);
  const met = gfnCells(frame, kvm, strip).filter(
    (cell) => cell.level === null && cell.start < end && start < cell.end,
  );
  return strip.segments.flatMap(({ memslot }): Lit[] => {
    const own = met.filter(({ slot }) => slot === memslot.id);
    if (own.length === 0) return [];
    const x = Math.min(...own.map((cell) => cell.x));
    const right = Math.max(...own.map((cell) => cell.x + cell.width));
    return [{ x, y: LEAVES - 7, width: right - x, height: 14, how: "spans" }];
  });
}

/** Cached translations of `gfns`. */
function cachedOf(axis: Axis, frame: Frame, row: GuestRow, gfns: readonly Gfns[]): Lit[] {
  return guestObjects(axis, frame, row).flatMap(({ name, x, y, width, height }): Lit[] => {
    const object = objectOf(name);
    const own = object?.kind === "tlb" ? gfnsOfObject(frame, object) : null;
    const isMet = own !== null && gfns.some(({ start, end }) => start < own.end && own.start < end);
    return isMet ? [{ x, y, width, height, how: "is" }] : [];
  });
}

/** Those entries of the opened table that map any of `gfns`, as one. */
function onWalk(axis: Axis, frame: Frame, row: GuestRow, { start, end }: Gfns): Lit[] {
  const plan = row.row === "walk" ? walkPlan(axis, frame, row.vm, row.own) : null;
  const last = plan?.rows.at(-1);
  if (plan == null || last === undefined) return [];
  const pages = pagesPerEntry(last.read.level);
  const met = plan.entries.flatMap(({ gfn }, k) => (gfn < end && start < gfn + pages ? [k] : []));
  const [from, to] = [met[0], met.at(-1)];
  if (from === undefined || to === undefined) return [];
  const box = { x: from * axis.cell, y: last.y, width: (to - from + 1) * axis.cell, height: last.height };
  return [{ ...box, how: from === to ? "is" : "spans" }];
}
