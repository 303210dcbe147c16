// SPDX-License-Identifier: GPL-2.0-only
// Keys tell the marks of a scene apart: two marks of one key are one element that is drawn in one of two places, and
// leave another one behind that nobody removes.
import { describe, expect, it } from "vitest";
import { BUILT_INS, goTo, operationSteps, play } from "../../engine/index.ts";
import { axisFor } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { scenarioNamed } from "./framesOf.ts";
import { gfnStripScene } from "./gfnStripScene.ts";
import { leavesScene } from "./leavesScene.ts";
import { idOf, type Scene } from "./mark.ts";
import { pagesScene } from "./pagesScene.ts";
import { tlbScene } from "./tlbScene.ts";
import { walkScene } from "./walkScene.ts";

const guests = BUILT_INS.flatMap((known) => {
  const vms = "document" in known ? Object.values(known.document().vms) : [];
  return vms.some(({ vcpus = 0 }) => vcpus > 0) ? [known.name] : [];
});

describe("no two marks of a guest's rows have one key, at any step", () => {
  it.each(guests)("%s", (name) => {
    const scenario = scenarioNamed(name);
    for (const variant of scenario.show) {
      const own = play(scenario, variant);
      const operations = operationSteps(own);
      const frameAt = (step: number): Frame => {
        const operation = Math.max(
          0,
          operations.findIndex(({ last }) => step <= last),
        );
        const { world } = goTo(own.recording, step);
        return { play: own, operations, operation, step, from: null, waiting: false, world };
      };
      const axis = axisFor([frameAt(0)]);
      for (let step = 0; step <= own.recording.steps.length; step++) {
        const frame = frameAt(step);
        for (const [vm, { vcpus }] of Object.entries(frame.world.vms)) {
          const scenes: Scene[] = [
            ...[pagesScene(axis, frame), leavesScene(axis, frame, vm), gfnStripScene(axis, frame, vm)],
            ...[walkScene(axis, frame, vm, null), ...vcpus.map(({ id }) => tlbScene(axis, frame, vm, id))],
          ];
          for (const { marks } of scenes) {
            const ids = marks.map(idOf);
            const twice = ids.filter((id, k) => ids.indexOf(id) !== k);
            expect(twice, `${variant} at step ${step}`).toEqual([]);
          }
        }
      }
    }
  });
});
