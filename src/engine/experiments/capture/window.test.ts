// SPDX-License-Identifier: GPL-2.0-only
// Played part by part, a recording costs what it costs as a whole, and leaves the same holes.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { present } from "../../assert.ts";
import { goTo } from "../../sim/recording.ts";
import { type Bill, billOf, countsBefore } from "../cost/bill.ts";
import { VARIANTS, type VariantId } from "../machine/variants.ts";
import { builtIn } from "../scenarios/catalogue.ts";
import type { OperationDocument, ScenarioDocument } from "../scenarios/document.ts";
import { FORMAT } from "../scenarios/format.ts";
import { parseDocument } from "../scenarios/parse.ts";
import { play } from "../scenarios/play.ts";
import { scenarioOf } from "../scenarios/scenarioOf.ts";
import { tally } from "../scenarios/tally.ts";
import { documentOf } from "./builtInDocument.ts";
import { taskOf, windowOf } from "./window.ts";

const read = (path: string): string => {
  const bytes = readFileSync(new URL(`../../../../public/${path}`, import.meta.url));
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
};
const balloon = documentOf(present(builtIn("q35-balloon"), "q35-balloon"), read) as ScenarioDocument;
const boot = documentOf(present(builtIn("q35-boot"), "q35-boot"), read) as ScenarioDocument;

/** Slots come and go between the punches, and some pages are really allocated. */
const slot = (id: number, pgoff: number): OperationDocument => ({
  ...{ op: "createSlot", vm: "vm0", slot: id, pages: 100, gfn: 5000 + pgoff, file: "f0", pgoff },
});
const punch = (start: number, end: number): OperationDocument => ({ op: "punch", file: "f0", start, end });
const changing: ScenarioDocument = {
  ...{
    format: FORMAT,
    title: "Changing",
    files: { f0: { pages: 4096 } },
    vms: { vm0: {} },
    assumed: ["present", "mapped"],
  },
  setup: [slot(0, 0)],
  tasks: {
    VMM: [
      ...[
        slot(1, 100),
        punch(50, 150),
        slot(2, 120),
        punch(0, 10),
        { op: "deleteSlot", vm: "vm0", slot: 1 } as const,
      ],
      ...[slot(2, 120), punch(90, 200), punch(5, 8), slot(3, 300), punch(0, 4096), punch(310, 311)],
    ],
  },
};

const partsOf = (document: ScenarioDocument, variant: VariantId, every: number) => {
  const [, operations] = taskOf(document);
  const bill: Bill = billOf(scenarioOf(document), variant, every);
  return Array.from({ length: Math.ceil(operations.length / every) }, (_, k) => {
    const before = countsBefore(bill, k * every);
    const own = {
      from: k * every,
      operations: operations.length,
      before: new Map([[variant, before]]),
      total: new Map(),
    };
    const part = windowOf(document, k * every, (k + 1) * every);
    const next = (k + 1) * every < operations.length ? countsBefore(bill, (k + 1) * every) : bill.total;
    return { part, next, scenario: { ...scenarioOf(part), part: own } };
  });
};

describe("a part of a recording", () => {
  it.each(VARIANTS)(
    "begins under %s with the counts of all before it and ends with those of the next",
    (variant) => {
      for (const [document, every] of [
        [changing, 1],
        [changing, 3],
        [boot, 10],
      ] as const)
        for (const { scenario, next } of partsOf(document, variant, every))
          expect(tally(scenario, variant).counters).toEqual(next);
    },
  );

  it.each(VARIANTS)(
    "does so under %s for the first, some middle and the last of 8,632 punches",
    (variant) => {
      const parts = partsOf(balloon, variant, 256);
      expect(parts).toHaveLength(34);
      for (const k of [0, 1, 17, 33]) {
        const { scenario, next } = present(parts[k], `part ${k}`);
        expect(tally(scenario, variant).counters).toEqual(next);
      }
    },
  );

  it("is a scenario that the parser takes, with the operations that it is about", () => {
    const part = windowOf(balloon, 512, 768);
    expect(parseDocument(part).ok).toBe(true);
    expect(taskOf(part)[1]).toEqual(taskOf(balloon)[1].slice(512, 768));
    expect(part.expect).toBeUndefined();
    expect(part.assumed).toEqual(["present", "mapped"]);
  });

  it("leaves the holes that the whole leaves", () => {
    for (const variant of VARIANTS) {
      const whole = play(scenarioOf(changing), variant);
      const parts = partsOf(changing, variant, 4);
      const last = play(present(parts.at(-1), "the last part").scenario, variant);
      const end = ({ recording }: typeof whole) => goTo(recording, recording.steps.length).world;
      expect(end(last).assumed).toEqual(end(whole).assumed);
    }
  });

  it("has earlier punches as runs of pages, joined where they meet", () => {
    const holes = windowOf(changing, 9, 20).setup?.filter(({ op }) => op === "punch");
    expect(holes).toEqual([punch(0, 10), punch(50, 200)]);
  });
});
