// SPDX-License-Identifier: GPL-2.0-only
// What the fan-out view and the worker that times walks say to each other.

import type { SweepCase, VariantId } from "../../engine/index.ts";

export interface BenchRequest {
  readonly wanted: SweepCase;
  readonly variants: readonly VariantId[];
  readonly sizes: readonly number[];
}

/** One walk of the engine, timed in this browser. */
export interface TimedWalk {
  readonly variant: VariantId;
  readonly slots: number;
  /** Nanoseconds, of the fastest of several runs. */
  readonly ns: number;
}

export type BenchAnswer =
  | { readonly type: "walk"; readonly walk: TimedWalk }
  | { readonly type: "done" }
  | { readonly type: "refused"; readonly says: string };
