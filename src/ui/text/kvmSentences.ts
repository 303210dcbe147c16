// SPDX-License-Identifier: GPL-2.0-only
// Sentences for what KVM does: memslots, the two callbacks, brackets, zaps, and what the guest gets.

import { memslotAt, slotText } from "./names.ts";
import { countText, numberText, rangeText } from "./number.ts";
import type { Of, Told } from "./told.ts";

/** The slot can be found by its gfns from now on. */
export const slotVisible = (event: Of<"slot.visible">, { task, play }: Told): string =>
  `${task} makes ${slotText(play, event.memslot)} visible at gfns ${rangeText(event.gfn, event.gfn + event.pages)}.`;

/** The slot can be found no longer. */
export const slotInvisible = (event: Of<"slot.invisible">, { task, play }: Told): string =>
  `${task} makes ${slotText(play, event.memslot)} at gfns ${rangeText(event.gfn, event.gfn + event.pages)} invisible.`;

/** The slot's memory is given back. */
export const slotFreed = (event: Of<"slot.freed">, { task, play }: Told): string =>
  `${task} frees ${slotText(play, event.memslot)}.`;

/**
 * One callback, whichever of the two. Whether it goes on is what the event says; whether the ranges overlap is
 * looked at here, since in v10 a sum that wraps lets a callback go on for pages that are not the slot's (T-o).
 */
export function notifierCalled(event: Of<"notifier.start" | "notifier.end">, { task, play }: Told): string {
  const called = `${task} calls invalidate_${event.type === "notifier.start" ? "start" : "end"}() of ${slotText(play, event.memslot)}`;
  const hole = rangeText(event.start, event.end);
  const memslot = memslotAt(play, event.notifier);
  if (memslot === undefined) return `${called} for pages ${hole}.`;
  const [start, end] = [memslot.pgoff, memslot.pgoff + memslot.npages];
  const pages = `its pages ${rangeText(start, end)}`;
  if (!event.hit) return `${called}: ${pages} do not overlap ${hole}, so it returns.`;
  const next = event.type === "notifier.start" ? "it will open a bracket and zap" : "it will close a bracket";
  return start < event.end && event.start < end
    ? `${called}: ${pages} overlap ${hole}, so ${next}.`
    : `${called}: ${pages} do not overlap ${hole}, but an unsigned sum wraps around, so ${next}.`;
}

/** begin() and range_add(). */
export function bracketBegun(event: Of<"bracket.begun">, { task, play }: Told): string {
  const added = rangeText(event.start, event.end);
  const tracked = rangeText(...event.range);
  const wider = tracked === added ? "" : `, the tracked range is ${tracked}`;
  return (
    `${task} opens a bracket for ${slotText(play, event.memslot)} on gfns ${added}: ` +
    `mmu_invalidate_in_progress of ${event.vm} rises to ${event.count}${countNote(event.count, "begin")}${wider}.`
  );
}

/** end(). */
export function bracketEnded(event: Of<"bracket.ended">, { task, play }: Told): string {
  const none = event.range === null ? " No range was added since the begin." : "";
  return (
    `${task} closes the bracket of ${slotText(play, event.memslot)}: mmu_invalidate_seq of ${event.vm} grows to ${event.seq}, ` +
    `mmu_invalidate_in_progress falls to ${event.count}${countNote(event.count, "end")}.${none}`
  );
}

/** A count that no bracket should leave. */
function countNote(count: number, edge: "begin" | "end"): string {
  if (count < 0) return edge === "end" ? ", below zero" : ", still below zero";
  return count === 0 && edge === "begin" ? ", so that no fault is held off" : "";
}

/** `P zaps gfns [0,64) of vm0: 64 SPTEs were present.` */
export function spteZapped(event: Of<"spte.zapped">, { task }: Told): string {
  const zaps = `${task} zaps gfns ${rangeText(event.start, event.end)} of ${event.vm}`;
  if (event.sptes === 0) return `${zaps}: no SPTE is present, and no flush is needed.`;
  return `${zaps}: ${countText(event.sptes, "SPTE")} ${event.sptes === 1 ? "was" : "were"} present.`;
}

/** Every vCPU drops its cached translations. */
export const tlbFlushed = (event: Of<"tlb.flushed">, { task }: Told): string =>
  `${task} flushes the TLBs of all vCPUs of ${event.vm}.`;

/** The guest's touch has succeeded. */
export const guestMapped = (event: Of<"guest.mapped">, { task }: Told): string =>
  `${task} lets the guest of ${event.vm} touch gfns ${rangeText(event.start, event.end)}: ` +
  `${countText(event.allocated, "page")} allocated, ${numberText(event.mapped)} mapped.`;

/** The guest's touch has to be tried again. */
export function guestRefused(event: Of<"guest.refused">, { task }: Told): string {
  const because =
    event.range === null
      ? "no range is tracked, which holds every gfn off"
      : `the tracked range is ${rangeText(...event.range)}`;
  return (
    `${task} lets the guest of ${event.vm} touch gfns ${rangeText(event.start, event.end)}, and it has to fault again: ` +
    `mmu_invalidate_in_progress is ${event.count} and ${because}.`
  );
}
