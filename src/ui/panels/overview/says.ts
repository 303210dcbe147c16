// SPDX-License-Identifier: GPL-2.0-only
// The overview in words: what one of its operations was and cost, and the recording as a whole.

import { numberText, rangeText, variantName } from "../../text/index.ts";
import type { CaptureView, Costs } from "../../worker/protocol.ts";
import { lengthText, stampText } from "./ticks.ts";

const VERBS = ["punches", "creates a slot on", "deletes a slot", "changes"] as const;

/** `Operation 31 of 8,632, 08:02:39.428410: punches pages [18,22) of f0; LIST 14 calls, 12 wasted; XARRAY 2 calls.` */
export function operationText(view: CaptureView, operation: number, shown: readonly Costs[]): string {
  const { kind, file, start, end, time } = view.columns;
  const count = kind.length;
  const at = time === null ? "" : `, ${stampText(time[operation] ?? 0, view.started)}`;
  const verb = VERBS[kind[operation] ?? 3] ?? "changes";
  const [from, to] = [start[operation] ?? 0, end[operation] ?? 0];
  const pages =
    to > from ? ` pages ${rangeText(from, to)} of ${view.files[file[operation] ?? 0]?.name ?? ""}` : "";
  const costs = shown.map((own) => `; ${variantName(own.variant)} ${costText(own, operation)}`).join("");
  return `Operation ${numberText(operation + 1)} of ${numberText(count)}${at}: ${verb}${pages}${kind[operation] === 0 ? costs : ""}.`;
}

function costText({ calls, wasted }: Costs, operation: number): string {
  const [all, idle] = [calls[operation] ?? 0, wasted[operation] ?? 0];
  return `${numberText(all)} ${all === 1 ? "call" : "calls"}${idle === 0 ? "" : `, ${numberText(idle)} wasted`}`;
}

/** `8,632 punches in 3 min 12 s`. */
export function captureText({ columns: { kind, time } }: CaptureView): string {
  let punches = 0;
  for (const own of kind) if (own === 0) punches++;
  const others = kind.length - punches;
  const what = [
    `${numberText(punches)} ${punches === 1 ? "punch" : "punches"}`,
    ...(others === 0 ? [] : [`${numberText(others)} other ${others === 1 ? "operation" : "operations"}`]),
  ].join(" and ");
  const [first = 0, last = 0] = time === null ? [] : [time[0], time[time.length - 1]];
  return time === null ? `${what}, no time stamps` : `${what} in ${lengthText(last - first)}`;
}
