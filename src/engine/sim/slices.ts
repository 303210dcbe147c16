// SPDX-License-Identifier: GPL-2.0-only
// Long work that whoever drives it may interrupt: it stops between two slices, with nothing half done that anybody
// else could see.

/** Work that yields after each slice of itself, and returns what came of it. */
export type Slices<T> = Generator<undefined, T, undefined>;

/** All of `work` at once. */
export function drain<T>(work: Slices<T>): T {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}
