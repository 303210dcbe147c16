// SPDX-License-Identifier: GPL-2.0-only
// Where the sliders of the fan-out view stop. A link may set what lies between them.

import type { HoleSize } from "../../../engine/index.ts";
import { VCPUS_MAX, VMS_MAX } from "./settings.ts";

/** 1, `by`, `by`^2 ... up to `max`. */
function powersUpTo(max: number, by = 2): number[] {
  const powers: number[] = [];
  for (let power = 1; power <= max; power *= by) powers.push(power);
  return powers;
}

/** Up to 1 GiB. */
export const SLOT_STOPS: readonly number[] = powersUpTo(2 ** 18);
export const VMS_STOPS: readonly number[] = powersUpTo(VMS_MAX);
export const VCPU_STOPS: readonly number[] = powersUpTo(VCPUS_MAX);
export const HOLE_STOPS: readonly HoleSize[] = [
  ...powersUpTo(2 ** 14).map((pages) => ({ pages })),
  ...[1 / 64, 1 / 16, 1 / 4, 1 / 2, 1].map((share) => ({ share })),
];

/** The stop nearest to `value`, by ratio. */
export const stopOf = (stops: readonly number[], value: number): number =>
  nearest(stops.map((stop) => Math.abs(Math.log(stop / value))));

export function holeStopOf(hole: HoleSize): number {
  const far = (stop: HoleSize): number => {
    if ("pages" in stop)
      return "pages" in hole ? Math.abs(Math.log(stop.pages / hole.pages)) : Number.POSITIVE_INFINITY;
    return "share" in hole ? Math.abs(Math.log(stop.share / hole.share)) : Number.POSITIVE_INFINITY;
  };
  return nearest(HOLE_STOPS.map(far));
}

const nearest = (distances: readonly number[]): number => distances.indexOf(Math.min(...distances));
