// SPDX-License-Identifier: GPL-2.0-only
// A scenario's machine under one design, booted and run, with the invariants held against it after every step.

import { isAtRest, type StepRecord } from "../../sim/run.ts";
import type { RecordOptions } from "../../sim/recording.ts";
import type { Slices } from "../../sim/slices.ts";
import { booting, type Refusal } from "../machine/boot.ts";
import type { Counters } from "../machine/counters.ts";
import type { LabEvent } from "../machine/events.ts";
import type { Finding } from "../machine/invariants/finding.ts";
import { newWatch, type Watch } from "../machine/invariants/watch.ts";
import type { VariantId } from "../machine/variants.ts";
import type { World } from "../machine/world.ts";
import type { Scenario } from "./scenario.ts";

/** What was seen of a run, and what `run` made of it. */
interface Seen<R> {
  readonly scenario: Scenario;
  readonly variant: VariantId;
  readonly ran: R;
  readonly findings: readonly Finding[];
  readonly refusals: readonly Refusal[];
  readonly counters: Counters;
  readonly memslots: World["memslots"];
}

interface WatchingOptions {
  readonly stepsMax?: number | undefined;
  /** Called with each step, its number from 1 and the name of its task. */
  readonly taken?: (record: StepRecord<LabEvent>, step: number, task: string) => void;
}

/** Boots `scenario` under `variant` and lets `run` take its world from there, in slices. */
export function* watching<R>(
  scenario: Scenario,
  variant: VariantId,
  { stepsMax, taken }: WatchingOptions,
  run: (world: World, options: RecordOptions<World, LabEvent>) => Slices<R>,
): Slices<Seen<R>> {
  const seqs = new Map([...scenario.vms].map(([name, { seq }]) => [name, seq]));
  const watch: Watch = newWatch(scenario.rules(variant, seqs));
  const { world, refusals } = yield* booting(scenario, variant, (event, world) =>
    watch.tell("", event, world),
  );
  yield;
  watch.look(0, world, true);
  yield;
  const tasks = [...scenario.tasks.keys()];
  let last = world;
  let steps = 0;
  const ran = yield* run(world, {
    ...(stepsMax === undefined ? {} : { stepsMax }),
    watch: (record, running) => {
      const task = tasks[record.task] ?? "";
      for (const event of record.events) watch.tell(task, event, running.world);
      watch.look(running.step, running.world, isAtRest(running));
      taken?.(record, running.step, task);
      last = running.world;
      steps = running.step;
    },
  });
  watch.close(steps, last);
  const { counters, memslots } = last;
  return { ...{ scenario, variant, ran, findings: watch.findings, refusals }, ...{ counters, memslots } };
}
