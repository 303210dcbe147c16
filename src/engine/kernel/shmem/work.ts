// SPDX-License-Identifier: GPL-2.0-only
// What fallocate()'s two kinds of work have in common.

import type { Result } from "../../errno.ts";

/** The work of a call. It yields where other tasks may run before it goes on. */
export type Work = Generator<undefined, Result, undefined>;

/** Pages [start, end) of the file called `name`. */
export interface AskedPages {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}
