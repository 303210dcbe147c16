// SPDX-License-Identifier: GPL-2.0-only
// Where moments stand: in the run, and in the list of them.

import type { OperationSteps } from "../../../engine/index.ts";
import type { Moment } from "../../scene/lifeMoment.ts";

/** The step of a moment as the transport counts: `24`, or `3.4` for step 4 of operation 3; 0 is the set-up. */
export function placeText(step: number, operations: readonly OperationSteps[]): string {
  if (step === 0) return "set-up";
  const at = operations.findIndex(({ first, last }) => first <= step && step <= last);
  return operations.length > 1 ? `${at + 1}.${step - (operations[at]?.first ?? 1) + 1}` : `${step}`;
}

/** The row of the moment that happened last by `step`. The set-up's is there from the beginning. */
export const nowOf = (moments: readonly Moment[], step: number): number =>
  moments.findLastIndex((moment) => moment.step <= step);

/** The row that a key leads to from `row`, or null where it leads nowhere. */
export function rowFor(key: string, row: number, count: number): number | null {
  const to = { ArrowUp: row - 1, ArrowDown: row + 1, Home: 0, End: count - 1 }[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), count - 1);
}
