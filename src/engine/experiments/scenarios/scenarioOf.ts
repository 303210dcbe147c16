// SPDX-License-Identifier: GPL-2.0-only
// From a document to a scenario: defaults filled in, names made numbers. Apart from the schema and the judge, which a
// page that shows a built-in scenario does without.

import { PUNCH_MODE } from "../../kernel/shmem/falloc.ts";
import { type Choice, parseChoice } from "../../sim/choice.ts";
import { drain, type Slices } from "../../sim/slices.ts";
import { bytesOf, gfn, loff, pgoff } from "../../units.ts";
import { present } from "../../assert.ts";
import { COUNTER_IDS, type CounterId } from "../machine/counters.ts";
import type { InvariantId } from "../machine/invariants/finding.ts";
import type { Operation } from "../machine/operation.ts";
import type { VariantId } from "../machine/variants.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { parseMode } from "./mode.ts";
import type { DeclaredFinding, Expectation, Scenario } from "./scenario.ts";

/**
 * The scenario of `document`, which fits the schema and of which the judge has no complaint: either was checked by
 * the parser, or it is written in code and held to both by a test. Throws ModelBug where something is missing.
 */
export const scenarioOf = (document: ScenarioDocument): Scenario => drain(readingScenario(document));

/** A slice of the reading ends after so many operations of the set-up. */
const SLICE_OPERATIONS = 4_096;

/** scenarioOf() in slices. */
export function* readingScenario(document: ScenarioDocument): Slices<Scenario> {
  const setup: Operation[] = [];
  for (const operation of document.setup ?? []) {
    setup.push(operationOf(operation));
    if (setup.length % SLICE_OPERATIONS === 0) yield;
  }
  return scenarioWith(document, setup);
}

const scenarioWith = (document: ScenarioDocument, setup: readonly Operation[]): Scenario => ({
  title: document.title,
  about: document.about ?? "",
  files: new Map(Object.entries(document.files)),
  vms: new Map(
    Object.entries(document.vms).map(([name, { seq = 0, range: [start, end] = [0, 0] }]) => [
      name,
      { seq, range: [gfn(start ?? 0), gfn(end ?? 0)] },
    ]),
  ),
  setup,
  assumed: document.assumed === undefined ? null : { mapped: document.assumed.length > 1 },
  part: null,
  tasks: new Map(Object.entries(document.tasks).map(([name, list]) => [name, list.map(operationOf)])),
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

function operationOf(document: OperationDocument): Operation {
  switch (document.op) {
    case "allocate":
    case "punch":
      return fallocateOf(document);
    case "createSlot":
      return createSlotOf(document);
    case "deleteSlot":
      return document;
    case "map":
      return { ...document, gfn: gfn(document.gfn) };
    case "bind":
    case "unbind": {
      const [vm = "", slot] = document.notifier.split("/");
      const notifier = { vm, slot: Number(slot) };
      return { ...document, start: pgoff(document.start), end: pgoff(document.end), notifier };
    }
  }
}

function fallocateOf({
  op,
  file,
  start,
  end,
  offset,
  len,
  mode,
}: Extract<OperationDocument, { op: "allocate" | "punch" }>): Operation {
  const bits =
    mode === undefined ? (op === "punch" ? PUNCH_MODE : 0) : present(parseMode(mode), `mode ${mode}`);
  const at = loff(start === undefined ? BigInt(present(offset, "offset")) : bytesOf(start));
  const bytes = loff(end === undefined ? BigInt(present(len, "len")) : bytesOf(end) - at);
  return { op, file, mode: bits, offset: at, len: bytes };
}

function createSlotOf(document: Extract<OperationDocument, { op: "createSlot" }>): Operation {
  const { op, vm, slot, pages, file } = document;
  const backing = file === undefined ? null : { file, pgoff: pgoff(present(document.pgoff, "pgoff")) };
  return { op, vm, slot, pages, gfn: gfn(present(document.gfn ?? backing?.pgoff, "gfn")), backing };
}

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
