// SPDX-License-Identifier: GPL-2.0-only
// What a chart is drawn from, and the room that one of its plots has.

import type { VariantId } from "../../../engine/index.ts";
import type { Evens } from "./evens.ts";
import type { LogScale } from "./logScale.ts";
import type { PricedRow } from "./measures.ts";
import type { FanoutSettings } from "./settings.ts";

export interface ChartInput {
  readonly settings: FanoutSettings;
  /** Sorted by slots, of the designs that are shown. */
  readonly rows: ReadonlyMap<VariantId, readonly PricedRow[]>;
  readonly evens: Evens;
  /** The number of memslots that is read. */
  readonly read: number;
  /** Walks that were timed in this browser. */
  readonly own: readonly { readonly variant: VariantId; readonly slots: number; readonly ns: number }[];
  /** Pixels, at least 280. */
  readonly width: number;
}

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly x: LogScale;
  readonly isNarrow: boolean;
}

export interface Plot extends Frame {
  readonly top: number;
  readonly bottom: number;
}

export interface YScale extends LogScale {
  readonly min: number;
  readonly max: number;
  readonly hasZero: boolean;
}
