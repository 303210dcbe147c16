// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { ModelBug } from "../../assert.ts";
import { drain } from "../../sim/slices.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { eventLines } from "./eventLines.ts";
import { FORMAT } from "./format.ts";
import { play } from "./play.ts";
import { ANY } from "./anyRepertoire.ts";
import { readingScenario } from "./readingScenario.ts";
import { BASIC, type Repertoire } from "./repertoire.ts";
import { tA12 } from "./tA12.ts";
import { VARIANTS } from "../machine/variants.ts";

it.each(VARIANTS)("the opening scenario is the same run under %s, whoever performs it", (variant) => {
  const [basic, any] = [BASIC, ANY].map((repertoire) =>
    play(drain(readingScenario(tA12(), repertoire)), variant),
  );
  expect([...eventLines(basic!)].length).toBeGreaterThan(10);
  expect([...eventLines(basic!)]).toEqual([...eventLines(any!)]);
  // What the opening page does not watch holds in its scenario.
  expect(basic!.findings).toEqual(any!.findings);
});

it.each<OperationDocument>([
  { op: "deleteSlot", vm: "vm0", slot: 0 },
  { op: "bind", file: "f0", start: 0, end: 1, notifier: "vm0/0", exclusive: true },
  { op: "unbind", file: "f0", start: 0, end: 1, notifier: "vm0/0" },
])("$op is in the whole repertoire alone; the basic one throws", (operation) => {
  const playedBy = (repertoire: Repertoire) => {
    const document: ScenarioDocument = {
      ...{ format: FORMAT, title: "One", files: { f0: { pages: 1 } }, vms: { vm0: {} } },
      tasks: { P: [operation] },
    };
    return play(drain(readingScenario(document, repertoire)), "review");
  };
  expect(playedBy(ANY).recording.steps.length).toBeGreaterThan(0);
  expect(() => playedBy(BASIC)).toThrow(ModelBug);
});
