// SPDX-License-Identifier: GPL-2.0-only
// From a document that fits the schema to a scenario: defaults filled in, names looked up. What the schema can't
// say (a file that is not there, half a range, a choice that can't be) becomes a problem.

import { type Choice, CHOICE_FORMS, parseChoice } from "../../sim/choice.ts";
import { PUNCH_MODE } from "../../kernel/shmem/falloc.ts";
import { bytesOf, gfn, type Loff, LOFF_MAX, loff, type Pgoff, pgoff } from "../../units.ts";
import { COUNTER_IDS, type CounterId } from "../machine/counters.ts";
import { EVENT_TYPES } from "../machine/events.ts";
import { INVARIANTS, type InvariantId } from "../machine/invariants/finding.ts";
import type { Operation } from "../machine/operation.ts";
import type { VariantId } from "../machine/variants.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { parseMode } from "./mode.ts";
import { nearest, type Problem, PROBLEMS_MAX, quoted } from "./problem.ts";
import type { DeclaredFinding, Expectation, Scenario } from "./scenario.ts";

/** One past the highest page that a file can have. */
const PAGES_MAX = 2 ** 51;

/** One past the highest guest frame: guest physical addresses have 52 bits at most. */
const FRAMES_MAX = 2 ** 40;

/** The scenario of `document`; meaningful only where `problems` is empty. */
export function understand(document: ScenarioDocument): { scenario: Scenario; problems: Problem[] } {
  const problems: Problem[] = [];
  const report = (where: string, what: string) => {
    problems.push({ where, what });
  };
  const operations = (list: readonly OperationDocument[], where: string) =>
    list.flatMap((operation, k) =>
      problems.length < PROBLEMS_MAX
        ? (understandOperation(document, operation, `${where}[${k}]`, report) ?? [])
        : [],
    );
  const scenario: Scenario = {
    title: document.title,
    about: document.about ?? "",
    files: new Map(Object.entries(document.files)),
    vms: new Map(
      Object.entries(document.vms).map(([name, { seq = 0, range: [start, end] = [0, 0] }]) => [
        name,
        { seq, range: [gfn(start ?? 0), gfn(end ?? 0)] },
      ]),
    ),
    setup: operations(document.setup ?? [], "setup"),
    tasks: new Map(
      Object.entries(document.tasks).map(([name, list]) => [name, operations(list, `tasks.${name}`)]),
    ),
    choices: (document.choices ?? []).flatMap((text, k) =>
      problems.length < PROBLEMS_MAX ? (understandChoice(document, text, k, report) ?? []) : [],
    ),
    show: document.show ?? ["v10", "review"],
    expect: new Map(
      Object.entries(document.expect ?? {}).map(([variant, expectation]) => [
        variant as VariantId,
        understandExpectation(expectation, `expect.${variant}`, report),
      ]),
    ),
    document,
  };
  return { scenario, problems };
}

type Report = (where: string, what: string) => void;

function understandOperation(
  document: ScenarioDocument,
  operation: OperationDocument,
  where: string,
  report: Report,
): Operation | null {
  if ("file" in operation && operation.file !== undefined && !Object.hasOwn(document.files, operation.file)) {
    report(`${where}.file`, unknown("file", operation.file, Object.keys(document.files)));
    return null;
  }
  const vm =
    "vm" in operation ? operation.vm : "notifier" in operation ? operation.notifier.split("/")[0] : undefined;
  if (vm !== undefined && !Object.hasOwn(document.vms, vm)) {
    report(`${where}.${"vm" in operation ? "vm" : "notifier"}`, unknown("VM", vm, Object.keys(document.vms)));
    return null;
  }
  switch (operation.op) {
    case "allocate":
    case "punch":
      return understandFallocate(operation, where, report);
    case "createSlot":
      return understandCreateSlot(operation, where, report);
    case "deleteSlot":
      return operation;
    case "map":
      if (operation.pages === 0) {
        report(`${where}.pages`, "expected at least 1 page, got 0");
        return null;
      }
      return { ...operation, gfn: gfn(operation.gfn) };
    case "bind":
    case "unbind": {
      const [name = "", slot] = operation.notifier.split("/");
      if (operation.end <= operation.start) {
        report(`${where}.end`, `expected a page after start (${operation.start}), got ${operation.end}`);
        return null;
      }
      return {
        ...operation,
        start: pgoff(operation.start),
        end: pgoff(operation.end),
        notifier: { vm: name, slot: Number(slot) },
      };
    }
  }
}

type FallocateDocument = Extract<OperationDocument, { op: "allocate" | "punch" }>;

function understandFallocate(document: FallocateDocument, where: string, report: Report): Operation | null {
  const { op, file, start, end, offset, len } = document;
  const mode = document.mode === undefined ? (op === "punch" ? PUNCH_MODE : 0) : parseMode(document.mode);
  if (mode === null) {
    report(`${where}.mode`, `expected flags such as "PUNCH_HOLE|KEEP_SIZE", got ${quoted(document.mode)}`);
    return null;
  }
  const call = (at: Loff, bytes: Loff): Operation | null => {
    if (at <= LOFF_MAX && bytes <= LOFF_MAX) return { op, file, mode, offset: at, len: bytes };
    report(where, "expected offset and length below 2^63 bytes, as the system call takes them");
    return null;
  };
  if (start !== undefined && end !== undefined && offset === undefined && len === undefined)
    return call(bytesOf(start), loff(bytesOf(end) - bytesOf(start)));
  if (offset !== undefined && len !== undefined && start === undefined && end === undefined)
    return call(loff(BigInt(offset)), loff(BigInt(len)));
  report(
    where,
    'expected either pages as "start" and "end", or bytes as "offset" and "len"; give one pair, whole',
  );
  return null;
}

type CreateSlotDocument = Extract<OperationDocument, { op: "createSlot" }>;

function understandCreateSlot(document: CreateSlotDocument, where: string, report: Report): Operation | null {
  const { pages, file } = document;
  if (pages === 0) {
    report(`${where}.pages`, 'expected at least 1 page, got 0; a slot is deleted with "deleteSlot"');
    return null;
  }
  if (file === undefined) {
    if (document.pgoff !== undefined) {
      report(`${where}.pgoff`, 'expected a "file" beside "pgoff"; an ordinary slot has neither');
      return null;
    }
    if (document.gfn === undefined) {
      report(`${where}.gfn`, "expected the first gfn: an ordinary slot has no file page to take it from");
      return null;
    }
    return slotOf(document, document.gfn, null, where, report);
  }
  if (document.pgoff === undefined) {
    report(`${where}.pgoff`, `expected the page of ${quoted(file)} at which the slot begins; add it`);
    return null;
  }
  if (document.pgoff + pages > PAGES_MAX) {
    report(
      `${where}.pages`,
      `expected the slot to end at page 2^51 or before, got ${document.pgoff} + ${pages}`,
    );
    return null;
  }
  const backing = { file, pgoff: pgoff(document.pgoff) };
  return slotOf(document, document.gfn ?? document.pgoff, backing, where, report);
}

function slotOf(
  { op, vm, slot, pages }: CreateSlotDocument,
  first: number,
  backing: { file: string; pgoff: Pgoff } | null,
  where: string,
  report: Report,
): Operation | null {
  if (first + pages <= FRAMES_MAX) return { op, vm, slot, pages, gfn: gfn(first), backing };
  report(`${where}.gfn`, `expected the slot to end at gfn 2^40 or before, got ${first} + ${pages}`);
  return null;
}

function understandChoice(
  document: ScenarioDocument,
  text: string,
  k: number,
  report: Report,
): Choice | null {
  const where = `choices[${k}]`;
  const choice = parseChoice(text);
  if (choice === null) {
    report(where, `expected ${CHOICE_FORMS}, got ${quoted(text)}`);
    return null;
  }
  if (!Object.hasOwn(document.tasks, choice.task)) {
    report(where, unknown("task", choice.task, Object.keys(document.tasks)));
    return null;
  }
  if (choice.for === "event" && !EVENT_TYPES.some((type) => type === choice.event)) {
    report(where, unknown("event", choice.event, EVENT_TYPES));
    return null;
  }
  return choice;
}

type ExpectationDocument = NonNullable<ScenarioDocument["expect"]>[string];

function understandExpectation(document: ExpectationDocument, where: string, report: Report): Expectation {
  const { findings, ...counters } = document;
  const declared = findings?.flatMap((finding, k): DeclaredFinding[] => {
    const { invariant, trap = null } = typeof finding === "string" ? { invariant: finding } : finding;
    if (Object.hasOwn(INVARIANTS, invariant)) return [{ invariant: invariant as InvariantId, trap }];
    report(`${where}.findings[${k}]`, unknown("invariant", invariant, Object.keys(INVARIANTS)));
    return [];
  });
  const known = COUNTER_IDS.flatMap((id): [CounterId, number][] => {
    const value = counters[id];
    return value === undefined ? [] : [[id, value]];
  });
  return { findings: declared ?? null, counters: new Map(known) };
}

function unknown(kind: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const list = known.length === 0 ? "there are none" : `there are ${known.slice(0, 12).join(", ")}`;
  return `expected a known ${kind}, got ${quoted(name)}; ${near === null ? list : `did you mean ${quoted(near)}?`}`;
}
