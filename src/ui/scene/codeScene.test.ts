// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { codeScene, excerptOf } from "./codeScene.ts";
import { codeSources, type Place } from "./codeSources.ts";
import { framesOf, scenarioNamed } from "./framesOf.ts";

const sources = codeSources({
  "perform.ts": 'function* fallocate() {\n  step("syscall: fallocate is called");\n}\n',
  "lock.ts": 'const take = () =>\n  step("start walk: take the list\'s mutex");\n',
});
const twelve = scenarioNamed("t-a-12");

it("the calls of the last step are shown, each with its place, innermost last", () => {
  const [list] = framesOf(twelve, 0, 2);
  const { state, task, calls } = codeScene(list, sources);
  expect({ state, task }).toEqual({ state: "running", task: null });
  expect(calls.map(({ label }) => label)).toEqual(list.play.recording.steps[1]?.at);
  expect(calls.length).toBe(3);
  expect(calls.at(-1)?.place).toMatchObject({ file: "lock.ts", line: 2, within: "take" });
  expect(calls[0]?.place).toBeNull();
});

it("before the first step there is nothing to show", () => {
  expect(codeScene(framesOf(twelve, 0, 0)[0], sources)).toEqual({ state: "before", task: null, calls: [] });
});

it("a design that is done keeps its last line and waits", () => {
  const [, xarray] = framesOf(twelve, 0, 30);
  const { state, calls } = codeScene(xarray, sources);
  expect(state).toBe("waiting");
  expect(calls.at(-1)?.label).toBe(xarray.play.recording.steps.at(-1)?.at.at(-1));
});

it("what ran in the operation before is not shown in the next, and a design without steps is idle", () => {
  const two = scenarioNamed("t-d");
  const [upper] = framesOf(two, 1, 0);
  expect(upper.step).toBeGreaterThan(0);
  expect(codeScene(upper, sources)).toMatchObject({ state: "before", calls: [] });
  expect(codeScene({ ...upper, waiting: true }, sources)).toMatchObject({ state: "idle", calls: [] });
});

it("with several tasks the one is named that took the step", () => {
  const race = scenarioNamed("t-b1");
  const frame = framesOf(race, 0, ({ type }) => type === "slot.invisible")[0];
  expect(codeScene(frame, sources).task).toBe("U");
});

describe("an excerpt", () => {
  const text = "// head\nf(\n\n  a, // why\n  // more\n    b,\n  c,\n)\n";
  const lines = codeSources({ "x.ts": text });
  const place = (line: number): Place => ({ path: "x.ts", file: "x.ts", line, within: null });
  const numbers = (line: number, before: number, after: number) => {
    const shown = excerptOf(lines, place(line), before, after);
    return [...shown.before, shown.line, ...shown.after].map((each) => each?.number);
  };

  it("passes over comments and blank lines and keeps the numbers", () => {
    expect(numbers(6, 2, 1)).toEqual([2, 4, 6, 7]);
  });

  it("takes what there is at the file's edges", () => {
    expect(numbers(2, 3, 1)).toEqual([2, 4]);
    expect(numbers(8, 1, 3)).toEqual([7, 8]);
  });

  it("knows the blanks that all its lines begin with", () => {
    expect(excerptOf(lines, place(6), 1, 1).indent).toBe(2);
    expect(excerptOf(lines, place(6), 2, 1).indent).toBe(0);
  });
});
