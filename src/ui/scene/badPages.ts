// SPDX-License-Identifier: GPL-2.0-only
// Pages whose frames the machine has found bad: they stay in the file and mapped, and nobody is told (T-u, T-v).

import { findFolio, isPoisoned, type Pfn } from "../../engine/index.ts";
import type { Frame } from "./frame.ts";

/** The bad ones of pages [start, end) of file `name`, ascending. */
export function badPages(
  { play, step, world }: Frame,
  name: string,
  { start, end }: { readonly start: number; readonly end: number },
): number[] {
  const file = world.files[name];
  if (file === undefined || world.memory.poisoned.length === 0) return [];
  const told = play.recording.steps
    .slice(0, step)
    .flatMap(({ events }) =>
      events.flatMap((event) =>
        event.type === "poison.entered" && event.file === name ? [event.index] : [],
      ),
    );
  return [...new Set(told)]
    .sort((a, b) => a - b)
    .filter((page) => {
      const folio = start <= page && page < end ? findFolio(file.memfd, page) : null;
      return folio !== null && isPoisoned(world.memory, (folio.pfn + page - folio.first) as Pfn);
    });
}
