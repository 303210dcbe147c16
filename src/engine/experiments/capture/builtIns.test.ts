// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { VARIANTS } from "../machine/variants.ts";
import { documentOf } from "./builtInDocument.ts";
import { BUILT_INS, type BuiltIn } from "../scenarios/catalogue.ts";
import { unmetExpectations } from "../scenarios/expectation.ts";
import { parseDocument } from "../scenarios/parse.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { tally } from "../scenarios/tally.ts";

const PUBLIC = new URL("../../../../public/", import.meta.url);
const read = (path: string): string => {
  const bytes = readFileSync(new URL(path, PUBLIC));
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
};

const load = (entry: BuiltIn) => {
  const parsed = parseDocument(documentOf(entry, read));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.scenario;
};

describe.each(BUILT_INS)("$name", (entry) => {
  // Unpacked and parsed once: all of its tests read the same scenario.
  let loaded: Scenario | null = null;
  const scenario = () => {
    loaded ??= load(entry);
    return loaded;
  };
  it("has one title, in the picker and in its document", () => {
    expect(scenario().title).toBe(entry.title);
  });

  it("declares something for both designs that it opens with", () => {
    const { show, expect: declared } = scenario();
    for (const variant of show) expect(declared.get(variant)?.findings).not.toBeNull();
  });

  it.each(VARIANTS)(
    "shows under %s what it declares, and every task ends but a fault that never does",
    (variant) => {
      const run = tally(scenario(), variant);
      expect(unmetExpectations(run)).toEqual([]);
      // A vCPU that faults for ever is a task that does not end.
      const loops = run.findings.some(({ invariant }) => invariant === "I31");
      expect(run.stuck).toEqual(loops ? ["V"] : []);
    },
  );
});
