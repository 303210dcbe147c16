// SPDX-License-Identifier: GPL-2.0-only
// Where a value belongs among others that ascend. d3 has the same two, and brings much along that the page which opens
// would have to wait for.

/** How many of `values` lie below `value`. */
export function bisectLeft(values: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of `values` do not lie above `value`. */
export function bisectRight(values: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
