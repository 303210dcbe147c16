// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { operationSteps, play } from "../../engine/index.ts";
import { scenarioNamed } from "./framesOf.ts";
import { objectOf } from "./object.ts";
import { type TimelineLanes, timelineHit, timelineLit } from "./objectTimeline.ts";
import * as vcpus from "./timelineVcpuLanes.ts";
import { designLanes } from "./timelineLanes.ts";
import { stepKind } from "./timelineSteps.ts";

const WIDTH = 896;

/** The lanes of one design alone, from the top of the strip. */
function lanesOf(name: string, design: 0 | 1): TimelineLanes {
  const scenario = scenarioNamed(name);
  const own = play(scenario, scenario.show[design]);
  const count = own.recording.steps.length;
  const scale = { begins: [0, count], width: WIDTH, xOf: (time: number) => (time / count) * WIDTH };
  const run = { play: own, operations: operationSteps(own), timeOf: (step: number) => step, vcpus };
  return { play: own, lanes: designLanes(run, scale, 0).lanes, xOf: scale.xOf };
}

const middle = ({ lanes }: TimelineLanes, kind: string) => {
  const lane = lanes.find((each) => each.kind === kind);
  return lane === undefined ? -1 : lane.top + lane.height / 2;
};

it("t-a-12: in a task's lane the nearest event, below it the lock or the count that is held there", () => {
  const list = lanesOf("t-a-12", 0);
  const hit = (step: number, kind: string, dy = 0) =>
    timelineHit(list, list.xOf(step), middle(list, kind) + dy);
  expect(hit(14, "task")).toBe("event:v10/14");
  expect(hit(14.3, "task")).toBe("event:v10/14");
  expect(hit(10, "locks", -6)).toBe("lock:f0/rm->lock");
  expect(hit(21, "locks", 5)).toBe("lock:f0/inode->lock");
  // Between the walks, where it is not held, the lock is what there is to tell of.
  expect(hit(21, "locks", -6)).toBe("lock:f0/rm->lock");
  expect([hit(1, "locks"), hit(2, "count"), hit(10, "count")]).toEqual([null, null, "count:vm0"]);
  expect(timelineHit(list, 10, 500)).toBeNull();
});

it("t-a-12: a lock lights its bars, a count its interval, a memslot its calls, an event its mark", () => {
  const [list, xarray] = [lanesOf("t-a-12", 0), lanesOf("t-a-12", 1)];
  const lit = (name: string) => [list, xarray].map((design) => timelineLit(design, name).length);
  expect(lit("lock:f0/rm->lock")).toEqual([2, 1]);
  expect(lit("lock:f0/inode->lock")).toEqual([1, 1]);
  expect(lit("count:vm0")).toEqual([1, 1]);
  expect(lit("slot:vm0/6")).toEqual([2, 0]);
  expect(lit("event:v10/14")).toEqual([1, 0]);
  for (const name of ["event:v10/999", "event:v10/0", "slot:vm9/1", "page:f0/1", "lock:f0/mmu_lock", "junk"])
    expect(lit(name), name).toEqual([0, 0]);
});

it("t-h: an event is found in the lane of its own task alone", () => {
  const list = lanesOf("t-h", 0);
  for (const [k, { task }] of list.play.recording.steps.entries()) {
    const lane = list.lanes.find((each) => each.kind === "task" && each.task === task)!;
    const name = timelineHit(list, list.xOf(k + 1), lane.top + lane.height / 2);
    expect(name).toBe(`event:v10/${k + 1}`);
    const [box] = timelineLit(list, name!);
    expect(box!.y).toBeGreaterThanOrEqual(lane.top - 1);
    expect(box!.y + box!.height).toBeLessThanOrEqual(lane.top + lane.height + 1);
  }
});

it("t-a-4096: the needed call is what its mark tells, although thousands lie beside it", () => {
  const list = lanesOf("t-a-4096", 0);
  const needed = list.play.recording.steps.findIndex(({ events }) =>
    events.some((each) => "hit" in each && each.hit),
  );
  const name = timelineHit(list, list.xOf(needed + 1) + 2, middle(list, "task"));
  // What zaps or frees as near by is rarer still, and has the mark.
  const { events } = list.play.recording.steps[(objectOf(name) as { step: number }).step - 1]!;
  expect(["needed", "zapped", "freed"]).toContain(stepKind(events));
  expect(timelineHit(list, list.xOf(needed - 200), middle(list, "task"))).toBe(`event:v10/${needed - 200}`);
});
