// SPDX-License-Identifier: GPL-2.0-only
// What is taken for granted where nobody saw it: a log of system calls tells which holes were punched, not which
// pages a guest had touched before.

import type { CounterId } from "./counters.ts";

/** File pages [start, end). */
export type PageRun = readonly [start: number, end: number];

/** Plain data. */
export interface Assumed {
  /** Mapped too, not only there. */
  readonly mapped: boolean;
  /** By file the pages that some punch was called for, as runs that ascend and do not meet. Runs are never changed. */
  punched: Record<string, readonly PageRun[]>;
}

/** The counters that would be others if what is assumed were not so; none where nothing is. Calls do not hang on it. */
export const countersResting = (assumed: Pick<Assumed, "mapped"> | null): readonly CounterId[] =>
  assumed === null ? [] : assumed.mapped ? ["sptesZapped", "tlbFlushes", "pagesFreed"] : ["pagesFreed"];

/** Whether the number of steps would be another one too: what nobody has mapped needs no flush. */
export const stepsRest = (assumed: Pick<Assumed, "mapped"> | null): boolean => assumed?.mapped ?? false;

export const copyAssumed = (assumed: Assumed | null): Assumed | null =>
  assumed === null ? null : { mapped: assumed.mapped, punched: { ...assumed.punched } };
