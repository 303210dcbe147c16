// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { BUILT_INS, goTo, type Play, play, stepOn } from "../../engine/index.ts";
import { cachedLeaves } from "./cachedLeaves.ts";
import { scenarioNamed } from "./framesOf.ts";
import { vcpuTraces } from "./timelineVcpuTrace.ts";

const playsOf = (name: string): readonly Play[] => {
  const scenario = scenarioNamed(name);
  return scenario.show.map((variant) => play(scenario, variant));
};

const guests = BUILT_INS.map(({ name }) => name).filter(
  (name) =>
    !name.startsWith("q35") &&
    !/^t-a-\d|all/.test(name) &&
    [...scenarioNamed(name).vms.values()].some(({ vcpus }) => vcpus > 0),
);

it.each(guests)(
  "%s: after every step a trace says what the world does: the state, and what is stale",
  (name) => {
    for (const own of playsOf(name)) {
      const traces = vcpuTraces(own);
      const run = goTo(own.recording, 0);
      for (let step = 0; ; step++) {
        for (const { vcpu, stays, stale } of traces) {
          const [vm = "", id] = vcpu.split("/vcpu");
          const kvm = run.world.vms[vm]!;
          const now = kvm.vcpus[Number(id)]!;
          const stay = stays.findLast(({ from }) => from <= step)!;
          const where = `${own.variant} step ${step}`;
          expect(stay.is, where).toBe(now.state);
          const hasStale = cachedLeaves({ world: run.world }, kvm, now).some((each) => each.stale !== null);
          const mayUse = hasStale && (now.state === "guest" || !now.flushRequested);
          expect(
            stale.some(({ from, to }) => from <= step && (step < to || to === own.recording.steps.length)),
            where,
          ).toBe(mayUse);
        }
        if (step === own.recording.steps.length) break;
        stepOn(own.recording, run);
      }
      for (const { stays } of traces)
        for (const [k, { from, to }] of stays.entries()) {
          expect(from).toBe(k === 0 ? 0 : stays[k - 1]!.to);
          expect(to).toBeGreaterThanOrEqual(from);
        }
    }
  },
);
