// SPDX-License-Identifier: GPL-2.0-only
// What is said of the prices that were fitted, and of the predictions that miss.

import {
  type Comparison,
  FITTED,
  FITTED_ON,
  FITTED_SOURCE,
  type MeasuredPunch,
  ratioOf,
} from "../../../engine/index.ts";
import { listText } from "../number.ts";
import { nsText } from "./amounts.ts";

export const PUNCH_TEXTS: Readonly<Record<MeasuredPunch, string>> = {
  punch_page: "one page",
  punch_slot: "one memslot",
  punch_file: "the whole file",
};

/** The four prices, and what they were fitted on. */
export const fittedText = (): string =>
  `Four prices are ${FITTED_SOURCE}: a system call ${nsText(FITTED.systemCall)}, a call of a memslot that is hit ${nsText(FITTED.hitCall)}, finding any page at all to give back ${nsText(FITTED.freeing)}, and each page ${nsText(FITTED.pageFreed)}.`;

/** What the part "free" of a punch is made of. */
export const freeText = (): string =>
  `free: ${nsText(FITTED.freeing)} where there is any page to give back, and ${nsText(FITTED.pageFreed)} for each page; callbacks: ${nsText(FITTED.hitCall)} for each memslot that is hit (${FITTED_SOURCE}).`;

/** What a sign of the picture is. */
export const predictedText = (): string =>
  `Every sign is another punch of that kernel, with a number of memslots other than ${listText(FITTED_ON.map(String))}: predicted divided by measured, 1 where both agree; the bar is the median, the ground what lies within twice. That kernel walks its xarray as guest_memfd does: once for start with one zap for each entry, once for end.`;

/** Some memslots are more than this keeps warm. */
const MANY = 1024;

/** Of each kind of punch whose predictions miss by more than twice: how many, to which side, by how much, and where. */
export function missedText(kinds: readonly Pick<Comparison, "op" | "rows" | "missed">[]): string {
  const missing = kinds.filter(({ missed }) => missed.length > 0);
  if (missing.length === 0) return "No prediction misses by more than twice.";
  return missing
    .map(({ op, rows, missed }) => {
      const ratios = missed.map(ratioOf).sort((a, b) => a - b);
      const low = ratios.filter((ratio) => ratio < 1).length;
      const sides = [
        ...(low === 0
          ? []
          : [`${low === missed.length ? "all" : low} too low, down to ${(ratios[0] as number).toFixed(2)}`]),
        ...(low === missed.length
          ? []
          : [`${missed.length - low} too high, up to ${ratios.at(-1)?.toFixed(2)}`]),
      ];
      const many = missed.filter(({ slots }) => slots >= MANY).length;
      const absent = missed.filter(({ pages }) => pages === 0).length;
      return `Of the punches of ${PUNCH_TEXTS[op]} ${missed.length} of ${rows} are predicted beyond twice, ${listText(sides)}; ${many} of these have ${MANY.toLocaleString("en-GB")} memslots or more, ${absent} no page there.`;
    })
    .join(" ");
}
