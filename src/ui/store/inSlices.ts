// SPDX-License-Identifier: GPL-2.0-only
// Long work of the engine, done so that the page can paint and answer in between.

import type { Slices } from "../../engine/index.ts";

/** Milliseconds of work between two pauses; a press waits no longer for its answer than this and one slice. */
const WORK_MS = 30;

/** What `work` returns. Between slices `pause` is waited for, as often as keeps the page alive. */
export async function inSlices<T>(work: Slices<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const began = performance.now();
    do {
      const next = work.next();
      if (next.done) return next.value;
    } while (performance.now() - began < WORK_MS);
    await pause();
  }
}
