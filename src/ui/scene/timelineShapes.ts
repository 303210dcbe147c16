// SPDX-License-Identifier: GPL-2.0-only
// The marks of the timeline as path data. All marks of one look become one path, so that a run of thousands of
// steps is a dozen elements.

import { hatchBox } from "./hatch.ts";
import type { BinKind, StepKind } from "./timelineSteps.ts";

/** Half the height and width of a mark that stands for one step, in pixels. */
export const HALF = 4.5;

/** So many pixels are one place where steps are too close to be drawn apart. */
export const BIN_PX = 4;

const n = (value: number) => Math.round(value * 10) / 10;

const circle = (x: number, y: number, r: number) =>
  `M${n(x - r)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

const box = (x: number, y: number, half: number) =>
  `M${n(x - half)} ${y - half}h${2 * half}v${2 * half}h${-2 * half}z`;

/** A step at x, y: every kind has a shape of its own, so that none is told by its colour alone. */
export const STEP_SHAPES: Record<StepKind, (x: number, y: number) => string> = {
  // A circle with a bar: no entry.
  refused: (x, y) => `${circle(x, y, HALF + 0.5)}M${n(x - 2.5)} ${y}h5`,
  // A page with a slash.
  freed: (x, y) => `${box(x, y, HALF)}M${n(x - 3)} ${y + 3}l6 -6`,
  zapped: (x, y) => `M${n(x - 4)} ${y - 4}l8 8m0 -8l-8 8`,
  needed: (x, y) => box(x, y, HALF + 0.5),
  wasted: (x, y) => box(x, y, HALF) + hatchBox(n(x - HALF), y - HALF, 2 * HALF, 2 * HALF, 4.5),
  flushed: (x, y) => `M${n(x)} ${y - HALF}l5 9h-10z`,
  waited: (x, y) => circle(x, y, 3.5),
  other: (x, y) => circle(x, y, 2),
};

/** Several steps at x, y: three pixels wide, and told apart by height and form. */
export const BIN_SHAPES: Record<BinKind, (x: number, y: number) => string> = {
  violation: (x, y) => `M${n(x)} ${y - 9}l3.5 4.5l-3.5 4.5l-3.5 -4.5zM${n(x - 0.5)} ${y}h1v9h-1z`,
  cut: (x, y) => `M${n(x - 1.5)} ${y + 4}l3 -12`,
  needed: (x, y) => `M${n(x - 1.5)} ${y - 7}h3v14h-3z`,
  wasted: (x, y) => `M${n(x - 1.5)} ${y - 3}h3m-3 3h3m-3 3h3`,
  other: (x, y) => `M${n(x - 1)} ${y - 1}h2v2h-2z`,
};

/** Under a rarer mark at x, y: a needed call stands there, too. */
export const neededFoot = (x: number, y: number): string => `M${n(x - 1.5)} ${y + 5}h3v4h-3z`;

/** A hold from x1 to x2, capped at both ends: one line for a writer or a mutex, two for a reader. */
export const heldBar = (x1: number, x2: number, y: number, mode: "read" | "write"): string =>
  mode === "write" ? `M${n(x1)} ${y}H${n(x2)}` : `M${n(x1)} ${y - 2.5}H${n(x2)}M${n(x1)} ${y + 2.5}H${n(x2)}`;

/** The caps of a bar. */
export const caps = (x1: number, x2: number, y: number, half: number): string =>
  `M${n(x1)} ${y - half}v${2 * half}M${n(x2)} ${y - half}v${2 * half}`;

/** A count that is not 0: it leaves the lane's line, and comes back to it unless `open`. */
export const bracket = (x1: number, x2: number, y: number, open: boolean): string =>
  `M${n(x1)} ${y + 7}v-7H${n(x2)}${open ? "" : "v7"}`;

export const line = (x1: number, x2: number, y: number): string => `M${n(x1)} ${y}H${n(x2)}`;

/** Two upright bars: a choice that had to pause. */
export const pause = (x: number, y: number): string => `M${n(x)} ${y - 4}v8m4 0v-8`;

/** From one level of a lane to another. */
export const edge = (x: number, y1: number, y2: number): string => `M${n(x)} ${y1}V${y2}`;

/** Between both levels: more changes than there are pixels. */
export const busy = (x1: number, x2: number, y1: number, y2: number): string =>
  `M${n(x1)} ${y1}H${n(x2)}V${y2}H${n(x1)}z`;

/** What happens to a vCPU at x, y: every moment has a shape of its own here, too. */
export const VCPU_SHAPES = {
  // The flush request of a task's lane, and filled where it is an interrupt besides.
  request: STEP_SHAPES.flushed,
  kick: STEP_SHAPES.flushed,
  flushedIn: (x: number, y: number) => circle(x, y, 3.5),
  // Twice back.
  retry: (x: number, y: number) =>
    `M${n(x + 4)} ${y - 3.5}l-3.5 3.5l3.5 3.5M${n(x)} ${y - 3.5}l-3.5 3.5l3.5 3.5`,
  // Down and out.
  exit: (x: number, y: number) => `M${n(x)} ${y - 5}v8.5m-3.5 -3.5l3.5 3.5l3.5 -3.5`,
  dead: (x: number, y: number) => `${box(x, y, HALF)}M${n(x - 2.5)} ${y - 2.5}l5 5m0 -5l-5 5`,
};

export const diamond = (x: number, y: number): string => `M${n(x)} ${y - 4}l4 4l-4 4l-4 -4z`;
