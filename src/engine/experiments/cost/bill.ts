// SPDX-License-Identifier: GPL-2.0-only
// What each operation of a recorded machine costs under a design, and what all of them come to.
//
// Punches are counted, not stepped, so that hundreds of thousands of them take no longer than reading the log. What
// else a log asks for, slots above all, is done by the machine itself.

import { assert } from "../../assert.ts";
import { drive } from "../../sim/drive.ts";
import { drain, type Slices } from "../../sim/slices.ts";
import { booting } from "../machine/boot.ts";
import { COUNTER_IDS, type Counters, count } from "../machine/counters.ts";
import { envOf } from "../machine/env.ts";
import type { Operation } from "../machine/operation.ts";
import type { Perform } from "../machine/perform.ts";
import type { VariantId } from "../machine/variants.ts";
import type { World } from "../machine/world.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { countPunch } from "./punchCounts.ts";

export interface Bill {
  readonly variant: VariantId;
  /** By operation: callbacks of both walks, those that had nothing to do, and pages freed. */
  readonly calls: Uint32Array;
  readonly wasted: Uint32Array;
  readonly freed: Uint32Array;
  /** Counts are kept before each `every`th operation, one after the other in the order of COUNTER_IDS. */
  readonly every: number;
  readonly counts: Float64Array;
  readonly total: Counters;
}

/** The counts before operation `k`, which is a multiple of `bill.every`. */
export function countsBefore({ every, counts }: Bill, k: number): Counters {
  const from = (k / every) * COUNTER_IDS.length;
  assert(from + COUNTER_IDS.length <= counts.length, () => `no counts before operation ${k} are kept`);
  return Object.fromEntries(COUNTER_IDS.map((id, n) => [id, counts[from + n] as number])) as Counters;
}

/** A slice ends after so many operations. */
const SLICE_OPERATIONS = 256;

/** The bill of `scenario`, which has one task, under `variant`, with the counts before each `every`th operation. */
export const billOf = (scenario: Scenario, variant: VariantId, every: number): Bill =>
  drain(billing(scenario, variant, every));

/** billOf() in slices. */
export function* billing(scenario: Scenario, variant: VariantId, every: number): Slices<Bill> {
  const [[task, operations] = ["", []], ...others] = scenario.tasks;
  assert(others.length === 0, () => `a bill is of one task; the scenario has ${scenario.tasks.size}`);
  const { world } = yield* booting(scenario, variant, () => {});
  const { length } = operations;
  const bill = {
    ...{ variant, every, counts: new Float64Array(Math.ceil(length / every) * COUNTER_IDS.length) },
    ...{ calls: new Uint32Array(length), wasted: new Uint32Array(length), freed: new Uint32Array(length) },
  };
  const { counters } = world;
  for (const [k, operation] of operations.entries()) {
    if (k % every === 0)
      for (const [n, id] of COUNTER_IDS.entries())
        bill.counts[(k / every) * COUNTER_IDS.length + n] = counters[id];
    const { startCallbacks, endCallbacks, wasted, pagesFreed } = counters;
    performed(world, task, operation, scenario.perform);
    bill.calls[k] = counters.startCallbacks - startCallbacks + counters.endCallbacks - endCallbacks;
    bill.wasted[k] = counters.wasted - wasted;
    bill.freed[k] = counters.pagesFreed - pagesFreed;
    if (k % SLICE_OPERATIONS === 0) yield;
  }
  return { ...bill, total: { ...counters } };
}

/** Counts `operation` where it can be counted; else does it, alone and to its end, and counts what that tells. */
function performed(world: World, task: string, operation: Operation, perform: Perform): void {
  if (operation.op === "punch" && countPunch(world, operation)) return;
  const env = envOf(world, task, (event) => count(world, event));
  drive(perform(world, env, operation));
}
