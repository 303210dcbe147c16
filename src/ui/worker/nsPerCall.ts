// SPDX-License-Identifier: GPL-2.0-only

/** Browsers round their clocks to a tenth of a millisecond, some to a whole one: a run takes longer than that. */
const RUN_MS = 8;
const RUNS = 5;

/** Nanoseconds of one `work()`: of the fastest of several runs, each of so many calls that the clock can tell. */
export function nsPerCall(work: () => number, now: () => number): number {
  let calls = 1;
  let fastest = Number.POSITIVE_INFINITY;
  let sink = 0;
  for (let run = 0; run < RUNS; ) {
    const began = now();
    for (let k = 0; k < calls; k++) sink += work();
    const ms = now() - began;
    if (ms < RUN_MS) calls *= 2;
    else {
      run++;
      fastest = Math.min(fastest, (ms * 1e6) / calls);
    }
  }
  // Looked at, so that nobody finds the work superfluous.
  return sink < 0 ? Number.NaN : fastest;
}
