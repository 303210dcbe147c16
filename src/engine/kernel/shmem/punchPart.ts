// SPDX-License-Identifier: GPL-2.0-only
// What one step of a punch has done, gathered for its event.

import type { PageRange, PunchDetails, ShmemEnv } from "./events.ts";
import { pushRun, type Runs } from "./runs.ts";

/** The pages [start, end) that the step has seen to, and what became of them. */
export interface Part {
  start: number;
  end: number;
  pages: number;
  readonly freed: Runs;
  readonly held: Runs;
  readonly mapped: Runs;
  readonly zeroed: Runs;
  readonly split: number[];
  readonly whole: number[];
}

export const newPart = (): Part => ({
  start: Number.POSITIVE_INFINITY,
  end: 0,
  pages: 0,
  freed: [],
  held: [],
  mapped: [],
  zeroed: [],
  split: [],
  whole: [],
});

/** The step has seen to [start, end) too. */
export function widen(part: Part, start: number, end: number): void {
  part.start = Math.min(part.start, start);
  part.end = Math.max(part.end, end);
}

/** What the next piece of work is noted in: where the work is cut up, `part` is told and others may run before. */
export function* partAfter(
  env: ShmemEnv,
  name: string,
  part: Part | null,
): Generator<undefined, Part, undefined> {
  if (part === null) return newPart();
  if (env.pagesPerStep === null) return part;
  tellPunched(env, name, part, true);
  yield;
  return newPart();
}

/** `more`: the hole is not done with this part of it. */
export function tellPunched(env: ShmemEnv, name: string, part: Part, more = false): void {
  const { start, end, pages } = part;
  const freed = joined(part.freed);
  env.emit({
    type: "shmem.punched",
    file: name,
    start,
    end,
    pages,
    freed,
    ...detailsOf(part),
    ...(more && { more }),
  });
}

function detailsOf({ held, mapped, zeroed, split, whole }: Part): PunchDetails {
  return {
    ...(held.length > 0 && { held: joined(held) }),
    ...(mapped.length > 0 && { mapped: joined(mapped) }),
    ...(zeroed.length > 0 && { zeroed: joined(zeroed) }),
    ...(split.length > 0 && { split }),
    ...(whole.length > 0 && { whole }),
  };
}

/** Runs in ascending order: those of the edges come after those between them. */
function joined(runs: Runs): readonly PageRange[] {
  const all: Runs = [];
  for (const [start, end] of runs.sort((a, b) => a[0] - b[0])) pushRun(all, start, end);
  return all;
}
