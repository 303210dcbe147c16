// SPDX-License-Identifier: GPL-2.0-only
// Which slots of a layout a design binds, and the indices that it stores for each.

import type { LastMode } from "../../kernel/restrictedmem/review/file.ts";
import type { Layout } from "./layout.ts";

/** Stored ranges in ascending order, 0 .. `bound - 1`. */
export interface Bindings {
  readonly bound: number;
  /** The slot of the layout that range `j` belongs to. */
  slotOf(j: number): number;
  /** `[first, last]` of range `j`, both included. */
  firstOf(j: number): number;
  lastOf(j: number): number;
  /** The lowest range that ends at `page` or later; `bound` where none does. */
  from(page: number): number;
}

/**
 * The bindings of `layout`, whose slots were bound in ascending order. With `last = end` each takes the first page of
 * the next one, so every second is refused (T-c1).
 */
export function bindingsOf({ slots, startOf, slotAt }: Layout, mode: LastMode): Bindings {
  const every = mode === "endMinus1" ? 1 : 2;
  const bound = Math.ceil(slots / every);
  const lastOf = (j: number) => startOf(j * every + 1) - (mode === "endMinus1" ? 1 : 0);
  return {
    bound,
    slotOf: (j) => j * every,
    firstOf: (j) => startOf(j * every),
    lastOf,
    from(page) {
      let j = Math.min(bound, Math.max(0, Math.floor((slotAt(page) - 1) / every)));
      while (j < bound && lastOf(j) < page) j++;
      return j;
    },
  };
}
