// SPDX-License-Identifier: GPL-2.0-only
// Through which memslots a guest reaches the pages of a window, and from gfn to page by way of them.

import type { Kvm, Memslot, World } from "../../engine/index.ts";
import { type Axis, clipped } from "./axis.ts";
import { bisectRight } from "./bisect.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { kept } from "./kept.ts";
import { pagesOf } from "./memslots.ts";

/**
 * The memslots through which `kvm` reaches the file here, by gfn. One that is gone counts as long as no other has
 * taken its gfns: what it leaves mapped must not vanish from the picture with it.
 */
export function slotsOf(axis: Axis, frame: Frame, kvm: Kvm): readonly Memslot[] {
  return kept(`reached ${kvm.name}`, axis, frame, [changesIn(frame, "memslots")], () => {
    const { memslots } = frame.world;
    const ids = new Set<number>(kvm.slotsByGfn);
    const isHere = (memslot: Memslot) =>
      memslot.vm === kvm.name && memslot.file === axis.file && clipped(pagesOf(memslot), axis) !== null;
    const visible = kvm.slotsByGfn.map((id) => memslots[id]!);
    const gone = memslots.filter(
      (memslot) =>
        !ids.has(memslot.id) && isHere(memslot) && !visible.some((other) => sharesGfns(memslot, other)),
    );
    const here = [...visible.filter(isHere), ...gone].map((memslot) => ({ ...memslot }));
    return here.sort((a, b) => a.baseGfn - b.baseGfn);
  });
}

const sharesGfns = (a: Memslot, b: Memslot) =>
  a.baseGfn < b.baseGfn + b.npages && b.baseGfn < a.baseGfn + a.npages;

/** The visible memslot of `vm` that holds `gfn`, or null. */
export function slotAt({ vms, memslots }: World, vm: string, gfn: number): Memslot | null {
  const ids = vms[vm]?.slotsByGfn ?? [];
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (memslots[ids[middle]!]!.baseGfn <= gfn) low = middle + 1;
    else high = middle;
  }
  const memslot = memslots[ids[low - 1] ?? -1];
  return memslot !== undefined && gfn < memslot.baseGfn + memslot.npages ? memslot : null;
}

/** `1,023`: the page of its file that `memslot` has at `gfn`, unsigned as the kernel counts it (T-ah). */
export const pageText = ({ baseGfn, pgoff }: Memslot, gfn: number): string =>
  BigInt.asUintN(64, BigInt(gfn - baseGfn + pgoff)).toLocaleString("en-GB");

/** From the first gfn of `memslots`, of which there are some, to the one after their last. */
export const gfnHull = (memslots: readonly Memslot[]): [from: number, to: number] => [
  memslots[0]!.baseGfn,
  memslots.reduce((end, { baseGfn, npages }) => Math.max(end, baseGfn + npages), 0),
];

/** From gfn to file page through `memslots`, which are sorted by gfn; null where none of them holds the gfn. */
export const pageFinder = (memslots: readonly Memslot[]) => {
  const firsts = memslots.map(({ baseGfn }) => baseGfn);
  return (gfn: number): number | null => {
    const memslot = memslots[bisectRight(firsts, gfn) - 1];
    return memslot === undefined || gfn >= memslot.baseGfn + memslot.npages
      ? null
      : memslot.pgoff + (gfn - memslot.baseGfn);
  };
};

/** From file page to gfn through `memslots`; null where none of them has the page. */
export const gfnFinder =
  (memslots: readonly Memslot[]) =>
  (page: number): number | null => {
    const memslot = memslots.find(({ pgoff, npages }) => pgoff <= page && page < pgoff + npages);
    return memslot === undefined ? null : page - memslot.pgoff + memslot.baseGfn;
  };

/**
 * The VMs whose guests reach the shown file at some time of the run, or all where none does: rows neither come nor go
 * while steps are taken, and there is none that never has anything to show.
 */
export function vmsReaching(axis: Axis, { play, world }: Frame): string[] {
  const all = Object.keys(world.vms);
  const own = all.filter((vm) => play.memslots.some((slot) => slot.vm === vm && slot.file === axis.file));
  return own.length > 0 ? own : all;
}
