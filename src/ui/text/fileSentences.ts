// SPDX-License-Identifier: GPL-2.0-only
// Sentences for the restrictedmem file: punch, walks, its list or its xarray, and the tmpfs file inside.

import { errnoText, memslotAt, slotText } from "./names.ts";
import { countText, indicesText, numberText, rangeText } from "./number.ts";
import { before, type Of, type Told } from "./told.ts";
import { lastIndexOf, storeOf } from "./variant.ts";

/** The punch is the design's business now. */
export const punchBegun = (event: Of<"punch.begun">, { task }: Told): string =>
  `${task} enters restrictedmem_punch_hole() of ${event.file}: offset ${numberText(event.offset)}, ` +
  `length ${numberText(event.len)} bytes.`;

/** The recording does not tell; the scenario says what is assumed. */
export const pagesAssumed = (event: Of<"pages.assumed">): string =>
  `Assumed, as the recording does not tell: the guest had touched pages ${rangeText(event.start, event.end)} of ${event.file} ` +
  `before (${countText(event.allocated, "page")} allocated, ${numberText(event.mapped)} mapped).`;

/** What the walk is going to look at: the whole list, or a stretch of indices, one too many as posted (T-c). */
export function walkBegun(event: Of<"walk.begun">, { task, play }: Told): string {
  const begins = `${task} begins the ${event.edge} walk`;
  if (storeOf(play.variant) === "list") return `${begins}: every notifier on the list of ${event.file}.`;
  const last = lastIndexOf(play.variant, event.end);
  return `${begins}: ${event.file}'s bindings at ${indicesText(event.start, last)}${tooMany(last, event.end)}.`;
}

/** How many were called, and how many of them for nothing. */
export function walkEnded(event: Of<"walk.ended">, told: Told): string {
  let calls = 0;
  let wasted = 0;
  for (const earlier of before(told, event)) {
    if (earlier.type === "walk.begun") break;
    if (earlier.type !== "notifier.start" && earlier.type !== "notifier.end") continue;
    calls++;
    if (!earlier.hit) wasted++;
  }
  const wastedText = wasted === 0 ? "none wasted" : `${numberText(wasted)} wasted`;
  return `${told.task} completes the ${event.edge} walk: ${countText(calls, "call")}${calls === 0 ? "" : `, ${wastedText}`}.`;
}

/** The walk's next node. */
export function listRead(event: Of<"list.read">, { task, play }: Told): string {
  return `${task} comes to ${notifierText(event.notifier, play)} on the list.`;
}

/** What one look-up of a walk read and found. */
export function xarrayRead(event: Of<"xarray.read">, told: Told): string {
  const { task, play } = told;
  const { slots, nodes, index, notifier } = event;
  const first = before(told, event).next().value?.type === "walk.begun";
  const more = first ? "" : "more ";
  const nodesText = nodes > 0 ? `${countText(nodes, `${more}node`)} and ` : "";
  const read =
    slots > 0 ? `${nodesText}${countText(slots, `${more}slot`)} of the xarray` : "no node of the xarray";
  const found =
    notifier === null
      ? `no ${first ? "" : "further "}entry in the range`
      : `${indicesText(index ?? 0, index ?? 0)} belongs to ${notifierText(notifier, play)}`;
  return `${task} reads ${read}: ${found}.`;
}

/** Inserted at the head: the next walk meets it first. */
export const notifierRegistered = (event: Of<"notifier.registered">, { task, play }: Told): string =>
  `${task} puts ${slotText(play, event.memslot)} at the head of the list of ${event.file}, now ${numberText(event.notifiers)} long.`;

/** Off the list; nobody is told. */
export const notifierUnregistered = (event: Of<"notifier.unregistered">, { task, play }: Told): string =>
  `${task} takes ${slotText(play, event.memslot)} off the list of ${event.file}, now ${event.notifiers === 0 ? "empty" : `${numberText(event.notifiers)} long`}.`;

/** What was meant, and what the xarray was told, or that it had no memory. */
export function notifierBound(event: Of<"notifier.bound">, { task, play }: Told): string {
  const binds = `${task} binds pages ${rangeText(event.start, event.end)} of ${event.file} to ${slotText(play, event.memslot)}`;
  return event.failed === undefined
    ? `${binds}: stored at ${indicesText(event.first, event.last)}${tooMany(event.last, event.end)}.`
    : `${binds}, and does not look at the store's ${errnoText(event.failed)}: nothing is bound (T-r).`;
}

/** As binding, with NULL. */
export const notifierUnbound = (event: Of<"notifier.unbound">, { task, play }: Told): string =>
  `${task} unbinds pages ${rangeText(event.start, event.end)} of ${event.file} from ${slotText(play, event.memslot)}: ` +
  `NULL stored at ${indicesText(event.first, event.last)}${tooMany(event.last, event.end)}.`;

/** -EINVAL, and what stands in the way. */
export function bindRefused(event: Of<"bind.refused">, { task, play }: Told): string {
  const refused =
    `${task} cannot bind pages ${rangeText(event.start, event.end)} of ${event.file} ` +
    `to ${slotText(play, event.memslot)}: -EINVAL, as`;
  switch (event.because) {
    case "notExclusive":
      return `${refused} only exclusive binds are supported.`;
    case "otherMode":
      return `${refused} what is bound there has the other mode.`;
    case "occupied": {
      const owner = memslotAt(play, event.owner ?? -1);
      const pages = owner ? `, whose pages are ${rangeText(owner.pgoff, owner.pgoff + owner.npages)}` : "";
      const past = event.index !== null && event.index >= event.end ? ", one past these pages," : "";
      return `${refused} index ${event.index}${past} already belongs to ${notifierText(event.owner ?? -1, play)}${pages}.`;
    }
  }
}

/** The shim of a bad page is looked for, and not found under either design (T-u, T-v). */
export const inodesSearched = (event: Of<"inodes.searched">, { task }: Told): string => {
  const where = `${task} looks for ${event.file} on the superblock's list of inodes`;
  return event.listed === 0
    ? `${where}, on which an anonymous inode never is: nobody is told of page ${numberText(event.index)} (T-u).`
    : `${where} and passes over ${countText(event.inUse, "inode")} in use: nobody is told of page ${numberText(event.index)} (T-v).`;
};

/** Pages that fallocate added. */
export const shmemAllocated = (event: Of<"shmem.allocated">, { task }: Told): string =>
  `${task} allocates pages ${rangeText(event.start, event.end)} of ${event.file}: ${countText(event.pages, "page")} added.`;

/** Pages that are gone. */
export const shmemPunched = (event: Of<"shmem.punched">, { task }: Told): string =>
  `${task} punches pages ${rangeText(event.start, event.end)} out of ${event.file}: ${countText(event.pages, "page")} freed.`;

const tooMany = (last: number, end: number): string => (last === end ? ", one too many" : "");

function notifierText(id: number, play: Told["play"]): string {
  const memslot = memslotAt(play, id);
  return memslot === undefined ? `notifier ${id}` : slotText(play, `${memslot.vm}/${memslot.slot}`);
}
