// SPDX-License-Identifier: GPL-2.0-only
// What the schema can't say of a document: a file that is not there, half a range, a choice that can't be. Each is a
// problem with its place, what was expected there, and how to mend it.

import { CHOICE_FORMS, parseChoice } from "../../sim/choice.ts";
import { bytesOf, LOFF_MAX } from "../../units.ts";
import { EVENT_TYPES } from "../machine/eventTypes.ts";
import { KVM_MEM } from "../../kernel/kvm/region.ts";
import { FDS_TAKEN, FILES_EACH } from "../machine/limits.ts";
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
    yield judgeKernel(document);
    yield* judgeLimits(document);
    yield* judgeCreations(document);
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
    case "signal":
      return Object.hasOwn(document.tasks, operation.task)
        ? null
        : { where: `${where}.task`, what: unknown("task", operation.task, Object.keys(document.tasks)) };
    case "guestRead":
    case "guestWrite":
      return judgeGuest(document, operation, where);
    case "mmuNotifier":
    case "bind":
    case "unbind":
      return operation.end <= operation.start
        ? {
            where: `${where}.end`,
            what: `expected a ${operation.op === "mmuNotifier" ? "gfn" : "page"} after start (${operation.start}), got ${operation.end}`,
          }
        : null;
    default:
      return null;
  }
}

type GuestDocument = Extract<OperationDocument, { op: "guestRead" | "guestWrite" }>;

function judgeGuest(document: ScenarioDocument, { vm, vcpu }: GuestDocument, where: string): Problem | null {
  const vcpus = document.vms[vm]?.vcpus ?? 0;
  if (vcpu >= vcpus)
    return {
      where: `${where}.vcpu`,
      what: `expected a vCPU of ${vm}, which has ${vcpus}, got ${vcpu}; give the VM more, as "vcpus":${vcpu + 1}`,
    };
  // A fault may have to wait, and in the set-up there is nobody to wait for.
  if (where.startsWith("setup"))
    return {
      where,
      what: 'expected a vCPU to run in a task; in the set-up, a guest touches memory with "map"',
    };
  const tasks = Object.entries(document.tasks).filter(([, operations]) =>
    operations.some((other) => "vcpu" in other && other.vm === vm && other.vcpu === vcpu),
  );
  return tasks.length > 1
    ? {
        where: `${where}.vcpu`,
        what: `expected a vCPU in one task, got vCPU ${vcpu} of ${vm} in ${tasks.map(([task]) => task).join(" and ")}`,
      }
    : null;
}

const existing = ({ files }: ScenarioDocument) =>
  Object.keys(files).filter((name) => files[name]?.exists ?? true);

/** A kernel without the system call has made no file. */
function judgeKernel(document: ScenarioDocument): Problem | null {
  const [file] = existing(document);
  return document.kernel?.restrictedmem === false && file !== undefined
    ? {
        where: `files.${file}`,
        what: 'expected {"exists":false} beside "pages": a kernel without memfd_restricted has no such file',
      }
    : null;
}

/** What there is at the start is within the limits. */
function* judgeLimits(document: ScenarioDocument): Generator<Problem> {
  const { fds, files } = document.limits ?? {};
  const { length } = existing(document);
  const least = { fds: FDS_TAKEN + length, files: FILES_EACH * length };
  if (fds !== undefined && fds < least.fds)
    yield {
      where: "limits.fds",
      what: `expected at least ${least.fds}: ${FDS_TAKEN} are taken, and each file that is there at the start has one, got ${fds}`,
    };
  if (files !== undefined && files < least.files)
    yield {
      where: "limits.files",
      what: `expected at least ${least.files}: ${FILES_EACH} for each file that is there at the start, got ${files}`,
    };
}

/** A file is made once, and only where there is none: a second one would be another file. */
function* judgeCreations(document: ScenarioDocument): Generator<Problem> {
  const made = new Set(existing(document));
  const { setup = [], tasks } = document;
  const inTasks = Object.entries(tasks).map(([name, operations]) => [`tasks.${name}`, operations] as const);
  for (const [name, operations] of [["setup", setup] as const, ...inTasks])
    for (const [k, operation] of operations.entries()) {
      if (operation.op !== "memfd_restricted") continue;
      const { file } = operation;
      if (made.has(file))
        yield {
          where: `${name}[${k}].file`,
          what: `expected a file that is not there yet, declared with "exists":false and made once, got ${quoted(file)}`,
        };
      made.add(file);
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

function judgeCreateSlot(slot: CreateSlotDocument, where: string): Problem | null {
  const { pages, file, pgoff, gfn, offset, region } = slot;
  if (region?.size !== undefined && BigInt(region.size) === 0n)
    return {
      where: `${where}.region.size`,
      what: 'expected a size above 0; a slot is deleted with "deleteSlot"',
    };
  if (file === undefined && region?.flags !== undefined && (region.flags & KVM_MEM.PRIVATE) !== 0)
    return {
      where: `${where}.region.flags`,
      what: `expected a "file" beside the flag for private memory (${KVM_MEM.PRIVATE})`,
    };
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
    if (offset !== undefined) {
      if (pgoff !== undefined || gfn === undefined)
        return {
          where: `${where}.offset`,
          what: 'expected "gfn" beside "offset", and no "pgoff": both say where the slot begins',
        };
    } else if (pgoff === undefined)
      return {
        where: `${where}.pgoff`,
        what: `expected the page of ${quoted(file)} at which the slot begins; add it`,
      };
    if (pgoff !== undefined && pgoff + pages > PAGES_MAX)
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
