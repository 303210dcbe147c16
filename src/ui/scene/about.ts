// SPDX-License-Identifier: GPL-2.0-only
// What the shown operation is about: a file, and the pages of it that should be seen.

import { filePages } from "./filePages.ts";
import { type LabEvent, type Play, pgoffOf } from "../../engine/index.ts";
import { changesIn } from "./changes.ts";
import type { Frame } from "./frame.ts";
import { kept, numberOf } from "./kept.ts";
import { livingMemslots, pagesOf } from "./memslots.ts";

/** Pages [start, end). */
export interface PageSpan {
  readonly start: number;
  readonly end: number;
}

export interface About {
  readonly file: string;
  readonly span: PageSpan;
  /** The page that matters most. */
  readonly focus: number;
}

/** [start, end) within a file of `pages` pages; at least one page. */
function spanOf(start: number, end: number, pages: number): PageSpan {
  const first = Math.min(Math.max(0, Math.floor(start)), pages - 1);
  return { start: first, end: Math.min(Math.max(Math.ceil(end), first + 1), pages) };
}

/** So many pages are shown on either side of an index at which a bind was refused. */
const CONFLICT_MARGIN = 40;

/** What the operation of `frames` is about in any of the designs; in `file` alone where one is named. */
export function aboutOf(frames: readonly Frame[], file: string | null): About {
  const [first, ...others] = frames;
  if (first === undefined) return aboutNow(frames, file);
  const beside = others.flatMap((frame) => [numberOf(frame.play), changesIn(frame, "memslots")]);
  return kept(`about ${file}`, null, first, [changesIn(first, "memslots"), ...beside], () =>
    aboutNow(frames, file),
  );
}

function aboutNow(frames: readonly Frame[], file: string | null): About {
  const touches = frames.flatMap(touchesOf);
  const own = file ?? touches[0]?.file ?? fileBefore(frames) ?? firstFile(frames);
  const pages = Math.max(1, frames[0] === undefined ? 1 : filePages(frames[0].play.scenario, own));
  const here = touches.filter((touch) => touch.file === own);
  const conflict = here.find((touch) => touch.kind === "conflict");
  if (conflict !== undefined)
    return {
      file: own,
      span: spanOf(conflict.start - CONFLICT_MARGIN, conflict.start + CONFLICT_MARGIN, pages),
      focus: conflict.start,
    };
  const first = here[0];
  if (first === undefined) return { file: own, span: { start: 0, end: pages }, focus: 0 };
  let { start, end } = first;
  const widen = (span: PageSpan) => {
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  };
  for (const touch of here) {
    widen(touch);
    for (const frame of frames)
      for (const memslot of livingMemslots(frame, own).meeting(touch)) widen(pagesOf(memslot));
  }
  const margin = (end - start) / 2;
  return {
    file: own,
    span: spanOf(start - margin, end + margin, pages),
    focus: Math.floor((first.start + first.end - 1) / 2),
  };
}

interface Touch extends PageSpan {
  readonly kind: "range" | "conflict";
  readonly file: string;
}

/** A memslot that is taken away: the event names the object, and only the world knows its pages. */
interface Gone {
  readonly notifier: number;
}

/** The ranges that the whole operation touches, later steps included. */
const touchesOf = (frame: Frame): Touch[] =>
  toldOf(frame).flatMap((told) => {
    if ("file" in told) return told;
    const memslot = frame.world.memslots[told.notifier];
    return memslot === undefined || memslot.file === null
      ? []
      : { kind: "range", file: memslot.file, ...pagesOf(memslot) };
  });

const read = new WeakMap<Play, Map<number, readonly (Touch | Gone)[]>>();

/** Read once an operation: it may have tens of thousands of events. */
function toldOf({ play, operations, operation }: Frame): readonly (Touch | Gone)[] {
  const known = read.get(play) ?? new Map<number, readonly (Touch | Gone)[]>();
  read.set(play, known);
  let touches = known.get(operation);
  if (touches === undefined) {
    const { first, last } = operations[operation] ?? { first: 1, last: 0 };
    const steps = play.recording.steps.slice(first - 1, last);
    touches = steps.flatMap(({ events }) => events.flatMap((event) => touchOf(event) ?? []));
    known.set(operation, touches);
  }
  return touches;
}

function touchOf(event: LabEvent): Touch | Gone | null {
  switch (event.type) {
    case "fallocate.entered": {
      const start = pgoffOf(event.offset);
      const end = Math.max(pgoffOf(event.offset + event.len), start + 1);
      return { kind: "range", file: event.file, start, end };
    }
    case "region.entered":
      return event.file === null || event.pgoff === null
        ? null
        : { kind: "range", file: event.file, ...pagesOf({ pgoff: event.pgoff, npages: event.pages }) };
    case "bind.entered":
    case "unbind.entered":
    case "notifier.unbound":
      return { kind: "range", file: event.file, start: event.start, end: event.end };
    case "bind.refused":
      return event.index === null
        ? null
        : { kind: "conflict", file: event.file, start: event.index, end: event.index + 1 };
    case "slot.invisible":
      return { notifier: event.notifier };
    default:
      return null;
  }
}

/** The file of the nearest earlier operation that names one: an ordinary slot changes nothing about what is seen. */
function fileBefore(frames: readonly Frame[]): string | null {
  const frame = frames[0];
  if (frame === undefined || frame.play.scenario.tasks.size !== 1) return null;
  const operations = [...frame.play.scenario.tasks.values()][0] ?? [];
  for (let k = Math.min(frame.operation, operations.length) - 1; k >= 0; k--) {
    const operation = operations[k]!;
    if ("file" in operation) return operation.file;
    if ("backing" in operation && operation.backing !== null) return operation.backing.file;
  }
  return null;
}

const firstFile = (frames: readonly Frame[]): string => {
  const play: Play | undefined = frames[0]?.play;
  return play === undefined ? "" : ([...play.scenario.files.keys()][0] ?? "");
};
