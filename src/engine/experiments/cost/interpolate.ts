// SPDX-License-Identifier: GPL-2.0-only
// Between two measurements a straight line on logarithmic scales. Before the first and beyond the last of them nobody knows:
// there it goes on as the caller says, and is marked.

import { assert } from "../../assert.ts";

/** A measured point, both above 0. */
export type Point = readonly [x: number, y: number];

/** A value, and whether it lies between measurements. */
export interface Read {
  readonly y: number;
  readonly inRange: boolean;
}

/** How a line goes on beyond its last point: at the same height, or in proportion to x. */
export type Beyond = "flat" | "proportional";

/** The value at `x` > 0 of the line through `points`, which ascend in x. Before the first one it is that one's. */
export function logRead(points: readonly Point[], x: number, beyond: Beyond): Read {
  const [first, last] = [points[0], points.at(-1)];
  assert(first !== undefined && last !== undefined, () => "a line through no points");
  const inRange = x >= first[0] && x <= last[0];
  if (x <= first[0]) return { y: first[1], inRange };
  if (x >= last[0]) return { y: beyond === "flat" ? last[1] : last[1] * (x / last[0]), inRange };
  const k = points.findIndex(([right]) => right >= x);
  const [x0, y0] = points[k - 1] as Point;
  const [x1, y1] = points[k] as Point;
  const part = Math.log(x / x0) / Math.log(x1 / x0);
  return { y: y0 * (y1 / y0) ** part, inRange };
}
