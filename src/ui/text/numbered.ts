// SPDX-License-Identifier: GPL-2.0-only
// Which operation it is. In a part of a recording they are numbered as in the whole of it.

import type { Scenario } from "../../engine/index.ts";

/** The number of operation `operation` (from 0) of `operations`, counted from 1, and how many there are. */
export function numberedIn(
  { part }: Pick<Scenario, "part">,
  operation: number,
  operations: number,
): { at: number; count: number } {
  const from = part?.from ?? 0;
  // Behind the last one of a part may come operations of the viewer's own.
  return { at: from + operation + 1, count: Math.max(part?.operations ?? 0, from + operations) };
}
