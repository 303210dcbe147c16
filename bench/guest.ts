// SPDX-License-Identifier: GPL-2.0-only
// A guest of 8 GiB: how long it takes to set up, to lose a page and get it back, and to go to any step of.
import { booting } from "../src/engine/experiments/machine/boot.ts";
import { envOf } from "../src/engine/experiments/machine/env.ts";
import { performAny } from "../src/engine/experiments/machine/performAny.ts";
import type { OperationDocument, ScenarioDocument } from "../src/engine/experiments/scenarios/document.ts";
import { goTo, play, scenarioOf } from "../src/engine/index.ts";
import { drive } from "../src/engine/sim/drive.ts";
import { drain } from "../src/engine/sim/slices.ts";
import { goToP95 } from "./goTo.ts";
import { percentile } from "./measure.ts";

const SLOTS = 4_096;
const SLOT_PAGES = 512;
const GIB_PAGES = 262_144;

const machine = (order: 0 | 9, mapped: number, P: OperationDocument[]): ScenarioDocument => ({
  format: "restricted-memory-lab/1",
  title: "A guest of 8 GiB",
  files: { f0: { pages: SLOTS * SLOT_PAGES, order } },
  vms: { vm0: { vcpus: 1 } },
  setup: [
    ...Array.from({ length: SLOTS }, (_, slot) => ({
      ...({
        op: "createSlot",
        vm: "vm0",
        slot,
        pages: SLOT_PAGES,
        file: "f0",
        pgoff: slot * SLOT_PAGES,
      } as const),
    })),
    { op: "map", vm: "vm0", gfn: 0, pages: mapped },
  ],
  tasks: { P },
});

/** Milliseconds to boot 4,096 slots, and to map the first GiB with leaves of 2 MiB. */
export function setUpTime(): number {
  const times = Array.from({ length: 5 }, () => {
    const scenario = scenarioOf(machine(9, GIB_PAGES, []));
    const began = performance.now();
    const { world } = drain(booting(scenario, "review", () => {}));
    const took = performance.now() - began;
    if (world.vms.vm0?.tdp.inUse[1] !== 0) throw new Error("the first GiB is not mapped with large leaves");
    return took;
  });
  return percentile(times, 50);
}

/** Page `k`, punched out and read again: the read faults it back in. */
const punchAndRefault = (k: number): OperationDocument[] => [
  { op: "punch", file: "f0", start: k, end: k + 1 },
  { op: "guestRead", vm: "vm0", vcpu: 0, gfn: k },
];

/** Microseconds of one punch and one refault that nobody records: the middle one of 2,000 pairs. */
export function refaultTime(): number {
  const pairs = Array.from({ length: 2_000 }, (_, k) => punchAndRefault((k * 37) % 4_096));
  const scenario = scenarioOf(machine(0, 4_096, pairs.flat()));
  const { world } = drain(booting(scenario, "review", () => {}));
  const env = envOf(world, "P", () => {});
  const operations = scenario.tasks.get("P") ?? [];
  const times: number[] = [];
  for (let k = 0; k < operations.length; k += 2) {
    const began = performance.now();
    for (const operation of operations.slice(k, k + 2)) drive(performAny(world, env, operation));
    times.push((performance.now() - began) * 1_000);
  }
  return percentile(times, 50);
}

/** Milliseconds to go to a step of a run of at least 20,000 in which a guest loses pages and faults them back in. */
export function goToInGuestRun(): number {
  const pairs = Array.from({ length: 900 }, (_, k) => punchAndRefault((k * 37) % 4_096));
  const { recording } = play(scenarioOf(machine(0, 4_096, pairs.flat())), "review");
  const { length } = recording.steps;
  if (length < 20_000) throw new Error(`the run has ${length} steps`);
  return goToP95((step) => goTo(recording, step), length);
}
