// SPDX-License-Identifier: GPL-2.0-only
// What the fan-out view and the worker that counts for it say to each other.

import type { SweepCase, SweepRow, VariantId } from "../../engine/index.ts";

/**
 * Rows of `wanted` for every one of `sizes`, ascending: first all of them computed, then stepped as far as KVM goes. A
 * worker does one request after the other.
 */
export interface SweepRequest {
  readonly wanted: SweepCase;
  readonly variants: readonly VariantId[];
  readonly sizes: readonly number[];
  /** Whether computing is enough. */
  readonly isComputedOnly: boolean;
}

export interface SweepProgress {
  readonly doing: "computing" | "stepping";
  /** Memslots that are done with, and all that there are to do. */
  readonly done: number;
  readonly of: number;
}

export type SweepAnswer =
  | { readonly type: "rows"; readonly rows: readonly SweepRow[]; readonly progress: SweepProgress }
  | { readonly type: "done" }
  | { readonly type: "refused"; readonly says: string };
