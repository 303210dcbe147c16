// SPDX-License-Identifier: GPL-2.0-only
// What the shown operation is about: a file, and the pages of it that should be seen.

import { type LabEvent, type Memslot, type Play, pgoffOf, type World } from "../../engine/index.ts";
import type { Frame } from "./frame.ts";

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
export function spanOf(start: number, end: number, pages: number): PageSpan {
  const first = Math.min(Math.max(0, Math.floor(start)), pages - 1);
  return { start: first, end: Math.min(Math.max(Math.ceil(end), first + 1), pages) };
}

/** So many pages are shown on either side of an index at which a bind was refused. */
const CONFLICT_MARGIN = 40;

/** What the operation of `frames` is about in any of the designs; in `file` alone where one is named. */
export function aboutOf(frames: readonly Frame[], file: string | null): About {
  const touches = frames.flatMap(touchesOf);
  const own = file ?? touches[0]?.file ?? fileBefore(frames) ?? firstFile(frames);
  const pages = Math.max(1, frames[0]?.play.scenario.files.get(own)?.pages ?? 1);
  const here = touches.filter((touch) => touch.file === own);
  const conflict = here.find((touch) => touch.kind === "conflict");
  if (conflict !== undefined)
    return {
      file: own,
      span: spanOf(conflict.start - CONFLICT_MARGIN, conflict.start + CONFLICT_MARGIN, pages),
      focus: conflict.start,
    };
  const touched = here[0];
  if (touched === undefined) return { file: own, span: { start: 0, end: pages }, focus: 0 };
  const memslots = frames.flatMap(({ world }) => world.memslots.filter((slot) => slot.file === own));
  const spans = [
    ...here,
    ...here.flatMap((touch) => memslots.filter((slot) => meets(slot, touch)).map(rangeOf)),
  ];
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  const margin = (end - start) / 2;
  return {
    file: own,
    span: spanOf(start - margin, end + margin, pages),
    focus: Math.floor((touched.start + touched.end - 1) / 2),
  };
}

interface Touch extends PageSpan {
  readonly kind: "range" | "conflict";
  readonly file: string;
}

const rangeOf = ({ pgoff, npages }: Memslot): PageSpan => ({ start: pgoff, end: pgoff + npages });

const meets = (memslot: Memslot, { start, end }: PageSpan) =>
  memslot.pgoff < end && start < memslot.pgoff + memslot.npages;

/** The ranges that the whole operation touches, later steps included. */
function touchesOf({ play, operations, operation, world }: Frame): readonly Touch[] {
  const { first, last } = operations[operation] ?? { first: 1, last: 0 };
  const touches: Touch[] = [];
  for (let step = first - 1; step < last; step++)
    for (const event of play.recording.steps[step]?.events ?? []) {
      const touch = touchOf(event, world);
      if (touch !== null) touches.push(touch);
    }
  return touches;
}

function touchOf(event: LabEvent, world: World): Touch | null {
  switch (event.type) {
    case "fallocate.entered": {
      const start = pgoffOf(event.offset);
      return {
        kind: "range",
        file: event.file,
        start,
        end: Math.max(pgoffOf(event.offset + event.len), start + 1),
      };
    }
    case "region.entered":
      return event.file === null || event.pgoff === null
        ? null
        : { kind: "range", file: event.file, start: event.pgoff, end: event.pgoff + event.pages };
    case "bind.entered":
    case "unbind.entered":
      return { kind: "range", file: event.file, start: event.start, end: event.end };
    case "bind.refused":
      return event.index === null
        ? null
        : { kind: "conflict", file: event.file, start: event.index, end: event.index + 1 };
    case "slot.invisible": {
      const memslot = world.memslots[event.notifier];
      return memslot === undefined || memslot.file === null
        ? null
        : { kind: "range", file: memslot.file, ...rangeOf(memslot) };
    }
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
