// SPDX-License-Identifier: GPL-2.0-only
// The lane of a vCPU in a sentence or two, for those who cannot see it.

import { countText, listText, numberText } from "../text/number.ts";
import { LISTED_MAX, stepsText } from "./timelineSays.ts";
import type { Stay, VcpuTrace } from "./timelineVcpuTrace.ts";

/** `vm0/vcpu0 is in the guest in steps 1–4; faults in steps 4–9; ...` */
export function saysVcpu(trace: VcpuTrace): string {
  const { vcpu, stays, stale, kicks, requests, flushes, retries, exits } = trace;
  const of = (is: Stay["is"]) => stays.filter((stay) => stay.is === is && stay.from < stay.to);
  const states = (["guest", "fault", "retrying"] as const).flatMap((is) =>
    of(is).length === 0 ? [] : [`${STATES[is]} ${stepsText(of(is))}`],
  );
  const sentBack = retries.map(({ step, because }) => `${numberText(step)} (${because})`);
  const parts = [
    ...(states.length === 0 ? ["stays outside of the guest"] : states),
    ...inSteps("its fault is sent back", sentBack),
    ...inSteps("is kicked out to flush", kicks.map(numberText)),
    ...inSteps("is asked to flush while it is outside", requests.map(numberText)),
    ...inSteps("flushes", flushes.map(numberText)),
    ...(stale.length === 0 ? [] : [`may use a stale translation ${stepsText(stale)}`]),
    ...inSteps(
      "exits",
      exits.map(({ step, reason }) => `${numberText(step)} (${reason})`),
    ),
  ];
  return `${vcpu} ${parts.join("; ")}.`;
}

/** One sentence for vCPUs that have no lane. */
export function saysVcpus(hidden: readonly VcpuTrace[]): string[] {
  if (hidden.length === 0) return [];
  const names = hidden.slice(0, LISTED_MAX).map(({ vcpu }) => vcpu);
  const more = hidden.length - names.length;
  return [`Not drawn: ${listText(more > 0 ? [...names, countText(more, "more vCPU")] : names)}.`];
}

const STATES = { guest: "is in the guest", fault: "faults", retrying: "has to fault again" };

const inSteps = (does: string, steps: readonly string[]): string[] => {
  if (steps.length === 0) return [];
  if (steps.length > LISTED_MAX) return [`${does} ${numberText(steps.length)} times`];
  return [`${does} in ${steps.length === 1 ? "step" : "steps"} ${listText(steps)}`];
};
