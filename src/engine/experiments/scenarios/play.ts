// SPDX-License-Identifier: GPL-2.0-only
// A scenario played under one design: recorded from its first step to its last, watched for broken invariants.

import type { Choice } from "../../sim/choice.ts";
import { forking, type Recording, type RecordOptions, recording } from "../../sim/recording.ts";
import { drain, type Slices } from "../../sim/slices.ts";
import type { Refusal } from "../machine/boot.ts";
import type { Counters } from "../machine/counters.ts";
import type { LabEvent } from "../machine/events.ts";
import type { Finding, InvariantId } from "../machine/invariants/finding.ts";
import { machineModel } from "../machine/model.ts";
import type { VariantId } from "../machine/variants.ts";
import type { World } from "../machine/world.ts";
import type { Scenario } from "./scenario.ts";
import { watching } from "./watching.ts";

/** What was seen of one design. */
export interface Play {
  readonly scenario: Scenario;
  readonly variant: VariantId;
  readonly recording: Recording<World, LabEvent>;
  /** In the order in which they were found. */
  readonly findings: readonly Finding[];
  /** Operations of the set-up that did not succeed. */
  readonly refusals: readonly Refusal[];
  /** After the last step. */
  readonly counters: Counters;
  /** Every memslot object that there was, by id, as the last step left it. */
  readonly memslots: World["memslots"];
}

export interface PlayOptions {
  readonly stepsMax?: number;
}

/** Plays `scenario` under `variant`. Throws BoundReached where the run is longer than `stepsMax` steps. */
export const play = (scenario: Scenario, variant: VariantId, options: PlayOptions = {}): Play =>
  drain(playing(scenario, variant, options));

/** play() in slices of a few milliseconds. */
export const playing = (
  scenario: Scenario,
  variant: VariantId,
  { stepsMax }: PlayOptions = {},
): Slices<Play> =>
  recorded(scenario, variant, stepsMax, (world, options) =>
    recording(machineModel(scenario.tasks, scenario.perform), world, scenario.choices, options),
  );

/** Leaves `from` after `step` steps and goes on with `choices`. The beginning is played again, not shared. */
export const forkPlay = (from: Play, step: number, choices: readonly Choice[]): Play =>
  drain(
    recorded(from.scenario, from.variant, undefined, (_, options) =>
      forking(from.recording, step, choices, options),
    ),
  );

function* recorded(
  scenario: Scenario,
  variant: VariantId,
  stepsMax: number | undefined,
  run: (world: World, options: RecordOptions<World, LabEvent>) => Slices<Recording<World, LabEvent>>,
): Slices<Play> {
  const { ran, ...seen } = yield* watching(scenario, variant, { stepsMax }, run);
  return { ...seen, recording: ran };
}

/** The trap that `play`'s scenario declares for a broken invariant under its design, or null. */
export const trapOf = (
  { scenario, variant }: Pick<Play, "scenario" | "variant">,
  invariant: InvariantId,
): string | null =>
  scenario.expect.get(variant)?.findings?.find((declared) => declared.invariant === invariant)?.trap ?? null;
