// SPDX-License-Identifier: GPL-2.0-only
// Positions on logarithmic axes. What is 0 has a place of its own below the least power.

export interface LogScale {
  /** Pixels; 0 and whatever lies below the axis stand on the line of zero. */
  at(value: number): number;
  /** The value that stands at `px`. */
  valueAt(px: number): number;
}

/** From `min` at pixel `from` to `max` at pixel `to`; `zero` is where 0 stands, as usual at `from`. */
export function logScale(min: number, max: number, from: number, to: number, zero = from): LogScale {
  const [low, span] = [Math.log(min), Math.log(max) - Math.log(min)];
  return {
    at: (value) => (value < min ? zero : from + ((Math.log(value) - low) / span) * (to - from)),
    valueAt: (px) => Math.exp(low + ((px - from) / (to - from)) * span),
  };
}

const powerOf = (value: number, base: number) => Math.log(value) / Math.log(base);

/** The powers of `base` around [min, max], at least one power apart. */
export function powersAround(min: number, max: number, base: number): readonly [number, number] {
  const low = Math.floor(powerOf(min, base) + 1e-9);
  const high = Math.ceil(powerOf(max, base) - 1e-9);
  return [base ** low, base ** Math.max(high, low + 1)];
}

/** Powers of `base` from `min` to `max`, both powers, about `most` of them at most, evenly. */
export function powersIn(min: number, max: number, base: number, most: number): number[] {
  const [low, high] = [Math.round(powerOf(min, base)), Math.round(powerOf(max, base))];
  const step = Math.max(1, Math.ceil((high - low) / most));
  const powers: number[] = [];
  for (let power = low; power <= high; power += step) powers.push(base ** power);
  return powers;
}
