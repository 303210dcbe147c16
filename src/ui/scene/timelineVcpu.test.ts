// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { operationSteps, play, type Scenario } from "../../engine/index.ts";
import { scenarioFrom, scenarioNamed } from "./framesOf.ts";
import { objectOf } from "./object.ts";
import { timelineHit, timelineLit } from "./objectTimeline.ts";
import * as vcpus from "./timelineVcpuLanes.ts";
import type { Lane } from "./timelineLane.ts";
import { type DesignTimeline, designLanes } from "./timelineLanes.ts";
import { VCPU_SHAPES } from "./timelineShapes.ts";

const WIDTH = 896;
const [LIST, XARRAY] = [0, 1] as const;

/** The lanes of one design, from the top of the strip. */
function lanesOf(scenario: Scenario, design: 0 | 1, isAlone = false, width = WIDTH) {
  const own = play(scenario, scenario.show[design]);
  const count = own.recording.steps.length;
  const scale = { begins: [0, count], width, xOf: (time: number) => (time / count) * width };
  const run = { play: own, operations: operationSteps(own), timeOf: (step: number) => step, vcpus };
  return { play: own, xOf: scale.xOf, ...designLanes(run, scale, 0, isAlone) };
}

const wordsOf = ({ words }: DesignTimeline) => words.map((mark) => ("text" in mark ? mark.text : ""));
const shapes = ({ marks }: DesignTimeline, look: string) => {
  const mark = marks.find((each) => each.look === look);
  return mark !== undefined && "d" in mark ? mark.d.split("M").length - 1 : 0;
};
const named = ({ lanes }: DesignTimeline) => lanes.map(({ kind, name }) => `${kind} ${name}`);
/** Where its words would lie if drawn, a little less high than its letters are. */
const boxesOf = ({ words }: DesignTimeline) =>
  words.flatMap((mark) => {
    if (!("text" in mark)) return [];
    const wide = mark.text.length * 5.5;
    return { text: mark.text, x: mark.anchor === "end" ? mark.x - wide : mark.x, wide, y: mark.y };
  });

describe("t-l5, a vCPU that is kicked", () => {
  const list = lanesOf(scenarioNamed("t-l5"), LIST);

  it("has one lane with the task that is nothing else, above the others", () => {
    expect(named(list)).toEqual([
      ...["vcpu vCPU 0 · V", "task P", "locks rm->lock", "task W", "count vm0 in_progress"],
    ]);
  });

  it("the kick, the flush at its next entry, and the stretch with a stale translation in between", () => {
    expect([shapes(list, "kick"), shapes(list, "flushedIn"), shapes(list, "mayUseStale")]).toEqual([1, 1, 1]);
    expect(wordsOf(list)).toContain("stale until it exits");
    expect(list.says[0]).toMatch(
      /vm0\/vcpu0 is in the guest in steps .*; is kicked out to flush in step 18; flushes in step 31; may use a stale translation in steps 17–19\./,
    );
  });

  it("without the flush it is stale to the end, and nobody is kicked", () => {
    const off = lanesOf(scenarioNamed("t-l5-off"), LIST);
    expect([shapes(off, "kick"), shapes(off, "flushedIn"), shapes(off, "mayUseStale")]).toEqual([0, 0, 1]);
    expect(wordsOf(off).join()).toContain("stale to the end");
  });

  it("a kick is an event in the lane of who sends it and in that of the vCPU; a stretch is what it began with", () => {
    const lane = list.lanes[0]!;
    const hit = (step: number) => timelineHit(list, list.xOf(step), lane.top + 10);
    expect(hit(18)).toBe("event:v10/18");
    const lit = timelineLit(list, "event:v10/18");
    expect(lit.map(({ y }) => y >= lane.top && y < lane.top + lane.height)).toEqual([true, false]);
    const outside = objectOf(hit(25));
    expect(outside).toEqual({ kind: "event", variant: "v10", step: 19 });
  });
});

describe("faults that are sent back", () => {
  it.each([
    ["t-l1", "the sequence has moved"],
    ["t-l2", "sent back: count"],
  ])("%s: the mark, the wait, and why", (name, why) => {
    for (const design of [LIST, XARRAY] as const) {
      const own = lanesOf(scenarioNamed(name), design);
      expect(shapes(own, "retry")).toBeGreaterThan(0);
      expect(shapes(own, "retrying")).toBeGreaterThan(0);
      expect(wordsOf(own).join()).toContain("sent back");
      expect(own.says.join()).toContain(`its fault is sent back in step`);
      expect(wordsOf(own).join()).toContain(why);
    }
  });

  it("t-q: an error that stays is a fault for ever", () => {
    expect(wordsOf(lanesOf(scenarioNamed("t-q"), LIST))).toContain("faults for ever: -ENOMEM");
  });
});

const ACCESS = (vcpu: number) => ({ op: "guestRead", vm: "vm0", vcpu, gfn: 5 + vcpu });

/** One task runs all of so many vCPUs, then a punch. */
const manyVcpus = (vcpus: number) =>
  scenarioFrom({
    format: "restricted-memory-lab/1",
    title: "many",
    about: "many vCPUs",
    files: { f0: { pages: 1024 } },
    vms: { vm0: { vcpus } },
    setup: [
      { op: "createSlot", vm: "vm0", slot: 0, pages: 1024, file: "f0", pgoff: 0 },
      { op: "allocate", file: "f0", start: 0, end: 64 },
    ],
    tasks: {
      V: Array.from({ length: vcpus - 1 }, (_, vcpu) => ACCESS(vcpu)),
      P: [{ op: "punch", file: "f0", start: 5, end: 6 }],
    },
    choices: ["V to end", "P to end"],
    show: ["v10", "review"],
  });

describe("many vCPUs of one task", () => {
  const of = ({ lanes }: DesignTimeline, kind: Lane["kind"]) => lanes.filter((lane) => lane.kind === kind);

  it("each has a lane of its own; one that is outside keeps the request for its next entry", () => {
    const own = lanesOf(manyVcpus(3), LIST);
    expect(named(own).slice(0, 1)).toEqual(["task V"]);
    expect(of(own, "vcpu").map(({ name }) => name)).toEqual(["vCPU 0", "vCPU 1", "vCPU 2"]);
    expect([shapes(own, "kick"), shapes(own, "request")]).toEqual([2, 1]);
    expect(wordsOf(own)).toContain("flush waits for the next entry");
  });

  it("beside another design those with the most to tell are drawn, and the others are named", () => {
    const own = lanesOf(manyVcpus(12), LIST);
    expect(of(own, "vcpu")).toHaveLength(3);
    // The only one that has cached what is punched.
    expect(of(own, "vcpu")[0]!.name).toBe("vCPU 0");
    expect(own.says.join()).toContain("Not drawn: vm0/vcpu3, ");
    expect(of(lanesOf(manyVcpus(12), LIST, true), "vcpu")).toHaveLength(8);
  });
});

describe("words", () => {
  it("t-user: each of its refusals has its errno, below its own mark", () => {
    const lanes = lanesOf(scenarioNamed("t-user"), LIST);
    const refused = lanes.play.recording.steps.flatMap(({ events }, k) =>
      events.flatMap((event) =>
        event.type === "operation.returned" && event.errno !== null
          ? { errno: `-${event.errno}`, x: lanes.xOf(k + 1) }
          : [],
      ),
    );
    expect(refused.map(({ errno }) => errno)).toEqual(["-EINVAL", "-ESPIPE", "-EINVAL", "-ENODEV", "-EPERM"]);
    const boxes = boxesOf(lanes).filter(({ text }) => text.startsWith("-E"));
    expect(new Set(boxes.map(({ y }) => y)).size).toBe(1);
    for (const { errno, x } of refused)
      expect(
        boxes.filter((box) => box.text === errno && box.x <= x && x <= box.x + box.wide + 9),
      ).toHaveLength(1);
  });

  it("t-b4: findings that lie close share a label", () => {
    expect(wordsOf(lanesOf(scenarioNamed("t-b4"), LIST))).toEqual(
      expect.arrayContaining(["step 24: I10, I8, I9", "I2, I4, I1", "stale to the end"]),
    );
  });

  it.each([
    "t-b1",
    "t-b2",
    "t-b2-5",
    "t-b3",
    "t-b4",
    "t-l1",
    "t-l1-off",
    "t-l2",
    "t-l5",
    "t-l5-off",
    "t-m1",
    "t-m3",
    "t-h",
    "t-ah",
    "t-n",
    "t-q",
    "t-r",
    "t-user",
  ])("%s: never lie over each other, nor over the line of a finding", (name) => {
    for (const design of [LIST, XARRAY] as const)
      for (const width of [704, WIDTH, 1344]) {
        const lanes = lanesOf(scenarioNamed(name), design, false, width);
        const boxes = boxesOf(lanes);
        for (const { step } of lanes.play.findings)
          for (const { text, x, wide } of boxes) {
            const line = lanes.xOf(step);
            expect(line < x || x + wide < line, `${width}: ${text} over the line at step ${step}`).toBe(true);
          }
        for (const [k, a] of boxes.entries())
          for (const b of boxes.slice(k + 1)) {
            const apart = a.x + a.wide < b.x || b.x + b.wide < a.x || Math.abs(a.y - b.y) > 7.5;
            expect(apart, `${width}: ${a.text} over ${b.text}`).toBe(true);
          }
      }
  });
});

it("what happens to a vCPU is told by its shape: only a kick and a request are alike, one filled", () => {
  expect(new Set(Object.values(VCPU_SHAPES).map((shape) => shape(0, 0))).size).toBe(
    Object.keys(VCPU_SHAPES).length - 1,
  );
});
