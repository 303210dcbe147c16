// SPDX-License-Identifier: GPL-2.0-only
// What there is to say of a memslot: its pages, where the file keeps its notifier, and what it has heard.

import { type Memslot, type Restrictedmem, xaEntries, xaToPointer, xaWayTo } from "../../engine/index.ts";
import { gfnsText } from "../text/number.ts";
import type { Frame } from "./frame.ts";
import { counted, pagesText } from "./mark.ts";
import { isWrapped, pagesOf, shortName } from "./memslots.ts";
import { memslotNamed } from "./objectSlots.ts";
import { type Call, toldBy, wasNeeded } from "./told.ts";

/** `Slot 6: pages 32–35, gfns 0x100020–0x100023; 7th of 12 in the list; called for nothing ...` */
export function slotFact(frame: Frame, name: string): string | null {
  const memslot = memslotNamed(frame.world, name);
  if (memslot === null) return null;
  const { baseGfn, npages } = memslot;
  const gfns = gfnsText(baseGfn, baseGfn + npages);
  const slot = `Slot ${shortName(frame.world, memslot)}`;
  if (memslot.file === null) return `${slot}: an ordinary slot, ${gfns}; no file keeps a notifier of it.`;
  const { start, end } = pagesOf(memslot);
  const several = Object.keys(frame.world.files).length > 1;
  const pages = `${npages === 1 ? "page" : "pages"} ${pagesText(start, end)}${several ? ` of ${memslot.file}` : ""}`;
  const parts = [`${slot}: ${pages}, ${gfns}`, placeText(frame, memslot), callText(frame, memslot)];
  return `${parts.join("; ")}.`;
}

/** Where the file's index has the notifier. */
function placeText({ world }: Frame, memslot: Memslot): string {
  if (memslot.freed) return "freed";
  const file = world.files[memslot.file ?? ""];
  if (file === undefined) return "its file is gone";
  if (file.keeps === "list") {
    const place = (file.notifiers as readonly number[]).indexOf(memslot.id);
    const all = file.notifiers.length.toLocaleString("en-GB");
    return place < 0 ? "not in the list" : `${ordinal(place + 1)} of ${all} in the list`;
  }
  const span = pagesOf(memslot);
  // As first posted the code stores one index further than the memslot reaches.
  const runs = xaEntries(file.bindings, span.start, span.end);
  const own = runs.filter(({ entry }) => xaToPointer(entry) === memslot.id).map(({ first }) => first);
  return own.length === 0 ? "not in the xarray" : cellsText(file.bindings, own);
}

type Bindings = Extract<Restrictedmem, { keeps: "xarray" }>["bindings"];

/** `in cells 16–23 of the xa_node of shift 0`: where the first of the entries stands that begin at `indices`. */
function cellsText(bindings: Bindings, indices: readonly number[]): string {
  const [first = 0] = indices;
  const row = xaWayTo(bindings, first).at(-1);
  if (row === undefined) return "in the head of the xarray";
  const cell = Math.floor((first - row.base) / 2 ** row.shift);
  const slot = row.slots.findLast((own) => own.kind === "entry" && own.offset <= cell);
  const [from, cells] = slot?.kind === "entry" ? [slot.offset, slot.siblings + 1] : [cell, 1];
  const where = cells === 1 ? `cell ${from}` : `cells ${from}–${from + cells - 1}`;
  const text = `in ${where} of the xa_node of shift ${row.shift}`;
  return indices.length > 1 ? `${indices.length} entries, the first ${text}` : text;
}

function callText(frame: Frame, memslot: Memslot): string {
  const call = toldBy(frame).calls.get(memslot.id);
  if (call === undefined) return "not called";
  const heard = `${counted(call.starts, "start")}, ${counted(call.ends, "end")}`;
  const holes = toldBy(frame).punches.filter(({ file }) => file === memslot.file);
  if (wasNeeded(call) && holes.every(({ end }) => isWrapped(memslot, { hit: true, end })))
    return `called (${heard}), and its range has wrapped around: it zaps what is not in the hole`;
  return wasNeeded(call)
    ? `called and needed (${heard})`
    : `called for nothing (${heard})${because(frame, memslot, call)}`;
}

/** A call that was not needed missed the punched pages; which ones, where it can be only one range. */
function because(frame: Frame, memslot: Memslot, { starts }: Call): string {
  const punches = toldBy(frame).punches.filter(({ file }) => file === memslot.file);
  const [punch] = punches;
  const { start, end } = pagesOf(memslot);
  const misses = punch !== undefined && (punch.end <= start || end <= punch.start);
  return punches.length === 1 && misses && starts > 0
    ? `: its pages do not overlap ${punch.end - punch.start === 1 ? "page" : "pages"} ${pagesText(punch.start, punch.end)}`
    : "";
}

/** `1st`, `2nd`, `11th`, `4,096th`. */
export function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n.toLocaleString("en-GB")}${ending}`;
}
