// SPDX-License-Identifier: GPL-2.0-only
// A sweep in the order in which a viewer wants it: the whole chart computed, then each row replaced by a stepped one.

import { formulaRows, type Slices, STEPPED_MAX, type SweepRow, sweeping } from "../../engine/index.ts";
import type { SweepProgress, SweepRequest } from "./sweepProtocol.ts";

/** Tells rows as they come; ends when all have been told. */
export function* sweepWork(
  { wanted, variants, sizes, isComputedOnly }: SweepRequest,
  tell: (rows: readonly SweepRow[], progress: SweepProgress) => void,
): Slices<void> {
  const whole = sizes.reduce((all, size) => all + size, 0);
  let done = 0;
  for (const size of sizes) {
    const rows = variants.flatMap((variant) => formulaRows(variant, wanted, size));
    done += size;
    tell(rows, { doing: "computing", done, of: whole });
    yield;
  }
  if (isComputedOnly) return;
  const steppable = sizes.filter((size) => size <= STEPPED_MAX);
  const most = steppable.at(-1);
  if (most === undefined) return;
  for (const [k, variant] of variants.entries()) {
    // A sweep returns its rows together; as long as it runs, its slices tell how far it is.
    const work = sweeping(variant, wanted, steppable);
    for (let slices = 1; ; slices++) {
      const next = work.next();
      const part = Math.min(1, (slices * SLICE_SLOTS) / most);
      tell(next.done ? next.value : [], {
        ...{
          doing: "stepping",
          done: Math.round((k + (next.done ? 1 : part)) * most),
          of: variants.length * most,
        },
      });
      if (next.done) break;
      yield;
    }
  }
}

/** About so many slots come with a slice. */
const SLICE_SLOTS = 220;
