// SPDX-License-Identifier: GPL-2.0-only
// Which page of several has the most to tell: where a column stands for many, or a hole has many.

import type { LabEvent, Play } from "../../engine/index.ts";

/** Pages [start, end) of a file. */
interface Pages {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The first page that a guest reads or writes in any of `plays` while it is another's; else the first that a guest
 * touches on its own; else the first one.
 */
export function tellingPage(plays: readonly Play[], pages: Pages): number {
  const touched = plays.flatMap(touches).filter(({ file, page }) => isIn(pages, file, page));
  const wrong = touched.find(({ stale }) => stale);
  return (wrong ?? touched[0])?.page ?? pages.start;
}

interface Touch {
  readonly file: string;
  readonly page: number;
  readonly stale: boolean;
}

const isIn = (pages: Pages, file: string, page: number) =>
  file === pages.file && pages.start <= page && page < pages.end;

const touchesOf = new WeakMap<Play, readonly Touch[]>();

/** Read once a play. */
function touches(play: Play): readonly Touch[] {
  const known =
    touchesOf.get(play) ??
    play.recording.steps.flatMap(({ events }) => events.flatMap((event) => touchesIn(play, event)));
  touchesOf.set(play, known);
  return known;
}

function touchesIn({ memslots }: Play, event: LabEvent): Touch[] {
  if (event.type !== "guest.read" && event.type !== "guest.wrote") return [];
  const { vm, gfn, stale } = event;
  return memslots.flatMap(({ file, baseGfn, npages, pgoff, vm: its }) =>
    file !== null && its === vm && baseGfn <= gfn && gfn < baseGfn + npages
      ? [{ file, page: gfn - baseGfn + pgoff, stale }]
      : [],
  );
}
