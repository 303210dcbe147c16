// SPDX-License-Identifier: GPL-2.0-only
// A scenario run under one design and only counted: a run of a million steps is kept by nobody.

import { running } from "../../sim/recording.ts";
import { drain, type Slices } from "../../sim/slices.ts";
import { machineModel } from "../machine/model.ts";
import type { VariantId } from "../machine/variants.ts";
import { type Answer, unhappyAnswer } from "./answers.ts";
import { newEventsHash } from "./eventLines.ts";
import type { Play, PlayOptions } from "./play.ts";
import type { Scenario } from "./scenario.ts";
import { watching } from "./watching.ts";

/** What is left of a run that was not recorded. */
export interface Tallied extends Pick<Play, "scenario" | "variant" | "findings" | "refusals" | "counters"> {
  readonly steps: number;
  /** The tasks that wait, or fault, for ever at the end; empty where every task ended. */
  readonly stuck: readonly string[];
  /** The operations that were refused, held off or are absent, in the order in which they returned. */
  readonly answers: readonly Answer[];
  /** What eventsHash() says of the play, or null where nobody asked. */
  readonly eventsHash: string | null;
}

export interface TallyOptions extends PlayOptions {
  readonly hash?: boolean;
}

/** Runs `scenario` under `variant`. Throws BoundReached where that takes more than `stepsMax` steps. */
export const tally = (scenario: Scenario, variant: VariantId, options: TallyOptions = {}): Tallied =>
  drain(tallying(scenario, variant, options));

/** tally() in slices. */
export function* tallying(
  scenario: Scenario,
  variant: VariantId,
  { stepsMax, hash = false }: TallyOptions,
): Slices<Tallied> {
  const answers: Answer[] = [];
  const hashed = hash ? newEventsHash() : null;
  const { ran, findings, refusals, counters } = yield* watching(
    scenario,
    variant,
    {
      stepsMax,
      taken: (record, step, task) => {
        const answer = unhappyAnswer(record, task, step);
        if (answer !== null) answers.push(answer);
        hashed?.add(record, task, step);
      },
    },
    (world, options) =>
      running(machineModel(scenario.tasks, scenario.perform), world, scenario.choices, options),
  );
  const { steps, stuck } = ran;
  return {
    ...{ scenario, variant, findings, refusals, counters, steps, stuck, answers },
    eventsHash: hashed?.hex() ?? null,
  };
}
