// SPDX-License-Identifier: GPL-2.0-only
// Who heard a start and who heard an end: two squares under each memslot that was called. No call, no ink.

import { type Axis, widthOf, xOf } from "./axis.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { hatchBox } from "./hatch.ts";
import { type Heard, type HeardHere, heardHere } from "./heardHere.ts";
import { kept } from "./kept.ts";
import { isUnpaired } from "./keyScene.ts";
import { counted, label, type Look, type Mark, type Scene, textWidth } from "./mark.ts";
import { nameOf } from "./memslots.ts";
import { bands, punchedSpans } from "./rulerScene.ts";
import { toldBy } from "./told.ts";

/** Of the row, in pixels. */
export const HEIGHT = 24;
const SIZE = 10;
const Y = (HEIGHT - SIZE) / 2;
/** Of a pair of squares side by side, in pixels. */
export const PAIR = 2 * SIZE + 3;
/** From the squares to the frame of a pair that is broken, in pixels. */
const FRAME = 5;

/** More called memslots in the window than this are drawn as one pair of squares a column. */
const PAIRS_MAX = 40;

/** One pair of squares: what the memslots under it have heard. `middle` is in pixels here. */
export interface Pair extends Readonly<Heard> {
  /** A finding names the memslot. */
  readonly isBroken: boolean;
}

export function callsScene(axis: Axis, frame: Frame): Scene {
  const now = heardHere(axis, frame);
  const broken = brokenBy(frame);
  const note = noteOf(axis, frame, now);
  const changes = [changesIn(frame, "memslots"), toldBy(frame).versions.punches, now.heard, broken.length];
  return kept("calls", axis, frame, [...changes, note], () =>
    sceneNow(axis, frame, now, pairsNow(axis, now, broken), note),
  );
}

/** What has been called in the window, as pairs that do not lie on each other. */
export function pairsOf(axis: Axis, frame: Frame): readonly Pair[] {
  return pairsNow(axis, heardHere(axis, frame), brokenBy(frame));
}

/** The findings of unpaired calls by the shown step. */
const brokenBy = ({ play, step }: Frame) =>
  play.findings.filter((finding) => isUnpaired(finding) && finding.step <= step);

function pairsNow(axis: Axis, { here, columns }: HeardHere, broken: readonly { object: string }[]): Pair[] {
  if (here.size > PAIRS_MAX) return byColumn(axis, columns);
  const objects = new Set(broken.map(({ object }) => object));
  const each = [...here.values()].map(
    (heard): Pair => ({ ...heard, middle: xOf(axis, heard.middle), isBroken: objects.has(heard.memslot) }),
  );
  each.sort((a, b) => a.middle - b.middle);
  return apart(each, widthOf(axis));
}

function sceneNow(
  axis: Axis,
  frame: Frame,
  { here, needed, elsewhere }: HeardHere,
  pairs: readonly Pair[],
  note: string,
): Scene {
  const isMany = here.size > PAIRS_MAX;
  const marks: Mark[] = [label("start · end", HEIGHT / 2), ...bands(axis, frame, HEIGHT)];
  for (const pair of pairs) marks.push(...pairMarks(pair, isMany ? axis.cell : null));
  marks.push(
    ...noteMarks([note, elsewhere > 0 ? `+${elsewhere.toLocaleString("en-GB")}` : ""], pairs, axis, frame),
  );
  const says = isMany ? manySentence(here.size, needed) : sentence(frame, pairs);
  return { height: HEIGHT, marks, says: `${says} ${note}`.trim() };
}

/** From the middle of a pair to where it ends, in pixels: one that is broken has a frame around it. */
const halfOf = ({ isBroken }: Pick<Pair, "isBroken">) => PAIR / 2 + (isBroken ? FRAME : 0);

/** Pairs that would lie on each other move to the right of their memslot's middle. */
function apart(pairs: readonly Pair[], width: number): Pair[] {
  let free = 0;
  return pairs.map((pair) => {
    const half = halfOf(pair);
    const middle = Math.min(Math.max(pair.middle, free + half), width - half);
    free = middle + half + 4 + textWidth(times(pair));
    return { ...pair, middle };
  });
}

/** Each in the middle of its column. */
const byColumn = (axis: Axis, columns: HeardHere["columns"]): Pair[] =>
  columns.flatMap((sum, n) =>
    sum === null ? [] : { ...sum, middle: (n + 0.5) * axis.cell, isBroken: false },
  );

/** `×3` where one memslot was called more than once in a walk. */
const times = ({ starts, ends, memslots }: Pair): string => {
  const most = Math.max(starts, ends);
  return memslots === 1 && most > 1 ? `×${most}` : "";
};

function pairMarks(pair: Pair, column: number | null): Mark[] {
  const { notifier: key, middle, starts, ends, startHit, endHit, wrapped, isBroken } = pair;
  const size = column === null ? SIZE : Math.min(SIZE, Math.floor((column - 3) / 2));
  const y = Y + (SIZE - size) / 2;
  const gap = column === null ? 3 : 1;
  const left = middle - size - gap / 2;
  const marks = [
    ...square(`start${key}`, left, y, size, starts, startHit, wrapped),
    ...square(`end${key}`, left + size + gap, y, size, ends, endHit, wrapped),
  ];
  const text = times(pair);
  if (text !== "")
    marks.push({
      shape: "text",
      key: `times${key}`,
      look: "word",
      x: middle + halfOf({ isBroken: isBroken && column === null }) + 3,
      y: Y + SIZE,
      text,
    });
  if (isBroken && column === null)
    marks.push({
      ...{ shape: "rect", key: `broken${key}`, look: "broken" },
      ...{ x: middle - PAIR / 2 - FRAME, width: PAIR + 2 * FRAME },
      ...{ y: Y - FRAME, height: SIZE + 2 * FRAME, rx: 10 },
    });
  return marks;
}

function square(
  key: string,
  x: number,
  y: number,
  size: number,
  calls: number,
  hit: boolean,
  wrapped: boolean,
): Mark[] {
  const called: Look = hit ? (wrapped ? "wrapped" : "needed") : "wasted";
  const look: Look = calls === 0 ? "notCalled" : called;
  const marks: Mark[] = [
    { shape: "rect", key, look, x: x + 0.5, y: y + 0.5, width: size - 1, height: size - 1 },
  ];
  if (look === "wrapped")
    marks.push({
      ...{ shape: "rect", key: `${key}core`, look: "needed" },
      ...{ x: x + size / 2 - 1.5, y: y + size / 2 - 1.5, width: 3, height: 3 },
    });
  if (look === "wasted")
    marks.push({
      shape: "path",
      key: `${key}hatch`,
      look: "hatch",
      d: hatchBox(x + 1, y + 1, size - 2, size - 2),
    });
  return marks;
}

/** Of a call that zaps by a sum that has wrapped around (T-o, T-ah). */
export const WRAPPED = "wrapped: zaps what is not in the hole";

/** What is not drawn, and why: calls outside of the window, memslots that a finished walk did not call. */
function noteOf(axis: Axis, frame: Frame, { here, elsewhere, wrappedElsewhere, spared }: HeardHere): string {
  const { walks } = toldBy(frame);
  const walked = walks.some(({ file, edge, open }) => file === axis.file && edge === "start" && !open);
  const notes = [
    ...(elsewhere > 0 ? [`${counted(elsewhere, "memslot")} called outside of these pages`] : []),
    ...(wrappedElsewhere || [...here.values()].some(({ wrapped }) => wrapped) ? [WRAPPED] : []),
    ...(walked && spared > 0 ? [`${counted(spared, "memslot")}: no call`] : []),
  ];
  return notes.join("; ");
}

/** The first of `texts` that fits into the widest stretch that the squares leave; nothing where none does. */
function noteMarks(texts: readonly string[], pairs: readonly Pair[], axis: Axis, frame: Frame): Mark[] {
  const stops = [
    { free: 0, next: 0 },
    ...pairs.map((pair) => ({
      free: pair.middle + halfOf(pair) + textWidth(times(pair)) + 10,
      next: pair.middle - halfOf(pair),
    })),
    { free: 0, next: widthOf(axis) },
  ];
  // Clear of the band's edge, where there is room beyond it.
  const edges = punchedSpans(axis, frame).map(({ end }) => Math.min(xOf(axis, end), widthOf(axis)) + 8);
  const gaps = stops.slice(1).map(({ next }, k) => ({ x: stops[k]!.free, width: next - stops[k]!.free }));
  const widest = gaps.reduce((best, gap) => (gap.width > best.width ? gap : best));
  const text = texts.find((candidate) => candidate !== "" && textWidth(candidate) <= widest.width);
  if (text === undefined) return [];
  const clear = edges.find((edge) => edge > widest.x && edge < widest.x + MOVED_MAX) ?? widest.x;
  const x = clear - widest.x + textWidth(text) <= widest.width ? clear : widest.x;
  return [{ shape: "text", key: "note", look: "note", x, y: HEIGHT / 2 + 4.5, text }];
}

/** So far a note moves to come clear of a band. */
const MOVED_MAX = 120;

function sentence(frame: Frame, pairs: readonly Pair[]): string {
  if (pairs.length === 0) return "No memslot shown here has been called.";
  if (pairs.length > 24)
    return manySentence(pairs.length, pairs.filter((pair) => pair.startHit || pair.endHit).length);
  const each = pairs.map(({ notifier, starts, ends, startHit, endHit, wrapped, isBroken }) => {
    const heard = `slot ${nameOf(frame.world, notifier)} ${counted(starts, "start")}, ${counted(ends, "end")}`;
    return `${heard}, ${startHit || endHit ? (wrapped ? "wrapped" : "needed") : "wasted"}${isBroken ? ", unpaired" : ""}`;
  });
  return `Called: ${each.join("; ")}.`;
}

const manySentence = (called: number, needed: number): string =>
  `${counted(called, "memslot")} called, ${needed.toLocaleString("en-GB")} of them needed it.`;
