// SPDX-License-Identifier: GPL-2.0-only
// The memslots on the page axis: those that are visible, the one that was hit, and the one that was refused.

import type { Memslot } from "../../engine/index.ts";
import { type Axis, clipped, widthOf, xOf } from "./axis.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { kept } from "./kept.ts";
import { counted, label, type Mark, pagesText, type Scene, textWidth } from "./mark.ts";
import { nameOf, pagesOf, shortName, visibleMemslots } from "./memslots.ts";
import { bands } from "./rulerScene.ts";
import { type Refused, toldBy } from "./told.ts";

const TOP = 4;
const SLOTS = 28;
const REFUSED = 28;

/** From the top of the row to the lower edge of what is visible, in pixels: refused ones stand below. */
export const MEMSLOTS = TOP + SLOTS + 4;

/** A slot that would be narrower than this is drawn as one with its neighbours. */
const SLOT_MIN = 4;

/** A run in which a bind is refused has a second line for it from the beginning, so that nothing moves. */
export function memslotsScene(axis: Axis, frame: Frame): Scene {
  const { needed, versions } = toldBy(frame);
  const key = [changesIn(frame, "memslots"), needed.length, versions.refused, versions.punches];
  return kept("memslots", axis, frame, key, () => sceneNow(axis, frame));
}

function sceneNow(axis: Axis, frame: Frame): Scene {
  const told = toldBy(frame);
  const shown = visibleMemslots(frame, axis.file).meeting(axis);
  const needed = new Set(told.needed.map((call) => call.notifier));
  const refused = told.refused.filter((event) => event.file === axis.file);
  const height = TOP + SLOTS + (frame.play.counters.bindsRefused > frame.play.refusals.length ? REFUSED : 4);
  const marks = [
    label("memslots", TOP + SLOTS / 2),
    ...bands(axis, frame, height),
    ...slotMarks(axis, frame, shown, needed),
    ...gapMarks(axis, shown),
    ...refused.flatMap((event) => refusedMarks(axis, frame, event)),
  ];
  return { height, marks, says: sentence(frame, axis, shown, needed, refused) };
}

/** One rectangle of the row. */
export interface Block {
  readonly lane: number;
  /** All members were hit, or none. */
  readonly isNeeded: boolean;
  readonly members: Memslot[];
  readonly start: number;
  end: number;
}

/** Slots that share pages lie below each other; neighbours too narrow to be told apart are one block. */
export function blocksOf(axis: Axis, shown: readonly Memslot[], needed: ReadonlySet<number>): Block[] {
  const isNarrow = ({ npages }: Memslot) => (npages / axis.perCell) * axis.cell < SLOT_MIN;
  const blocks: Block[] = [];
  const lanes: Block[] = [];
  for (const memslot of shown) {
    const { start, end } = pagesOf(memslot);
    const isNeeded = needed.has(memslot.id);
    const before = lanes[0];
    if (
      before !== undefined &&
      before.end === start &&
      before.isNeeded === isNeeded &&
      isNarrow(memslot) &&
      isNarrow(before.members[0]!)
    ) {
      before.members.push(memslot);
      before.end = end;
      continue;
    }
    let lane = 0;
    while (lanes[lane] !== undefined && lanes[lane]!.end > start) lane++;
    const block: Block = { lane, isNeeded, members: [memslot], start, end };
    lanes[lane] = block;
    blocks.push(block);
  }
  return blocks;
}

/** How high a lane of `blocks` is, and where each begins. */
export function lanesOf(blocks: readonly Block[]): { height: number; yOf: (lane: number) => number } {
  const lanes = Math.max(1, ...blocks.map(({ lane }) => lane + 1));
  const height = Math.floor((SLOTS - 2 * (lanes - 1)) / lanes);
  return { height, yOf: (lane) => TOP + lane * (height + 2) };
}

function slotMarks(axis: Axis, frame: Frame, shown: readonly Memslot[], needed: ReadonlySet<number>): Mark[] {
  const blocks = blocksOf(axis, shown, needed);
  const { height, yOf } = lanesOf(blocks);
  return blocks.flatMap(({ lane, isNeeded, members, start, end }): Mark[] => {
    const first = members[0]!;
    const x = Math.max(xOf(axis, start), 0);
    const right = Math.min(xOf(axis, end), widthOf(axis));
    const y = yOf(lane);
    const width = Math.max(right - x - 1, 2);
    const marks: Mark[] = [
      {
        ...{ shape: "rect", key: `slot${first.id}`, look: isNeeded ? "slotNeeded" : "slot" },
        ...{ x: x + 0.5, y: y + 0.5, width: width - (isNeeded ? 0.5 : 0), height: height - 1, rx: 2 },
      },
    ];
    const text = nameFor(shortName(frame.world, first), members.length, width);
    if (text !== null && height >= 12)
      marks.push({
        ...{ shape: "text", key: `name${first.id}`, look: isNeeded ? "slotNameNeeded" : "slotName" },
        ...{ x: x + width / 2, y: y + height / 2 + 4.5, text, anchor: "middle" },
      });
    if (end > axis.end) marks.push(arrow(`on${first.id}`, "unbound", widthOf(axis), y + height / 2));
    return marks;
  });
}

/** What fits on a block of `members` memslots, the first of them called `first`. */
function nameFor(first: string, members: number, width: number): string | null {
  const candidates = members > 1 ? [counted(members, "memslot")] : [`slot ${first}`, first];
  return candidates.find((text) => textWidth(text) + 4 <= width) ?? null;
}

/** A slot that runs on beyond the window. */
const arrow = (key: string, look: "unbound" | "conflict", x: number, y: number): Mark => ({
  ...{ shape: "path", key, look, d: `M${x + 3} ${y - 4}l5 4l-5 4` },
});

/** Pages of the file that no memslot covers. */
function gapMarks(axis: Axis, memslots: readonly Memslot[]): Mark[] {
  const marks: Mark[] = [];
  const fileEnd = Math.min(axis.filePages, axis.end);
  let at = axis.start;
  const gap = (end: number) => {
    const width = xOf(axis, end) - xOf(axis, at);
    if (width < axis.cell) return;
    const middle = xOf(axis, at) + width / 2;
    marks.push({ shape: "path", key: `gap${at}`, look: "unbound", d: `M${middle - 4} ${TOP + SLOTS / 2}h8` });
  };
  for (const memslot of memslots) {
    const { start, end } = pagesOf(memslot);
    if (start > at) gap(Math.min(start, fileEnd));
    at = Math.max(at, end);
  }
  if (at < fileEnd) gap(fileEnd);
  return marks;
}

function refusedMarks(axis: Axis, frame: Frame, event: Refused): Mark[] {
  const span = clipped(event, axis);
  if (span === null) return [];
  const x = xOf(axis, span.start);
  const right = xOf(axis, span.end);
  const y = TOP + SLOTS + 4;
  const slot = Number(event.memslot.slice(event.memslot.indexOf("/") + 1));
  const vm = event.memslot.slice(0, event.memslot.indexOf("/"));
  const name = `slot ${shortName(frame.world, { vm, slot })} [${event.start},${event.end}) refused`;
  const width = Math.max(right - x, 3);
  const inside = textWidth(name) + 12 <= width;
  const key = `refused${event.memslot}`;
  const marks: Mark[] = [
    { shape: "rect", key, look: "slotRefused", x: x + 1, y: y + 1, width: width - 2, height: 20, rx: 2 },
  ];
  if (event.end > axis.end) marks.push(arrow(`${key}on`, "conflict", widthOf(axis), y + 11));
  const reason =
    event.index === null
      ? reasons[event.because]
      : `index ${event.index} is slot ${ownerName(frame, event)}'s`;
  // Where the words have no room inside they stand on the side that has more.
  const words = inside ? `${name}: ${reason}` : name;
  const fits = textWidth(words) + 12 <= width;
  if (fits)
    marks.push({
      shape: "text",
      key: `${key}name`,
      look: "violationText",
      x: x + width / 2,
      y: y + 15,
      text: words,
      anchor: "middle",
    });
  else {
    const before = x > widthOf(axis) - right;
    const text = `${name}: ${reason}`;
    marks.push({
      ...{ shape: "text", key: `${key}name`, look: "violationText", y: y + 15, text },
      ...(before ? { x: x - 8, anchor: "end" } : { x: right + 8, anchor: "start" }),
    });
  }
  if (event.index !== null) marks.push(...conflictMarks(axis, key, event.index));
  return marks;
}

/** The index that was taken: its column, through the slots above the refused one. */
function conflictMarks(axis: Axis, key: string, index: number): Mark[] {
  if (clipped({ start: index, end: index + 1 }, axis) === null) return [];
  const x = xOf(axis, index);
  const width = Math.max(axis.cell / axis.perCell, 2);
  return [{ shape: "rect", key: `${key}index`, look: "conflict", x, y: TOP - 3, width, height: SLOTS + 6 }];
}

const reasons = {
  notExclusive: "it does not ask for exclusive use",
  otherMode: "the file is bound in the other mode",
  occupied: "an index is taken",
} as const;

const ownerName = (frame: Frame, { owner }: Refused) => (owner === null ? "?" : nameOf(frame.world, owner));

function sentence(
  frame: Frame,
  axis: Axis,
  shown: readonly Memslot[],
  needed: ReadonlySet<number>,
  refused: readonly Refused[],
): string {
  const listed = shown.slice(0, 24).map((memslot) => {
    const { start, end } = pagesOf(memslot);
    const hit = needed.has(memslot.id) ? ", hit" : "";
    return `slot ${shortName(frame.world, memslot)} pages ${pagesText(start, end)}${hit}`;
  });
  const more = shown.length > listed.length ? `, and ${shown.length - listed.length} more` : "";
  const memslots =
    shown.length === 0
      ? `No memslot of file ${axis.file} lies here.`
      : `${counted(shown.length, "memslot")}: ${listed.join("; ")}${more}.`;
  const refusals = refused.map(
    (event) =>
      `${event.memslot} [${event.start},${event.end}) is refused: ${
        event.index === null
          ? reasons[event.because]
          : `index ${event.index} belongs to slot ${ownerName(frame, event)}`
      }.`,
  );
  return [memslots, ...refusals].join(" ");
}
