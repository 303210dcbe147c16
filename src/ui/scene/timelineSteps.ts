// SPDX-License-Identifier: GPL-2.0-only
// What one step was, in one word: the most telling of its events decides which mark stands for it.

import type { LabEvent, Play } from "../../engine/index.ts";

/** What a step did, from the rarest and most telling to the plainest. */
export const STEP_KINDS = [
  "refused",
  "freed",
  "zapped",
  "needed",
  "wasted",
  "flushed",
  "waited",
  "other",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** What several steps that share one place are drawn as: the first of these that any of them is. */
export const BIN_KINDS = ["violation", "cut", "needed", "wasted", "other"] as const;
export type BinKind = (typeof BIN_KINDS)[number];

/** The kind of a step that told `events`. Taking, releasing, entering and returning are all `other`. */
export function stepKind(events: readonly LabEvent[]): StepKind {
  let best: StepKind = "other";
  for (const event of events) {
    const kind = kindOf(event);
    if (kind !== "other" && STEP_KINDS.indexOf(kind) < STEP_KINDS.indexOf(best)) best = kind;
  }
  return best;
}

/** The kind of every step of `play`, step 1 first. */
export const stepKinds = ({ recording }: Play): readonly StepKind[] =>
  recording.steps.map(({ events }) => stepKind(events));

/** What a step counts as among others; `broken` where a finding names it. */
export function binKind(kind: StepKind, broken: boolean): BinKind {
  if (broken || kind === "refused") return "violation";
  if (kind === "freed" || kind === "zapped") return "cut";
  return kind === "needed" || kind === "wasted" ? kind : "other";
}

export interface FindingStep {
  readonly step: number;
  /** Of the invariants. */
  readonly names: string[];
}

/** The steps at which an invariant was found broken, each with the names of all that were. */
export function findingSteps({ findings }: Play): FindingStep[] {
  const found: FindingStep[] = [];
  for (const { step, invariant } of findings) {
    const last = found.at(-1);
    if (last?.step !== step) found.push({ step, names: [invariant] });
    else if (!last.names.includes(invariant)) last.names.push(invariant);
  }
  return found;
}

function kindOf(event: LabEvent): StepKind {
  switch (event.type) {
    case "notifier.start":
    case "notifier.end":
      return event.hit ? "needed" : "wasted";
    case "bind.refused":
      return "refused";
    case "operation.returned":
      return event.errno === null ? "other" : "refused";
    case "shmem.punched":
      return event.pages > 0 ? "freed" : "other";
    case "spte.zapped":
      return event.sptes > 0 ? "zapped" : "other";
    case "tlb.flushed":
      return "flushed";
    case "lock.waited":
      return "waited";
    default:
      return "other";
  }
}
