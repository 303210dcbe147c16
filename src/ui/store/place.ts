// SPDX-License-Identifier: GPL-2.0-only
// A place in the lab: all that makes two viewers see the same picture. A link is a place in writing.

import type { AddedPunch, VariantId } from "../../engine/index.ts";
import type { Theme } from "../theme/theme.ts";
import type { Both, Moment } from "./clock.ts";

export interface Place {
  /** Of the built-in. */
  readonly scenario: string;
  /** The viewer's own, in the order in which they were added. */
  readonly punches: readonly AddedPunch[];
  /** Upper one first; null leaves it to the scenario. */
  readonly designs: Both<VariantId> | null;
  /** The one design that is shown alone, or null. */
  readonly only: VariantId | null;
  /** Null leaves it to the scenario. */
  readonly at: Moment | null;
  readonly zoom: number;
  readonly file: string | null;
  readonly pinned: string | null;
  /** Null leaves it to the viewer. */
  readonly theme: Theme | null;
  readonly code: boolean;
  /** The event log stands in the place of the timeline. */
  readonly log: boolean;
}

/** Where a scenario opens when nothing but its name is known. */
export const placeNamed = (scenario: string): Place => ({
  ...{ scenario, punches: [], designs: null, only: null, at: null, zoom: 0, file: null, pinned: null },
  ...{ theme: null, code: false, log: false },
});
