// SPDX-License-Identifier: GPL-2.0-only
// What a motion is: which mark moves, how, and when.

import type { Axis } from "./axis.ts";
import type { Mark, Scene } from "./mark.ts";

/** What moves: from how it was, or from nothing, to how it stands in the new picture. Distances in pixels. */
export type Movement =
  /** Comes from so far away. */
  | { readonly kind: "slide"; readonly dx: number; readonly dy: number }
  /** A frame narrows from this stretch. */
  | { readonly kind: "narrow"; readonly x: number; readonly width: number }
  /** Fills up from, or empties down to, this share of its height. */
  | { readonly kind: "rise" | "drain"; readonly share: number }
  /** Opens downwards from a cell at this share of the way to its right end, as wide as that share of it. */
  | { readonly kind: "open"; readonly at: number; readonly width: number }
  /** Runs this far to the right, and is gone. */
  | { readonly kind: "run"; readonly dx: number }
  /** Fills from its middle; is drawn from left to right; turns into a cross; shrinks, fades in, fades out, stays. */
  | { readonly kind: "fill" | "wipe" | "turn" | "shrink" | "appear" | "fade" | "stay" }
  /** The wrong count steps in, and a dotted line is drawn from here to it. */
  | { readonly kind: "trace" };

export type Motion = Movement & {
  /** The mark it happens to, as `idOf` names it. */
  readonly id: string;
  /** Milliseconds. */
  readonly delay: number;
  readonly duration: number;
  readonly easing: "linear" | "ease-in" | "ease-out" | "ease-in-out";
  /** A mark that the new picture does not have, drawn while this lasts. */
  readonly ghost?: Mark;
};

/** A row as it was drawn. */
export interface Picture {
  readonly axis: Axis;
  readonly scene: Scene;
}
