// SPDX-License-Identifier: GPL-2.0-only
// What one more hole would cost a design: the hole is punched in a copy of the machine, and counted.

import { PUNCH_MODE } from "../../kernel/shmem/falloc.ts";
import { goingTo, recording } from "../../sim/recording.ts";
import type { Slices } from "../../sim/slices.ts";
import { bytesOf, loff } from "../../units.ts";
import { newCounters } from "../machine/counters.ts";
import { machineModel } from "../machine/model.ts";
import type { Operation } from "../machine/operation.ts";
import type { Perform } from "../machine/perform.ts";
import { copyWorld, isHostStopped, type World } from "../machine/world.ts";
import type { AddedPunch } from "./addedPunch.ts";
import type { Play } from "./play.ts";

export interface PunchPrice {
  /** Calls of both walks. */
  readonly calls: number;
  readonly wasted: number;
  readonly steps: number;
  /** The punch can never end: a task that never goes on holds what it needs. */
  readonly isStuck: boolean;
}

/** A machine in which holes can be priced, again and again. */
export interface PriceBase {
  readonly world: World;
  readonly perform: Perform;
}

/**
 * The machine that an added punch meets: as it is after the set-up of `play` where it takes the place of the punch
 * that is there (`replaces`), else as it is after the last step.
 */
export function* pricingBase({ recording, scenario }: Play, replaces: boolean): Slices<PriceBase> {
  const { world } = yield* goingTo(recording, replaces ? 0 : recording.steps.length);
  return { world, perform: scenario.perform };
}

/** The price of `punch` in the machine of `base`, which stays as it is. No invariant is watched. */
export function* pricingPunch(
  { world, perform }: PriceBase,
  { file, start, end }: AddedPunch,
): Slices<PunchPrice> {
  const offset = bytesOf(start);
  const operation: Operation = {
    ...{ op: "punch", file, mode: PUNCH_MODE },
    ...{ offset, len: loff(bytesOf(end) - offset) },
  };
  // The run changes this copy in place; what it has counted is read from it afterwards.
  const own = copyWorld(world);
  own.counters = newCounters();
  const { steps, stuck } = yield* recording(machineModel(new Map([["P", [operation]]]), perform), own, []);
  const { startCallbacks, endCallbacks, wasted } = own.counters;
  const isStuck = stuck.length > 0 || isHostStopped(own);
  return { calls: startCallbacks + endCallbacks, wasted, steps: steps.length, isStuck };
}
