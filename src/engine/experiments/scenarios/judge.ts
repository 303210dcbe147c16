// SPDX-License-Identifier: GPL-2.0-only
// What the schema can't say of a document: a file that is not there, half a range, a choice that can't be. Each is a
// problem with its place, what was expected there, and how to mend it.

import { CHOICE_FORMS, parseChoice } from "../../sim/choice.ts";
import { bytesOf, LOFF_MAX } from "../../units.ts";
import { EVENT_TYPES } from "../machine/eventTypes.ts";
import { INVARIANTS } from "../machine/invariants/finding.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { parseMode } from "./mode.ts";
import { nearest, type Problem, PROBLEMS_MAX, quoted } from "./problem.ts";

/** One past the highest page that a file can have. */
const PAGES_MAX = 2 ** 51;

/** One past the highest guest frame: guest physical addresses have 52 bits at most. */
const FRAMES_MAX = 2 ** 40;

/** The problems of a document that fits the schema, at most PROBLEMS_MAX; none, and scenarioOf() understands it. */
export function judge(document: ScenarioDocument): Problem[] {
  const problems: Problem[] = [];
  const all = function* (): Generator<Problem | null> {
    for (const [k, operation] of (document.setup ?? []).entries())
      yield judgeOperation(document, operation, `setup[${k}]`);
    for (const [name, operations] of Object.entries(document.tasks))
      for (const [k, operation] of operations.entries())
        yield judgeOperation(document, operation, `tasks.${name}[${k}]`);
    for (const [k, text] of (document.choices ?? []).entries())
      yield judgeChoice(document, text, `choices[${k}]`);
    for (const [variant, { findings = [] }] of Object.entries(document.expect ?? {}))
      for (const [k, finding] of findings.entries())
        yield judgeFinding(finding, `expect.${variant}.findings[${k}]`);
  };
  for (const problem of all()) {
    if (problem !== null) problems.push(problem);
    if (problems.length === PROBLEMS_MAX) break;
  }
  return problems;
}

function judgeOperation(
  document: ScenarioDocument,
  operation: OperationDocument,
  where: string,
): Problem | null {
  if ("file" in operation && operation.file !== undefined && !Object.hasOwn(document.files, operation.file))
    return { where: `${where}.file`, what: unknown("file", operation.file, Object.keys(document.files)) };
  const vm =
    "vm" in operation ? operation.vm : "notifier" in operation ? operation.notifier.split("/")[0] : undefined;
  if (vm !== undefined && !Object.hasOwn(document.vms, vm)) {
    const place = `${where}.${"vm" in operation ? "vm" : "notifier"}`;
    return { where: place, what: unknown("VM", vm, Object.keys(document.vms)) };
  }
  switch (operation.op) {
    case "allocate":
    case "punch":
      return judgeFallocate(operation, where);
    case "createSlot":
      return judgeCreateSlot(operation, where);
    case "deleteSlot":
      return null;
    case "map":
      return operation.pages === 0
        ? { where: `${where}.pages`, what: "expected at least 1 page, got 0" }
        : null;
    case "bind":
    case "unbind":
      return operation.end <= operation.start
        ? {
            where: `${where}.end`,
            what: `expected a page after start (${operation.start}), got ${operation.end}`,
          }
        : null;
  }
}

type FallocateDocument = Extract<OperationDocument, { op: "allocate" | "punch" }>;

function judgeFallocate({ mode, start, end, offset, len }: FallocateDocument, where: string): Problem | null {
  if (mode !== undefined && parseMode(mode) === null)
    return {
      where: `${where}.mode`,
      what: `expected flags such as "PUNCH_HOLE|KEEP_SIZE", got ${quoted(mode)}`,
    };
  const tooFar = {
    where,
    what: "expected offset and length below 2^63 bytes, as the system call takes them",
  };
  if (start !== undefined && end !== undefined && offset === undefined && len === undefined)
    return bytesOf(start) > LOFF_MAX || bytesOf(end) - bytesOf(start) > LOFF_MAX ? tooFar : null;
  if (offset !== undefined && len !== undefined && start === undefined && end === undefined)
    return BigInt(offset) > LOFF_MAX || BigInt(len) > LOFF_MAX ? tooFar : null;
  return {
    where,
    what: 'expected either pages as "start" and "end", or bytes as "offset" and "len"; give one pair, whole',
  };
}

type CreateSlotDocument = Extract<OperationDocument, { op: "createSlot" }>;

function judgeCreateSlot({ pages, file, pgoff, gfn }: CreateSlotDocument, where: string): Problem | null {
  if (pages === 0)
    return {
      where: `${where}.pages`,
      what: 'expected at least 1 page, got 0; a slot is deleted with "deleteSlot"',
    };
  if (file === undefined) {
    if (pgoff !== undefined)
      return {
        where: `${where}.pgoff`,
        what: 'expected a "file" beside "pgoff"; an ordinary slot has neither',
      };
    if (gfn === undefined)
      return {
        where: `${where}.gfn`,
        what: "expected the first gfn: an ordinary slot has no file page to take it from",
      };
  } else {
    if (pgoff === undefined)
      return {
        where: `${where}.pgoff`,
        what: `expected the page of ${quoted(file)} at which the slot begins; add it`,
      };
    if (pgoff + pages > PAGES_MAX)
      return {
        where: `${where}.pages`,
        what: `expected the slot to end at page 2^51 or before, got ${pgoff} + ${pages}`,
      };
  }
  const first = gfn ?? pgoff ?? 0;
  return first + pages > FRAMES_MAX
    ? {
        where: `${where}.gfn`,
        what: `expected the slot to end at gfn 2^40 or before, got ${first} + ${pages}`,
      }
    : null;
}

function judgeChoice(document: ScenarioDocument, text: string, where: string): Problem | null {
  const choice = parseChoice(text);
  if (choice === null) return { where, what: `expected ${CHOICE_FORMS}, got ${quoted(text)}` };
  if (!Object.hasOwn(document.tasks, choice.task))
    return { where, what: unknown("task", choice.task, Object.keys(document.tasks)) };
  if (choice.for === "event" && !EVENT_TYPES.some((type) => type === choice.event))
    return { where, what: unknown("event", choice.event, EVENT_TYPES) };
  return null;
}

type FindingDocument = NonNullable<NonNullable<ScenarioDocument["expect"]>[string]["findings"]>[number];

function judgeFinding(finding: FindingDocument, where: string): Problem | null {
  const { invariant } = typeof finding === "string" ? { invariant: finding } : finding;
  return Object.hasOwn(INVARIANTS, invariant)
    ? null
    : { where, what: unknown("invariant", invariant, Object.keys(INVARIANTS)) };
}

function unknown(kind: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const list = known.length === 0 ? "there are none" : `there are ${known.slice(0, 12).join(", ")}`;
  return `expected a known ${kind}, got ${quoted(name)}; ${near === null ? list : `did you mean ${quoted(near)}?`}`;
}
