// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { countPages, countVitest, shortfall, stepOf } from "./tally.mjs";

const file = (name: string, ...tests: string[]) => ({
  name,
  status: tests.every((status) => status === "passed") && tests.length > 0 ? "passed" : "failed",
  assertionResults: tests.map((status) => ({ status })),
});

it("a test file's name says which step it counts for", () => {
  expect(stepOf("/lab/src/floors.test.ts")).toBe("floors");
  expect(stepOf("/lab/src/engine/kernel/xarray/recordings.test.ts")).toBe("recordings");
  expect(stepOf("/lab/src/engine/sim/replay.property.test.ts")).toBe("property");
  expect(stepOf("C:\\lab\\src\\floors.test.ts")).toBe("floors");
  expect(stepOf("/lab/src/ui/text/sentence.test.tsx")).toBe("unit");
});

it("counts go to the step of their file, and a test that was skipped or left to do has failed", () => {
  const testResults = [
    file("/src/a.test.ts", "passed", "failed", "skipped"),
    file("/src/b.test.ts", "passed", "todo"),
    file("/src/b.property.test.ts", "passed"),
  ];
  expect(countVitest({ testResults })).toEqual({
    floors: { passed: 0, failed: 0 },
    unit: { passed: 2, failed: 3 },
    property: { passed: 1, failed: 0 },
    recordings: { passed: 0, failed: 0 },
  });
});

it("a test file that does not even load is one failure", () => {
  expect(countVitest({ testResults: [file("/src/a.test.ts")] }).unit).toEqual({ passed: 0, failed: 1 });
});

it("a page test that passed only when repeated, or was skipped, has failed", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };
  expect(countPages({ stats })).toEqual({ passed: 5, failed: 6 });
});

it("a step that ran fewer tests than its floor is complained about, one at its floor is not", () => {
  expect(shortfall("unit", { passed: 6, failed: 1 }, 8)).toBe(
    "unit ran 7 tests; its floor in scripts/test.mjs is 8",
  );
  expect(shortfall("unit", { passed: 7, failed: 1 }, 8)).toBeNull();
});
