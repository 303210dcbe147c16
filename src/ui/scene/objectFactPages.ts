// SPDX-License-Identifier: GPL-2.0-only
// What there is to say of one page of a file, or of the pages that one column stands for.

import { type Kvm, type Memslot, pagesIn } from "../../engine/index.ts";
import { assumedMapped, assumedRuns, isWithin, pagesWithin } from "./assumedPages.ts";
import { badPages } from "./badPages.ts";
import { eachMapped } from "./eachMapped.ts";
import type { Frame } from "./frame.ts";
import { counted, pagesText } from "./mark.ts";
import { shortName, visibleMemslots } from "./memslots.ts";
import { toldBy, wasNeeded } from "./told.ts";

/** `Page 18: freed by this punch; slot 3's; its mapping is zapped.` Both ends are included. */
export function pagesFact(frame: Frame, file: string, first: number, last: number): string | null {
  const range: Range = { start: first, end: last + 1 };
  const own = frame.world.files[file];
  if (own === undefined) return null;
  const size = last - first + 1;
  const here = visibleMemslots(frame, file).meeting(range);
  const { there, assumed, freed, doomed } = statesIn(frame, file, range);
  const bad = badPages(frame, file, range).length;
  const guests = mappedIn(frame, here, range);
  const name = `${size === 1 ? "Page" : "Pages"} ${pagesText(range.start, range.end)}`;
  const parts =
    size === 1
      ? [pageState(there, assumed, freed, doomed, bad), ownerText(frame, here, "'s"), pageMapping(guests)]
      : [
          `${numbered(there)} of ${numbered(size)} allocated${assumed > 0 ? " (assumed)" : ""}`,
          ...(doomed > 0 ? [`${numbered(doomed)} of them in the punched range`] : []),
          ...(bad > 0 ? [`${numbered(bad)} with a bad frame`] : []),
          ...(freed > 0 ? [`${numbered(freed)} freed by this punch`] : []),
          ownerText(frame, here, ""),
          pagesMapping(guests),
        ];
  return `${name}: ${parts.filter((part) => part !== "").join("; ")}.`;
}

/** Pages or gfns [start, end). */
interface Range {
  readonly start: number;
  readonly end: number;
}

const numbered = (n: number) => n.toLocaleString("en-GB");

/** How many pages two ranges share. */
const overlap = (a: Range, b: Range): number =>
  Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));

/** Pages of `range` that are there, that the operation freed, and that are there and about to go. */
function statesIn(frame: Frame, name: string, range: Range) {
  const file = frame.world.files[name];
  const { freed, punches } = toldBy(frame);
  const present = file === undefined ? [] : pagesIn(file.memfd, range.start, range.end);
  const holes = punches.filter((punch) => punch.file === name && punch.phase !== "returned");
  const isIn = (page: number) => (own: Range) => own.start <= page && page < own.end;
  const runs = (freed.get(name) ?? []).map(([start, end]): Range => ({ start, end }));
  const back = present.filter((page) => runs.some(isIn(page))).length;
  const untouched = assumedRuns(frame, name, range);
  const assumed = pagesWithin(untouched, range.start, range.end);
  const both = present.filter((page) => isWithin(untouched, page)).length;
  return {
    there: present.length + assumed - both,
    assumed: assumed - both,
    freed: runs.reduce((sum, run) => sum + overlap(run, range), 0) - back,
    doomed: present.filter((page) => holes.some(isIn(page))).length,
  };
}

const pageState = (there: number, assumed: number, freed: number, doomed: number, bad: number): string => {
  if (bad > 0) return `${pageState(there, assumed, freed, doomed, 0)}; its frame is bad, and nobody was told`;
  if (assumed > 0) return "allocated, as is assumed of what no punch came for";
  if (doomed > 0) return "allocated, in the punched range";
  if (there > 0) return "allocated";
  return freed > 0 ? "freed by this punch" : "a hole";
};

/** Whose the pages are; of many memslots their number, and how many of them the operation has called. */
function ownerText(frame: Frame, here: readonly Memslot[], genitive: "'s" | ""): string {
  const [first] = here;
  if (first === undefined) return "in no memslot";
  if (here.length === 1) {
    const slot = `slot ${shortName(frame.world, first)}`;
    return genitive === "" ? `in ${slot}` : `${slot}'s`;
  }
  const calls = here.flatMap((slot) => toldBy(frame).calls.get(slot.id) ?? []);
  const needed = calls.filter(wasNeeded).length;
  const called =
    calls.length === 0 ? "none called" : `${numbered(calls.length)} called, ${numbered(needed)} needed`;
  return `in ${counted(here.length, "memslot")}, ${called}`;
}

interface Guest {
  readonly vm: string;
  mapped: number;
  stale: number;
  zapped: number;
}

/** What each guest that reaches the pages has mapped of them. */
function mappedIn(frame: Frame, here: readonly Memslot[], range: Range): Guest[] {
  const guests = new Map<string, Guest>();
  for (const memslot of here) {
    const kvm = frame.world.vms[memslot.vm];
    if (kvm === undefined) continue;
    const guest = guests.get(memslot.vm) ?? { vm: memslot.vm, mapped: 0, stale: 0, zapped: 0 };
    guests.set(memslot.vm, guest);
    count(frame, kvm, gfnsOf(memslot, range), guest);
    guest.mapped += pagesWithin(assumedMapped(frame, memslot, range), range.start, range.end);
  }
  return [...guests.values()];
}

/** The gfns through which `memslot` reaches pages of `range`. */
function gfnsOf({ baseGfn, pgoff, npages }: Memslot, range: Range): Range {
  const start = Math.max(range.start, pgoff);
  const end = Math.min(range.end, pgoff + npages);
  return { start: baseGfn + (start - pgoff), end: baseGfn + (end - pgoff) };
}

function count(frame: Frame, kvm: Kvm, gfns: Range, guest: Guest): void {
  eachMapped(frame, kvm, gfns.start, gfns.end, (_, stale) => {
    if (stale) guest.stale++;
    else guest.mapped++;
  });
  for (const [start, end] of toldBy(frame).zapped.get(kvm.name) ?? [])
    guest.zapped += overlap({ start, end }, gfns);
}

/** A name stands there only where several guests reach the page. */
function pageMapping(guests: readonly Guest[]): string {
  return guests
    .map((guest) => {
      const of = guests.length > 1 ? ` of ${guest.vm}` : "";
      if (guest.stale > 0) return `the guest's mapping${of} leads to a freed frame`;
      if (guest.mapped > 0) return `mapped${of === "" ? "" : ` by the guest${of}`}`;
      return guest.zapped > 0
        ? `its mapping${of} is zapped`
        : `not mapped${of === "" ? "" : ` by the guest${of}`}`;
    })
    .join("; ");
}

function pagesMapping(guests: readonly Guest[]): string {
  const sum = (of: "mapped" | "stale" | "zapped") => guests.reduce((total, guest) => total + guest[of], 0);
  const [mapped, stale, zapped] = [sum("mapped"), sum("stale"), sum("zapped")];
  return [
    `${numbered(mapped)} mapped`,
    ...(zapped > 0 ? [`${numbered(zapped)} zapped`] : []),
    ...(stale > 0 ? [`${numbered(stale)} lead to freed frames`] : []),
  ].join(", ");
}
