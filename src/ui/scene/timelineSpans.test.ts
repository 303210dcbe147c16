// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { type Play, play } from "../../engine/index.ts";
import { scenarioNamed } from "./framesOf.ts";
import { type Span, spansOf } from "./timelineSpans.ts";
import { binKind, findingSteps, STEP_KINDS, stepKinds } from "./timelineSteps.ts";

const playsOf = (name: string): [Play, Play] => {
  const scenario = scenarioNamed(name);
  return [play(scenario, scenario.show[0]), play(scenario, scenario.show[1])];
};

const steps = (spans: readonly (Span & { task?: number })[]) => spans.map(({ from, to }) => [from, to]);
const of = <S extends { task: number }>(spans: readonly S[], task: number) =>
  spans.filter((span) => span.task === task);

describe("t-a-12", () => {
  const [list, xarray] = playsOf("t-a-12");

  it("every step is what its most telling event was", () => {
    const tally = (own: Play) =>
      Object.fromEntries(
        STEP_KINDS.map((kind) => [kind, stepKinds(own).filter((each) => each === kind).length]),
      );
    const same = { refused: 0, freed: 1, zapped: 1, needed: 2, flushed: 1, waited: 0 };
    expect(tally(list)).toEqual({ ...same, wasted: 22, other: 11 });
    expect(tally(xarray)).toEqual({ ...same, wasted: 0, other: 9 });
  });

  it("the list holds rm->lock twice and nothing between, the xarray once for reading", () => {
    const upper = spansOf(list);
    expect(steps(upper.holds)).toEqual([
      [2, 19],
      [23, 38],
    ]);
    expect(steps(upper.gaps)).toEqual([[19, 23]]);
    expect(upper.holds.map(({ mode }) => mode)).toEqual(["write", "write"]);
    const lower = spansOf(xarray);
    expect(lower.holds).toMatchObject([{ from: 2, to: 14, mode: "read" }]);
    expect(lower.gaps).toEqual([]);
    expect([steps(upper.inner), steps(lower.inner)]).toEqual([[[20, 22]], [[8, 10]]]);
  });

  it("in_progress is 1 from the needed start to the needed end", () => {
    expect(spansOf(list).brackets).toEqual([{ vm: "vm0", from: 7, to: 28, count: 1, brokenFrom: null }]);
    expect(spansOf(xarray).brackets).toEqual([{ vm: "vm0", from: 4, to: 12, count: 1, brokenFrom: null }]);
  });
});

it("t-b1: the deletion holds the list's lock inside of the punch's gap; the count is wrong from the finding on", () => {
  const [list, xarray] = playsOf("t-b1");
  const { holds, gaps, waits, brackets } = spansOf(list);
  expect(steps(of(gaps, 0))).toEqual([[17, 26]]);
  expect(steps(of(holds, 1))).toEqual([[18, 20]]);
  expect(steps(waits)).toEqual([[16, 18]]);
  expect(brackets).toEqual([{ vm: "vm0", from: 4, to: 27, count: 1, brokenFrom: 21 }]);
  expect(findingSteps(list)).toEqual([{ step: 21, names: ["I3", "I4"] }]);
  const lower = spansOf(xarray);
  expect(lower.gaps).toEqual([]);
  expect(steps(lower.waits)).toEqual([[16, 24]]);
  expect(lower.brackets.map(({ brokenFrom }) => brokenFrom)).toEqual([null]);
});

it("t-b2: a count below 0 is wrong from its first step", () => {
  const [list, xarray] = playsOf("t-b2");
  expect(spansOf(list).brackets).toEqual([{ vm: "vm0", from: 17, to: 19, count: -1, brokenFrom: 17 }]);
  expect(spansOf(xarray).brackets).toEqual([]);
});

it("t-h: both walks hold rm->lock at once under the xarray only; the inner lock is held by one at a time", () => {
  const overlap = (spans: readonly (Span & { task: number })[]) =>
    of(spans, 0).some((a) => of(spans, 1).some((b) => a.from < b.to && b.from < a.to));
  const [list, xarray] = playsOf("t-h").map(spansOf);
  expect(overlap(list!.holds)).toBe(false);
  expect(overlap(xarray!.holds)).toBe(true);
  expect([list!, xarray!].map(({ inner }) => overlap(inner))).toEqual([false, false]);
  expect(list!.gaps.map(({ task }) => task).sort()).toEqual([0, 1]);
});

it("a count that rises and falls is told by its peak", () => {
  const [list] = playsOf("t-a-512");
  expect(spansOf(list).brackets.map(({ count }) => count)).toEqual([1]);
  const many: Play = {
    ...list,
    recording: {
      ...list.recording,
      steps: [1, 2, 3, 2, 1, 0].map((count) => ({
        task: 0,
        operation: 0,
        at: [],
        events: [{ type: "bracket.ended", memslot: "", notifier: 0, vm: "vm0", seq: 0, count, range: null }],
      })),
    },
  };
  expect(spansOf(many).brackets).toEqual([{ vm: "vm0", from: 1, to: 6, count: 3, brokenFrom: null }]);
});

it("among others a step counts as broken, cut, needed or wasted before anything else", () => {
  expect(STEP_KINDS.map((kind) => binKind(kind, false))).toEqual([
    ...["violation", "cut", "cut", "needed", "wasted", "other", "other", "other"],
  ]);
  expect(STEP_KINDS.every((kind) => binKind(kind, true) === "violation")).toBe(true);
});
