// SPDX-License-Identifier: GPL-2.0-only
// Between two measurements a straight line on logarithmic scales; beyond the last of them the line goes on, and says so.

import { assert } from "../../assert.ts";

/** A measured point, both above 0. */
export type Point = readonly [x: number, y: number];

/** A value, and whether it lies between measurements. */
export interface Read {
  readonly y: number;
  readonly isMeasured: boolean;
}

/** The value at `x` > 0 of the line through `points`, which ascend in x. */
export function logRead(points: readonly Point[], x: number): Read {
  const [first, last] = [points[0], points.at(-1)];
  assert(first !== undefined && last !== undefined, () => "a line through no points");
  const isMeasured = x >= first[0] && x <= last[0];
  if (points.length === 1) return { y: first[1], isMeasured };
  let k = points.findIndex(([right]) => right >= x);
  if (k < 0) k = points.length - 1;
  const [x0, y0] = points[Math.max(0, k - 1)] as Point;
  const [x1, y1] = points[Math.max(1, k)] as Point;
  const part = Math.log(x / x0) / Math.log(x1 / x0);
  return { y: y0 * (y1 / y0) ** part, isMeasured };
}
