// SPDX-License-Identifier: GPL-2.0-only
// From a document to a scenario: defaults filled in, names made numbers. Apart from the schema and the judge, which a
// page that shows a built-in scenario does without.

import { type Choice, parseChoice } from "../../sim/choice.ts";
import type { Slices } from "../../sim/slices.ts";
import { gfn } from "../../units.ts";
import { present } from "../../assert.ts";
import { COUNTER_IDS, type CounterId } from "../machine/counters.ts";
import type { InvariantId } from "../machine/invariants/finding.ts";
import type { Limits } from "../machine/limits.ts";
import type { Operation } from "../machine/operation.ts";
import type { VariantId } from "../machine/variants.ts";
import type { ScenarioDocument } from "./document.ts";
import type { Repertoire } from "./repertoire.ts";
import type { DeclaredFinding, Expectation, Scenario } from "./scenario.ts";

/** A slice of the reading ends after so many operations of the set-up. */
const SLICE_OPERATIONS = 4_096;

/**
 * The scenario of `document`, in slices. The document fits the schema and the judge has no complaint of it: either was
 * checked by the parser, or it is written in code and held to both by a test. `repertoire` has all of its operations.
 * Throws ModelBug where something is missing.
 */
export function* readingScenario(document: ScenarioDocument, repertoire: Repertoire): Slices<Scenario> {
  const setup: Operation[] = [];
  for (const operation of document.setup ?? []) {
    setup.push(repertoire.readOperation(operation));
    if (setup.length % SLICE_OPERATIONS === 0) yield;
  }
  return scenarioWith(document, setup, repertoire);
}

const scenarioWith = (
  document: ScenarioDocument,
  setup: readonly Operation[],
  { perform, readOperation, rules }: Repertoire,
): Scenario => ({
  title: document.title,
  about: document.about ?? "",
  files: new Map(Object.entries(document.files)),
  vms: new Map(
    Object.entries(document.vms).map(([name, vm]) => {
      const {
        seq = 0,
        range: [start, end] = [0, 0],
        vcpus = 0,
        levels = 4,
        underflow = "silent",
        private: hasPrivateMem = true,
      } = vm;
      return [
        name,
        { seq, range: [gfn(start ?? 0), gfn(end ?? 0)], vcpus, levels, underflow, hasPrivateMem },
      ];
    }),
  ),
  setup,
  perform,
  rules,
  assumed: document.assumed === undefined ? null : { mapped: document.assumed.length > 1 },
  limits: document.limits && limitsOf(document.limits),
  kernel: document.kernel,
  failAllocations: document.failAllocations,
  omit: new Set(document.omit),
  pagesPerStep: document.pagesPerStep ?? null,
  part: null,
  tasks: new Map(Object.entries(document.tasks).map(([name, list]) => [name, list.map(readOperation)])),
  choices: (document.choices ?? []).map((text): Choice => present(parseChoice(text), `choice ${text}`)),
  show: document.show ?? ["v10", "review"],
  expect: new Map(
    Object.entries(document.expect ?? {}).map(([variant, declared]) => [
      variant as VariantId,
      expectationOf(declared),
    ]),
  ),
  document,
});

const limitsOf = ({ fds, files, fsize, memory, mount }: NonNullable<ScenarioDocument["limits"]>): Limits => ({
  fds: fds ?? null,
  files: files ?? null,
  fsize: fsize === undefined ? null : BigInt(fsize),
  memory: memory ?? null,
  mount: mount ?? null,
});

type ExpectationDocument = NonNullable<ScenarioDocument["expect"]>[string];

function expectationOf({ findings, ...counters }: ExpectationDocument): Expectation {
  const declared = findings?.map((finding): DeclaredFinding => {
    const { invariant, trap = null } = typeof finding === "string" ? { invariant: finding } : finding;
    return { invariant: invariant as InvariantId, trap };
  });
  const known = COUNTER_IDS.flatMap((id): [CounterId, number][] => {
    const value = counters[id];
    return value === undefined ? [] : [[id, value]];
  });
  return { findings: declared ?? null, counters: new Map(known) };
}
