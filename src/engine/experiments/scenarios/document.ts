// SPDX-License-Identifier: GPL-2.0-only
// The public JSON format of a scenario: its schema, with a message for each thing that can be wrong.
//
// Unknown fields are refused: a misspelt `choices` would otherwise change what is shown without a word.

import * as v from "valibot";
import { COUNTER_IDS, type CounterId } from "../machine/counters.ts";
import { VARIANTS } from "../machine/variants.ts";
import { FORMAT } from "./format.ts";

export { FORMAT };

/** Largest page index plus one that a file can have: 2^63 bytes. */
const PAGES_MAX = 2 ** 51;

/** A VM has at most so many: each is a row of the page. */
const VCPUS_MAX = 64;

const count = (what: string, max: number) => {
  const message = `expected ${what}: a whole number from 0 to ${max}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(0, message), v.maxValue(max, message));
};

const name = (what: string) => {
  const message = `expected ${what}: a name of letters, digits, "_", "-" or ".", not of digits alone, for example`;
  return v.pipe(v.string(`${message} "f0"`), v.regex(/^(?=.*\D)[\w.-]{1,64}$/, `${message} "f0"`));
};

/** JSON's numbers are exact up to 2^53; what lies beyond would be rounded without a word. */
const BYTES =
  "expected a number of bytes: a whole number, from 2^53 on its digits as a string, below 2^63 as the system call takes it";
const bytes = v.union(
  [
    v.pipe(v.number(BYTES), v.safeInteger(BYTES)),
    v.pipe(
      v.string(BYTES),
      v.regex(/^-?\d{1,19}$/, BYTES),
      v.check((digits) => BigInt.asIntN(64, BigInt(digits)) === BigInt(digits), BYTES),
    ),
  ],
  BYTES,
);

const OFFSET =
  "expected an offset in bytes as the ioctl takes it: a multiple of 4096 below 2^64, from 2^53 on its digits as a string";
const fileOffset = v.pipe(
  v.string(OFFSET),
  v.regex(/^\d{1,20}$/, OFFSET),
  v.check((digits) => BigInt(digits) < 2n ** 64n && BigInt(digits) % 4096n === 0n, OFFSET),
);

/** What the region ioctl is passed, where that is not what gfn, pages, pgoff and offset say. */
const ADDRESS = "expected a number of bytes below 2^64: a whole number, from 2^53 on its digits as a string";
const address = v.union(
  [
    v.pipe(v.number(ADDRESS), v.safeInteger(ADDRESS), v.minValue(0, ADDRESS)),
    v.pipe(
      v.string(ADDRESS),
      v.regex(/^\d{1,20}$/, ADDRESS),
      v.check((digits) => BigInt(digits) < 2n ** 64n, ADDRESS),
    ),
  ],
  ADDRESS,
);

const MODE = 'expected flags such as "PUNCH_HOLE|KEEP_SIZE", or their number from 0 to 2147483647';
const mode = v.union(
  [
    v.pipe(v.number(MODE), v.integer(MODE), v.minValue(0, MODE), v.maxValue(2 ** 31 - 1, MODE)),
    v.string(MODE),
  ],
  MODE,
);

const page = count("a page index", PAGES_MAX);
const pages = count("a number of pages", PAGES_MAX);
/** Guest physical addresses have at most 52 bits. */
const frame = count("a guest frame number", 2 ** 40 - 1);
const slotId = count("a slot id", 65_535);
const vcpu = count("the number of a vCPU", VCPUS_MAX - 1);
const file = name("the name of a file");
const vm = name("the name of a VM");
const NOTIFIER = 'expected a slot as "VM/SLOT", for example "vm0/3"';
const notifier = v.pipe(v.string(NOTIFIER), v.regex(/^[\w.-]{1,64}\/\d{1,5}$/, NOTIFIER));
const bool = (what: string) => v.boolean(`expected ${what}: true or false`);

/** When a recording saw the call begin. A run has no clock: this is for whoever draws the operations over time. */
const time = v.optional(
  count("microseconds since the recording's first time stamp", Number.MAX_SAFE_INTEGER),
);

const range = {
  time,
  file,
  start: v.optional(page),
  end: v.optional(page),
  offset: v.optional(bytes),
  len: v.optional(bytes),
  mode: v.optional(mode),
};

const length = count("a number of bytes", Number.MAX_SAFE_INTEGER);
const unsigned = (what: string) => count(what, 2 ** 32 - 1);
const PROT = 'expected a protection such as "READ|WRITE", or "NONE"';
const prot = v.pipe(
  v.string(PROT),
  v.regex(/^(?:NONE|(?:READ|WRITE|EXEC)(?:\|(?:READ|WRITE|EXEC))*)$/, PROT),
);
const sharing = v.picklist(["SHARED", "PRIVATE"], 'expected "SHARED" or "PRIVATE"');

const region = v.strictObject(
  {
    flags: v.optional(unsigned("flags")),
    gpa: v.optional(address),
    size: v.optional(address),
    hva: v.optional(address),
    offset: v.optional(address),
  },
  'expected arguments of the ioctl, for example {"gpa":4095}',
);

const operation = v.variant(
  "op",
  [
    v.strictObject({ op: v.literal("allocate"), ...range }),
    v.strictObject({ op: v.literal("punch"), ...range }),
    v.strictObject({
      op: v.literal("createSlot"),
      time,
      vm,
      slot: slotId,
      gfn: v.optional(frame),
      pages,
      file: v.optional(file),
      pgoff: v.optional(page),
      offset: v.optional(fileOffset),
      region: v.optional(region),
    }),
    v.strictObject({ op: v.literal("deleteSlot"), time, vm, slot: slotId }),
    v.strictObject({ op: v.literal("map"), time, vm, gfn: frame, pages }),
    v.strictObject({ op: v.literal("guestRead"), time, vm, vcpu, gfn: frame }),
    v.strictObject({ op: v.literal("guestWrite"), time, vm, vcpu, gfn: frame }),
    v.strictObject({ op: v.literal("mmuNotifier"), time, vm, start: frame, end: frame }),
    v.strictObject({ op: v.literal("poison"), time, file, page }),
    v.strictObject({ op: v.literal("signal"), time, task: name("the name of a task") }),
    v.strictObject({
      op: v.literal("bind"),
      time,
      file,
      start: page,
      end: page,
      notifier,
      exclusive: bool("whether the binding is exclusive"),
    }),
    v.strictObject({ op: v.literal("unbind"), time, file, start: page, end: page, notifier }),
    v.strictObject({ op: v.literal("memfd_restricted"), time, file, flags: unsigned("flags") }),
    v.strictObject({ op: v.literal("ftruncate"), time, file, length: bytes }),
    v.strictObject({ op: v.literal("fstat"), time, file }),
    v.strictObject({ op: v.literal("read"), time, file, len: length }),
    v.strictObject({ op: v.literal("write"), time, file, len: length }),
    v.strictObject({ op: v.literal("pread"), time, file, offset: bytes, len: length }),
    v.strictObject({ op: v.literal("pwrite"), time, file, offset: bytes, len: length }),
    v.strictObject({ op: v.literal("lseek"), time, file, offset: bytes, whence: unsigned("a whence") }),
    v.strictObject({ op: v.literal("mmap"), time, file, prot, flags: sharing }),
    v.strictObject({ op: v.literal("close"), time, file }),
  ],
  'expected "op" to be one of allocate, punch, createSlot, deleteSlot, map, guestRead, guestWrite, mmuNotifier, poison, signal, bind, unbind, memfd_restricted, ftruncate, fstat, read, write, pread, pwrite, lseek, mmap, close',
);

const LIST = "expected a list of operations";
const operations = v.array(operation, LIST);

const INVARIANT = 'expected an invariant such as "I3", or {"invariant":"I3","trap":"T-b1"}';
const invariant = v.pipe(v.string(INVARIANT), v.regex(/^I\d{1,2}$/, INVARIANT));
const trap = v.pipe(v.string(INVARIANT), v.regex(/^(T-\w{1,4}|Lab-\d{1,2})$/, INVARIANT));
const declaredFinding = v.union([invariant, v.strictObject({ invariant, trap })], INVARIANT);
const counter = count("the counter's exact value", Number.MAX_SAFE_INTEGER);
const counters = Object.fromEntries(COUNTER_IDS.map((id) => [id, v.optional(counter)])) as {
  [Id in CounterId]: v.OptionalSchema<typeof counter, undefined>;
};
const variant = v.picklist(VARIANTS, `expected a design: ${VARIANTS.join(", ")}`);
/** Far enough below 2^53 that no run counts beyond what a number holds exactly. */
const seq = count("a sequence number", 2 ** 52);

/** JavaScript takes a list for an object; a scenario does not. */
const isObject = (message: string) =>
  v.custom<object>((input) => typeof input === "object" && input !== null && !Array.isArray(input), message);

/** Names that mean something to JavaScript itself: the schema library leaves them out without a word. */
const RESERVED = ["__proto__", "constructor", "prototype"];
const noReservedName = v.custom<object>(
  (input) => !RESERVED.some((name) => Object.hasOwn(input as object, name)),
  `expected other names than ${RESERVED.join(", ")}`,
);

const objectOf = <T extends v.GenericSchema>(key: v.GenericSchema<string>, value: T, message: string) =>
  v.pipe(v.unknown(), isObject(message), noReservedName, v.record(key, value, message));

const fieldsOf = <T extends v.ObjectEntries>(entries: T, message: string) =>
  v.pipe(v.unknown(), isObject(message), v.strictObject(entries, message));

const expectation = fieldsOf(
  { findings: v.optional(v.array(declaredFinding, "expected a list of invariants")), ...counters },
  "expected what this design should show: findings and counters",
);

const SHOW = 'expected the two different designs to open with, for example ["v10","review"]';
const show = v.pipe(
  v.strictTuple([variant, variant], SHOW),
  v.check(([upper, lower]) => upper !== lower, SHOW),
);

const RANGE = "expected the tracked gfn range as [start, end], start first";
const trackedRange = v.pipe(
  v.strictTuple([frame, frame], RANGE),
  v.check(([start, end]) => start <= end, RANGE),
);

const ORDER = "expected the largest folios that tmpfs tries: 0 for 4 KiB, 9 for 2 MiB, 18 for 1 GiB";
const LEVELS = "expected the levels of the guest's tables: 4 or 5";
const UNDERFLOW = 'expected what a count below zero leads to: "silent", "vmBug" or "hostBug"';
const OMIT = 'expected what KVM does without: a list of "seqTest", "countTest" and "flush"';
const PER_STEP = "expected how many pages a step of fallocate adds or frees at most: a whole number from 1";
const pagesPerStep = v.pipe(v.number(PER_STEP), v.safeInteger(PER_STEP), v.minValue(1, PER_STEP));

const FAIL = "expected which allocations of memory fail: a list of their ordinals, from 1";
const ordinal = v.pipe(v.number(FAIL), v.safeInteger(FAIL), v.minValue(1, FAIL));

const ASSUMED = 'expected what is taken for granted: ["present"] or ["present","mapped"]';
const assumed = v.union(
  [v.strictTuple([v.literal("present")]), v.strictTuple([v.literal("present"), v.literal("mapped")])],
  ASSUMED,
);

const STARTED =
  'expected the time of day of the recording\'s first time stamp, for example "08:02:32.964252"';
const started = v.pipe(
  v.string(STARTED),
  v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?$/, STARTED),
);

/** The schema of one scenario document. */
export const documentSchema = fieldsOf(
  {
    format: v.literal(FORMAT, `expected "format": "${FORMAT}"`),
    title: v.pipe(
      v.string('expected a title, for example "One page punched"'),
      v.minLength(1, "expected a title that is not empty"),
      v.maxLength(200, "expected a title of at most 200 characters"),
      v.regex(/^\P{Cc}*$/u, "expected a title without line breaks and other control characters"),
    ),
    about: v.optional(v.string("expected a text that says what the scenario is about")),
    files: objectOf(
      file,
      fieldsOf(
        {
          pages,
          order: v.optional(v.picklist([0, 9, 18], ORDER)),
          exists: v.optional(bool("whether the file is there at the start")),
        },
        'expected a file, for example {"pages":64}',
      ),
      'expected the files by name, for example {"f0":{"pages":64}}',
    ),
    vms: objectOf(
      vm,
      fieldsOf(
        {
          seq: v.optional(seq),
          range: v.optional(trackedRange),
          vcpus: v.optional(count("the number of vCPUs", VCPUS_MAX)),
          levels: v.optional(v.picklist([4, 5], LEVELS)),
          underflow: v.optional(v.picklist(["silent", "vmBug", "hostBug"], UNDERFLOW)),
          private: v.optional(bool("whether a VM of this type may have private slots")),
        },
        'expected a VM, for example {} or {"vcpus":1}',
      ),
      'expected the VMs by name, for example {"vm0":{}}',
    ),
    limits: v.optional(
      fieldsOf(
        {
          fds: v.optional(unsigned("how many descriptors a process may have")),
          files: v.optional(unsigned("how many files the host may have open")),
          fsize: v.optional(length),
          memory: v.optional(count("how many pages the host may use", PAGES_MAX)),
          mount: v.optional(count("how many pages the tmpfs mount may hold", PAGES_MAX)),
        },
        'expected limits, for example {"fds":64}',
      ),
    ),
    kernel: v.optional(
      fieldsOf(
        { restrictedmem: bool("whether the kernel was built with memfd_restricted") },
        'expected a kernel, for example {"restrictedmem":false}',
      ),
    ),
    setup: v.optional(operations),
    tasks: objectOf(
      name("the name of a task"),
      operations,
      'expected the tasks by name, for example {"P":[...]}',
    ),
    choices: v.optional(v.array(v.string("expected a choice in words"), "expected a list of choices")),
    assumed: v.optional(assumed),
    pagesPerStep: v.optional(pagesPerStep),
    failAllocations: v.optional(v.array(ordinal, FAIL)),
    omit: v.optional(v.array(v.picklist(["seqTest", "countTest", "flush"], OMIT), OMIT)),
    started: v.optional(started),
    show: v.optional(show),
    expect: v.optional(
      objectOf(
        variant as v.GenericSchema<string>,
        expectation,
        "expected what each design should show, by design",
      ),
    ),
  },
  "expected a scenario: a JSON object",
);

/** A document as it stands in the file, known to fit the schema. */
export type ScenarioDocument = v.InferOutput<typeof documentSchema>;
export type OperationDocument = v.InferOutput<typeof operation>;
