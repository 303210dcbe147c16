// SPDX-License-Identifier: GPL-2.0-only
// Made where a recording is read: half a million additions keep the page from answering for a moment.

/** The sum of `counts` before k, by k; one more for all of them. */
export function sumsBefore(counts: Uint32Array): Float64Array {
  const sums = new Float64Array(counts.length + 1);
  for (let k = 0; k < counts.length; k++) sums[k + 1] = (sums[k] as number) + (counts[k] as number);
  return sums;
}
