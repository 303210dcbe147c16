// SPDX-License-Identifier: GPL-2.0-only
// From files to a recording: its scenario, what is to be said of it, and its bill under every design.

import {
  type Bill,
  billing,
  builtIn,
  type Capture,
  countsBefore,
  fnvHex,
  fnvStep,
  type MemoryMap,
  FNV_OFFSET_BASIS,
  newStraceReader,
  parseScenario,
  problemText,
  readMtree,
  type ScenarioDocument,
  type Slices,
  scenarioOf,
  taskOf,
  VARIANTS,
  windowOf,
} from "../../engine/index.ts";
import { LIVE_SLOTS_MAX, mostSlots, partLength } from "./parts.ts";
import {
  type CaptureView,
  type Columns,
  KINDS,
  type Part,
  type ReadRequest,
  type Source,
} from "./protocol.ts";
import { sumsBefore } from "./sumsBefore.ts";
import { piecesOf, textOf, Unreadable } from "./unpack.ts";

/** A recording, read. The document stays where it was read. */
export interface Read {
  readonly document: ScenarioDocument;
  /** Of every design; none where the file is played whole. */
  readonly bills: readonly Bill[];
  readonly view: CaptureView;
}

/** Told every now and then: how far it is, in units of its own. */
export type Progress = (doing: "reading" | "counting", done: number, of: number) => void;

/** Reads what `request` asks for. Throws Unreadable, with what to do about it. */
export async function reading(request: ReadRequest, progress: Progress): Promise<Read> {
  const { log, map, builtIn: name } = request;
  const isScenario = (await log.blob.slice(0, 64).text()).trimStart().startsWith("{");
  const read = isScenario ? await readScenario(log) : await readLog(log, map, progress);
  const document = name === null ? read.document : ownDocument(name, read.document);
  const bills = isWhole(document) ? [] : billsOf(log.name, document, progress);
  return { document, bills, view: viewOf(request, document, read, bills) };
}

/** Several tasks, or choices of who runs, are not to be cut; nor is what does nothing. */
const isWhole = ({ tasks, choices = [] }: ScenarioDocument) =>
  Object.keys(tasks).length !== 1 || choices.length > 0 || Object.values(tasks).flat().length === 0;

/** The part that begins with operation `from`, a multiple of the view's `every`. */
export function partOf({ document, bills }: Read, from: number): Part {
  const [first] = bills;
  if (first === undefined) return { document, before: null };
  return {
    document: windowOf(document, from, from + first.every),
    before: new Map(bills.map((bill) => [bill.variant, countsBefore(bill, from)])),
  };
}

interface ReadFile {
  readonly document: ScenarioDocument;
  readonly capture: Capture | null;
  readonly print: string;
}

async function readLog(log: Source, map: Source | null, progress: Progress): Promise<ReadFile> {
  const reader = newStraceReader(map === null ? null : await readMap(map));
  let print = FNV_OFFSET_BASIS;
  for await (const { text, read } of piecesOf(log.blob, log.name)) {
    print = fnvStep(print, text);
    reader.push(text);
    progress("reading", read, log.blob.size);
  }
  const capture = reader.finish();
  if (capture.mapProblem !== null) throw new Unreadable(`${map?.name ?? ""}: ${capture.mapProblem}`);
  if (capture.summary.used === 0) throw new Unreadable(nothingRead(log.name, capture));
  if (taskOf(capture.document)[1].length === 0 && capture.document.setup?.length === 0)
    throw new Unreadable(nothingHappens(log.name, capture));
  return { document: capture.document, capture, print: fnvHex(print) };
}

async function readMap({ name, blob }: Source): Promise<MemoryMap> {
  const read = readMtree(await textOf(blob, name));
  if (!read.ok) throw new Unreadable(`${name}: ${read.problem}`);
  return read.map;
}

function nothingRead(name: string, { summary, problems: [first] }: Capture): string {
  const why = first === undefined ? "" : ` Line ${first.line}: ${first.reason}.`;
  return (
    `None of the ${summary.lines.toLocaleString("en-GB")} lines of ${name} is a call that sets up guest memory ` +
    `(memfd_create, ftruncate, mmap, fallocate, KVM_SET_USER_MEMORY_REGION).${why} ` +
    `Record one as "Record your own" says.`
  );
}

const nothingHappens = (name: string, { summary }: Capture): string =>
  `${name} has files of guest memory, but no memslot and no hole: its ` +
  `${summary.lines.toLocaleString("en-GB")} lines hold no call of KVM_SET_USER_MEMORY_REGION or fallocate that ` +
  `succeeded. Record the machine from its start, or while it punches holes, and drop its memory map with it.`;

async function readScenario({ name, blob }: Source): Promise<ReadFile> {
  const text = await textOf(blob, name);
  const parsed = parseScenario(text);
  if (parsed.ok) {
    const print = fnvHex(fnvStep(FNV_OFFSET_BASIS, text));
    return { document: parsed.scenario.document, capture: null, print };
  }
  const [first, ...more] = parsed.problems;
  const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
  throw new Unreadable(`${name}: ${first === undefined ? "" : problemText(first)}${others}`);
}

/** What a built-in makes of its recording. */
function ownDocument(name: string, imported: ScenarioDocument): ScenarioDocument {
  const entry = builtIn(name);
  return entry !== null && "capture" in entry ? entry.capture.document(imported) : imported;
}

function billsOf(name: string, document: ScenarioDocument, progress: Progress): Bill[] {
  const most = mostSlots(document);
  if (most.inAll > LIVE_SLOTS_MAX)
    throw new Unreadable(
      `${name} has ${most.inAll.toLocaleString("en-GB")} memslots at once; the lab plays at most ` +
        `${LIVE_SLOTS_MAX.toLocaleString("en-GB")}. KVM has at most 32,764 for each VM.`,
    );
  const every = partLength(most.inFile);
  return VARIANTS.map((variant, k) => counted(document, variant, every, k, progress));
}

/** A file's name as a link can hold it: file systems allow more than text. */
const linkable = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cs}]/gu, "\ufffd")
    .slice(0, 200)
    .replace(/\p{Cs}$/u, "") || "log";

function viewOf(
  { log, builtIn: name }: ReadRequest,
  document: ScenarioDocument,
  { capture, print }: ReadFile,
  bills: readonly Bill[],
): CaptureView {
  const files = Object.entries(document.files).map(([file, { pages }]) => ({ name: file, pages }));
  const [, operations] = taskOf(document);
  return {
    ...{ name: name ?? linkable(log.name), builtIn: name !== null, print, title: document.title },
    summary: capture?.summary ?? null,
    ...{ problems: capture?.problems ?? [], notes: capture?.notes ?? [], blocks: capture?.blocks ?? [] },
    assumed: document.assumed ?? [],
    started: document.started ?? null,
    files,
    columns: columnsOf(bills.length === 0 ? [] : operations, files),
    costs: bills.map(({ variant, calls, wasted, freed, total }) => ({
      variant,
      calls,
      callsBefore: sumsBefore(calls),
      wasted,
      freed,
      total,
    })),
    every: bills[0]?.every ?? Math.max(1, operations.length),
  };
}

function counted(
  document: ScenarioDocument,
  variant: (typeof VARIANTS)[number],
  every: number,
  k: number,
  progress: Progress,
): Bill {
  const work: Slices<Bill> = billing(scenarioOf(document), variant, every);
  const operations = (document.setup?.length ?? 0) + taskOf(document)[1].length;
  for (let slices = 0; ; slices++) {
    const next = work.next();
    if (next.done) return next.value;
    // A slice is 256 operations; how far the design is, and how many are done before it.
    progress("counting", k + Math.min(1, (slices * 256) / operations), VARIANTS.length);
  }
}

function columnsOf(
  operations: ReturnType<typeof taskOf>[1],
  files: readonly { readonly name: string }[],
): Columns {
  const length = operations.length;
  const fileOf = new Map(files.map(({ name }, k) => [name, k]));
  const columns = {
    kind: new Uint8Array(length),
    file: new Uint16Array(length),
    start: new Float64Array(length),
    end: new Float64Array(length),
    time: operations.some(({ time }) => time !== undefined) ? new Float64Array(length) : null,
  };
  let latest = 0;
  for (const [k, operation] of operations.entries()) {
    const { op } = operation;
    columns.kind[k] =
      op === "punch" ? 0 : op === "createSlot" ? 1 : op === "deleteSlot" ? 2 : KINDS.indexOf("other");
    if ("file" in operation && operation.file !== undefined)
      columns.file[k] = fileOf.get(operation.file) ?? 0;
    const [start, end] = pagesOf(operation);
    columns.start[k] = start;
    columns.end[k] = end;
    // A clock that was set back, or a line without a stamp, does not put an operation before the one that it follows.
    latest = Math.max(latest, operation.time ?? latest);
    if (columns.time !== null) columns.time[k] = latest;
  }
  return columns;
}

const PAGE = 4096n;

/** The file pages that an operation is about, the end rounded up. */
function pagesOf(operation: ReturnType<typeof taskOf>[1][number]): [start: number, end: number] {
  switch (operation.op) {
    case "punch":
    case "allocate": {
      if (operation.start !== undefined && operation.end !== undefined)
        return [operation.start, operation.end];
      const offset = BigInt(operation.offset ?? 0);
      const end = offset + BigInt(operation.len ?? 0);
      return [Number(offset / PAGE), Number((end + PAGE - 1n) / PAGE)];
    }
    case "createSlot":
      return operation.pgoff === undefined ? [0, 0] : [operation.pgoff, operation.pgoff + operation.pages];
    case "bind":
    case "unbind":
      return [operation.start, operation.end];
    default:
      return [0, 0];
  }
}
