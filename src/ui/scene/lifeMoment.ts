// SPDX-License-Identifier: GPL-2.0-only
// A moment of a page's life.

/** What a moment is; each has a sign of its own. */
export type MomentKind =
  | "hole"
  | "page"
  | "slot"
  | "mapped"
  | "wrote"
  | "held"
  | "told"
  | "notTold"
  | "unpaired"
  | "back"
  | "zapped"
  | "flushed"
  | "left"
  | "freed"
  | "bad"
  | "taken"
  | "stale";

export interface Moment {
  readonly key: string;
  /** The step in which it happened; 0 is the set-up. */
  readonly step: number;
  readonly kind: MomentKind;
  /** A few words. */
  readonly text: string;
}

/** What happened, not yet when. */
export type Said = Pick<Moment, "kind" | "text">;
