// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BUILT_INS, operationSteps, parseScenario, play, type Scenario } from "../../engine/index.ts";
import { scenarioNamed } from "./framesOf.ts";
import * as vcpus from "./timelineVcpuLanes.ts";
import { binned } from "./timelineBins.ts";
import type { DesignTimeline, TimelineRun } from "./timelineLanes.ts";
import { spansOf } from "./timelineSpans.ts";
import { timelineScene } from "./timelineScene.ts";
import { BIN_PX, BIN_SHAPES, STEP_SHAPES } from "./timelineShapes.ts";
import { BIN_KINDS, STEP_KINDS } from "./timelineSteps.ts";
import { placeWords } from "./timelineWords.ts";

const WIDTH = 896;

/** The timeline of both designs of `scenario`. */
function timelineOf(scenario: Scenario, width = WIDTH) {
  const plays = scenario.show.map((variant) => play(scenario, variant));
  const operations = plays.map(operationSteps);
  const begins = [0];
  for (let k = 0; k < operations[0]!.length; k++)
    begins.push(begins[k]! + Math.max(...operations.map((own) => own[k]!.last - own[k]!.first + 1)));
  const runs = plays.map((own, design): TimelineRun => {
    const timeOf = (step: number) => {
      const k = Math.max(
        0,
        operations[design]!.findIndex(({ last }) => step <= last),
      );
      return begins[k]! + Math.max(0, step - operations[design]![k]!.first + 1);
    };
    return { play: own, operations: operations[design]!, timeOf, vcpus };
  });
  const scene = timelineScene([runs[0]!, runs[1]!], begins, width);
  return { scene, plays, begins, upper: scene.designs[0]!, lower: scene.designs[1]! };
}

const named = (name: string, width = WIDTH) => timelineOf(scenarioNamed(name), width);
const wordsOf = ({ words }: DesignTimeline) =>
  words.map((mark) => ("text" in mark ? mark.text : "")).sort((a, b) => a.localeCompare(b));
const pathOf = ({ marks }: DesignTimeline, look: string) => {
  const mark = marks.find((each) => each.look === look);
  return mark !== undefined && "d" in mark ? mark.d : "";
};
/** How many shapes a path of several is made of, each of which begins with `M`. */
const shapes = (design: DesignTimeline, look: string) => pathOf(design, look).split("M").length - 1;

describe("t-a-12", () => {
  const { upper, lower, scene } = named("t-a-12");

  it("says who held what and for how long, lane by lane", () => {
    expect(upper.says).toEqual([
      "P: 38 steps; 24 calls, 22 wasted; zaps in step 8; frees pages in step 21.",
      "rm->lock held by P in steps 2–19 and 23–38; dropped between the two walks in steps 19–23, where slots can come and go; inode->lock held in steps 20–22.",
      "in_progress of vm0: 1 in steps 7–28.",
    ]);
    expect(lower.says[1]).toBe(
      "rm->lock held by P for reading in steps 2–14; inode->lock held in steps 8–10.",
    );
  });

  it("a needed call is filled, a wasted one hatched; the xarray has no wasted one", () => {
    expect([shapes(upper, "needed"), shapes(lower, "needed")]).toEqual([2, 2]);
    // A box and three lines each.
    expect(shapes(upper, "wasted")).toBe(22 * 4);
    expect(pathOf(lower, "wasted")).toBe("");
  });

  it("the list's lock is a solid bar with a dashed gap, the xarray's a double one without", () => {
    expect(shapes(upper, "held")).toBe(2);
    expect(pathOf(upper, "dropped")).toMatch(/^M448 .*H542\.3$/); // steps 19 to 23 of 38
    expect([shapes(lower, "heldRead"), pathOf(lower, "held"), pathOf(lower, "dropped")]).toEqual([2, "", ""]);
  });

  it("the words say the gap, the count, and who is done", () => {
    expect(wordsOf(upper)).toEqual([
      ...["1 for 21 steps", "inode->lock", "lock dropped here: slots can come and go"],
    ]);
    expect(wordsOf(lower)).toContain("done after 14 steps");
  });

  it("three lanes a design, 22 px apart, in little more than 130 px", () => {
    for (const { lanes } of scene.designs) {
      expect(lanes.map(({ kind }) => kind)).toEqual(["task", "locks", "count"]);
      expect(lanes.map(({ height }) => height)).toEqual([22, 22, 22]);
    }
    expect(scene.height).toBeLessThan(145);
  });
});

describe("what goes wrong", () => {
  it("t-b1: the finding has a line with its step, the count is stuck, the deletion was put off", () => {
    const { upper, lower } = named("t-b1");
    expect(wordsOf(upper)).toEqual(
      expect.arrayContaining([
        "step 21: I3, I4",
        "stuck at 1, to the end",
        "lock dropped here: slots can come and go",
      ]),
    );
    expect(shapes(upper, "finding")).toBe(1);
    expect(shapes(upper, "countBroken")).toBe(1);
    expect([shapes(lower, "finding"), shapes(lower, "countBroken"), shapes(lower, "dropped")]).toEqual([
      0, 0, 0,
    ]);
    expect([shapes(upper, "putOff"), shapes(upper, "waited"), shapes(upper, "waiting")]).toEqual([1, 1, 1]);
    expect(wordsOf(lower)).toContain("put off");
    expect(upper.says).toContain("Broken at step 21: I3 and I4.");
    expect(upper.says.join()).toContain(
      "waits for rm->lock in steps 16–18; “U to end” was put off before step 17",
    );
  });

  it("t-b2: the count below 0 says so", () => {
    const { upper } = named("t-b2");
    expect(wordsOf(upper)).toContain("stuck at −1, to the end");
    expect(upper.says.join()).toContain(
      "in_progress of vm0: -1 in steps 17–19, wrong from step 17 to the end.",
    );
  });

  it("t-f: a refusal has a mark and its errno", () => {
    const { upper } = named("t-f");
    expect(shapes(upper, "refused")).toBeGreaterThan(0);
    expect(wordsOf(upper)).toContain("-EINVAL");
  });

  it("t-h: each VM has a count of its own, each task a lane with the locks it holds", () => {
    const { upper, lower } = named("t-h");
    for (const { lanes } of [upper, lower]) {
      expect(lanes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
        ...["task P1", "locks rm->lock", "task P2", "locks rm->lock"],
        ...["count vm0 in_progress", "count vm1 in_progress"],
      ]);
    }
    expect([shapes(upper, "dropped"), shapes(lower, "dropped")]).toEqual([2, 0]);
  });

  it("t-h: the two walks overlap under the semaphore and not under the mutex; the freeing is serial in both", () => {
    const { plays } = named("t-h");
    const overlaps = (spans: readonly { from: number; to: number; task: number }[]) =>
      spans.some((a) => spans.some((b) => a.task < b.task && a.from < b.to && b.from < a.to));
    const [mutex, semaphore] = plays.map(spansOf);
    expect([overlaps(mutex!.holds), overlaps(semaphore!.holds)]).toEqual([false, true]);
    expect([overlaps(mutex!.inner), overlaps(semaphore!.inner)]).toEqual([false, false]);
    for (const { inner } of [mutex!, semaphore!]) expect(new Set(inner.map(({ task }) => task)).size).toBe(2);
  });
});

describe("long runs", () => {
  it("in a place of four pixels the rarest kind is drawn, and a needed call below a rarer one", () => {
    const at = (x: number, ...kinds: (typeof BIN_KINDS)[number][]) => kinds.map((kind) => ({ x, kind }));
    expect(
      binned([...at(1, "other", "wasted"), ...at(9, "wasted", "needed", "cut"), ...at(5, "violation")]),
    ).toEqual([
      { x: 2, kind: "wasted", alsoNeeded: false },
      { x: 6, kind: "violation", alsoNeeded: false },
      { x: 10, kind: "cut", alsoNeeded: true },
    ]);
  });

  it("wherever the one needed call among 8,000 lies, it keeps its mark", () => {
    for (let needed = 0; needed < 8000; needed += 97) {
      const steps = Array.from({ length: 8000 }, (_, k) => ({
        x: (k / 8000) * WIDTH,
        kind: k === needed ? ("needed" as const) : ("wasted" as const),
      }));
      const marks = binned(steps).filter(({ kind }) => kind === "needed");
      expect(marks).toHaveLength(1);
      expect(Math.abs(marks[0]!.x - steps[needed]!.x)).toBeLessThanOrEqual(BIN_PX);
    }
  });

  it.each([
    ["t-a-4096", WIDTH],
    ["t-a-4096", 704],
    ["t-a-512", WIDTH],
  ])("%s at %d px: the one memslot that is needed is marked at its start and at its end", (name, width) => {
    const { upper, plays } = named(name, width);
    const { steps } = plays[0]!.recording;
    const needed = steps.flatMap(({ events }, k) =>
      events.some((event) => "hit" in event && event.hit) ? [((k + 1) / steps.length) * width] : [],
    );
    expect(needed).toHaveLength(2);
    const drawn = [...pathOf(upper, "bin-needed").matchAll(/M([\d.]+) /g)].map(([, x]) => Number(x) + 1.5);
    expect(drawn).toHaveLength(2);
    for (const [k, x] of drawn.entries()) expect(Math.abs(x - needed[k]!)).toBeLessThanOrEqual(BIN_PX);
    expect(pathOf(upper, "dropped")).not.toBe("");
    expect(wordsOf(upper)).toContain("lock dropped here: slots can come and go");
    expect(shapes(upper, "bin-wasted") / 3).toBeLessThanOrEqual(width / BIN_PX + 1);
  });

  it("t-a-all: where every call is needed every place says so, and a run of 65,000 steps is few elements", () => {
    const { upper, lower, scene } = named("t-a-all");
    for (const design of [upper, lower]) {
      expect(shapes(design, "bin-needed")).toBeGreaterThan(WIDTH / BIN_PX - 3);
      expect(design.marks.length + design.words.length).toBeLessThan(24);
      expect(design.says.join()).toContain("up to 4,096");
    }
    expect(scene.height).toBeLessThan(145);
  });
});

it("q35-boot: each operation has its border, what is refused is marked, and one finding of many has words", () => {
  const parsed = parseScenario(
    readFileSync(new URL("../../../public/scenarios/q35-boot.json", import.meta.url), "utf8"),
  );
  if (!parsed.ok) throw new Error("q35-boot does not parse");
  const { scene, lower, begins } = timelineOf(parsed.scenario);
  expect(scene.borders).toHaveLength(42);
  expect(scene.borders[0]).toBeCloseTo((begins[1]! / begins.at(-1)!) * WIDTH);
  expect(shapes(lower, "bin-violation")).toBeGreaterThan(15);
  expect(wordsOf(lower).filter((text) => text.includes("I17"))).toHaveLength(1);
});

it("no two kinds have the same shape, so that grey tells them apart as well", () => {
  expect(new Set(STEP_KINDS.map((kind) => STEP_SHAPES[kind](0, 0))).size).toBe(STEP_KINDS.length);
  expect(new Set(BIN_KINDS.map((kind) => BIN_SHAPES[kind](0, 0))).size).toBe(BIN_KINDS.length);
});

it("words take the first wording that fits beside their mark, and never each other's room", () => {
  const room = { width: 200, taken: [] };
  expect(placeWords(room, 50, 60, ["a wording that is too long for it all", "ten chars."])).toEqual({
    ...{ x: 68, anchor: "start", text: "ten chars." },
  });
  expect(placeWords(room, 150, 60, ["ten chars."])).toBeNull();
  expect(placeWords(room, 190, 195, ["six ch"])).toEqual({ x: 182, anchor: "end", text: "six ch" });
});

it.each(
  BUILT_INS.map(({ name }) => name).filter(
    (name) => name !== "t-a-all" && name !== "t-a-32764" && !name.startsWith("q35"),
  ),
)("%s: at any width all of it lies on the strip and every lane has a sentence", (name) => {
  for (const width of [256, 704, WIDTH, 1536]) {
    const { scene } = named(name, width);
    expect(JSON.stringify(scene)).not.toMatch(/NaN|Infinity|undefined/);
    for (const design of scene.designs) {
      expect(design.says.length).toBeGreaterThanOrEqual(design.lanes.length);
      const xs = design.marks.flatMap((mark) =>
        "d" in mark ? [...mark.d.matchAll(/[MH](-?[\d.]+)/g)].map(([, x]) => Number(x)) : [],
      );
      expect(xs.filter((x) => !(x >= -6 && x <= width + 6))).toEqual([]);
    }
  }
});
