// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printDocument } from "./printDocument.ts";
import { VARIANTS } from "../machine/variants.ts";
import { BUILT_INS } from "./catalogue.ts";
import { FORMAT } from "./format.ts";
import { parseDocument, parseScenario } from "./parse.ts";
import { problemText } from "./problem.ts";
import { rolledDocument } from "./rolled.ts";

/** The JSON of a document; tests put wrong things into it, so it is typed as anything. */
type Loose = Record<string, unknown>;

const valid = (): Loose => ({
  format: FORMAT,
  title: "A hole",
  files: { f0: { pages: 64 } },
  vms: { vm0: {} },
  tasks: { P: [{ op: "punch", file: "f0", start: 0, end: 4 }] },
});

const withFields = (fields: Loose): Loose => ({ ...valid(), ...fields });
const withOperation = (operation: unknown) => withFields({ tasks: { P: [operation] } });

const problemsOf = (text: string): string[] => {
  const parsed = parseScenario(text);
  return parsed.ok ? [] : parsed.problems.map(problemText);
};
const complaints = (document: unknown) => problemsOf(JSON.stringify(document));

const punch = { op: "punch", file: "f0" };
const slot = { op: "createSlot", vm: "vm0", slot: 0, pages: 4 };
const bind = { op: "bind", file: "f0", start: 0, end: 4, notifier: "vm0/3", exclusive: true };
const PAIRS =
  'tasks.P[0]: expected either pages as "start" and "end", or bytes as "offset" and "len"; give one pair, whole';
const BYTES =
  "expected a number of bytes: a whole number, from 2^53 on its digits as a string, below 2^63 as the system call takes it";
const PAGES = "expected a number of pages: a whole number from 0 to 2251799813685248";
const OPS =
  'expected "op" to be one of allocate, punch, createSlot, deleteSlot, map, guestRead, guestWrite, mmuNotifier, poison, signal, bind, unbind, memfd_restricted, ftruncate, fstat, read, write, pread, pwrite, lseek, mmap, close';
const FORMS = '"TASK", "TASK*N", "TASK until EVENT [OBJECT]" or "TASK to end"';
const SHOW = 'expected the two different designs to open with, for example ["v10","review"]';
const INVARIANT = 'expected an invariant such as "I3", or {"invariant":"I3","trap":"T-b1"}';
const RESERVED = "expected other names than __proto__, constructor, prototype";

describe("text that is no JSON", () => {
  it.each([
    ["", "line 1, column 1: this is no JSON: expected a value, got the end of the text"],
    ['{"format": nope}', 'line 1, column 12: this is no JSON: expected a value, got "nope"'],
    ['{\n  "a": 1,\n}', 'line 3, column 1: this is no JSON: expected a name in double quotes, got "}"'],
    ['{\r\n"a": tru }', 'line 2, column 6: this is no JSON: expected a value, got "tru"'],
    [
      '{\n "a": "b\n"}',
      'line 2, column 9: this is no JSON: expected a closing quote, or the character written as an escape, got "\\n"',
    ],
    ["{} {}", 'line 1, column 4: this is no JSON: expected the end of the text, got "{"'],
  ])("%j is refused with line and column", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it("a byte order mark before the text is passed over", () => {
    expect(problemsOf(`\ufeff${JSON.stringify(valid())}`)).toEqual([]);
  });
});

describe("a document that is no scenario", () => {
  it.each<[string, unknown, string]>([
    ["null", null, "expected a scenario: a JSON object, got null"],
    ["a text", "t-a-12", 'expected a scenario: a JSON object, got "t-a-12"'],
    [
      "a list",
      [valid()],
      'expected a scenario: a JSON object, got [{"format":"restricted-memory-lab/1","title":"A hole","fi...',
    ],
    [
      "another format",
      withFields({ format: "lab/2" }),
      'format: expected "format": "restricted-memory-lab/1", got "lab/2"',
    ],
    [
      "a title that is none",
      withFields({ title: 7 }),
      'title: expected a title, for example "One page punched", got 7',
    ],
    ["an empty title", withFields({ title: "" }), 'title: expected a title that is not empty, got ""'],
    [
      "a title of two lines",
      withFields({ title: "a\nb" }),
      'title: expected a title without line breaks and other control characters, got "a\\nb"',
    ],
    [
      "an unknown field",
      withFields({ choises: [] }),
      'choises: there is no field "choises" here; did you mean "choices"?',
    ],
    [
      "a field far from any",
      withFields({ weather: "fine" }),
      'weather: there is no field "weather" here; take it out',
    ],
    [
      "files as a list",
      withFields({ files: [] }),
      'files: expected the files by name, for example {"f0":{"pages":64}}, got []',
    ],
    [
      "tasks as a list",
      withFields({ tasks: [1] }),
      'tasks: expected the tasks by name, for example {"P":[...]}, got [1]',
    ],
    [
      "a VM as a list",
      withFields({ vms: { vm0: [] } }),
      'vms.vm0: expected a VM, for example {} or {"vcpus":1}, got []',
    ],
    [
      "a file without pages",
      withFields({ files: { f0: {} } }),
      'files.f0.pages: expected a field "pages", and there is none; add it',
    ],
    ["pages in words", withFields({ files: { f0: { pages: "64" } } }), `files.f0.pages: ${PAGES}, got "64"`],
    ["half a page", withFields({ files: { f0: { pages: 0.5 } } }), `files.f0.pages: ${PAGES}, got 0.5`],
    ["pages below zero", withFields({ files: { f0: { pages: -1 } } }), `files.f0.pages: ${PAGES}, got -1`],
    [
      "too many pages",
      withFields({ files: { f0: { pages: 2 ** 51 + 1 } } }),
      `files.f0.pages: ${PAGES}, got 2251799813685249`,
    ],
    [
      "a name with a blank",
      withFields({ vms: { vm0: {}, "vm 1": {} } }),
      'vms."vm 1": expected the name of a VM: a name of letters, digits, "_", "-" or ".", not of digits alone, for example "f0", got "vm 1"',
    ],
    [
      "a name of digits alone, which would lose its place in the order",
      withFields({ vms: { vm0: {}, "1": {} } }),
      'vms.1: expected the name of a VM: a name of letters, digits, "_", "-" or ".", not of digits alone, for example "f0", got "1"',
    ],
    [
      "a range that ends first",
      withFields({ vms: { vm0: { range: [5, 3] } } }),
      "vms.vm0.range: expected the tracked gfn range as [start, end], start first, got [5,3]",
    ],
    [
      "a range of three",
      withFields({ vms: { vm0: { range: [1, 2, 3] } } }),
      "vms.vm0.range[2]: expected the tracked gfn range as [start, end], start first, got 3",
    ],
    [
      "a sequence number that can't grow",
      withFields({ vms: { vm0: { seq: 2 ** 53 - 1 } } }),
      "vms.vm0.seq: expected a sequence number: a whole number from 0 to 4503599627370496, got 9007199254740991",
    ],
    [
      "one design",
      withFields({ show: ["v10"] }),
      "show[1]: expected a design: v10, review, review-seed, got nothing",
    ],
    [
      "three designs",
      withFields({ show: ["v10", "review", "review-seed"] }),
      `show[2]: ${SHOW}, got "review-seed"`,
    ],
    ["one design twice", withFields({ show: ["v10", "v10"] }), `show: ${SHOW}, got ["v10","v10"]`],
    [
      "an unknown design",
      withFields({ show: ["v10", "merged"] }),
      'show[1]: expected a design: v10, review, review-seed, got "merged"',
    ],
    ["a choice that is none", withFields({ choices: [3] }), "choices[0]: expected a choice in words, got 3"],
    [
      "a choice of no form",
      withFields({ choices: ["P", "P for 3"] }),
      `choices[1]: expected ${FORMS}, got "P for 3"`,
    ],
    ["a choice of no steps", withFields({ choices: ["P*0"] }), `choices[0]: expected ${FORMS}, got "P*0"`],
    [
      "a choice of an unknown task",
      withFields({ choices: ["Q to end"] }),
      'choices[0]: expected a known task, got "Q"; there are P',
    ],
    [
      "a choice of an unknown event",
      withFields({ choices: ["P until lock.take"] }),
      'choices[0]: expected a known event, got "lock.take"; did you mean "lock.taken"?',
    ],
    [
      "what an unknown design shows",
      withFields({ expect: { v11: {} } }),
      'expect.v11: expected a design: v10, review, review-seed, got "v11"',
    ],
    [
      "what a design shows, as a list",
      withFields({ expect: { v10: [] } }),
      "expect.v10: expected what this design should show: findings and counters, got []",
    ],
    [
      "an unknown counter",
      withFields({ expect: { v10: { startCallback: 1 } } }),
      'expect.v10.startCallback: there is no field "startCallback" here; did you mean "startCallbacks"?',
    ],
    [
      "a counter in words",
      withFields({ expect: { v10: { wasted: "all" } } }),
      'expect.v10.wasted: expected the counter\'s exact value: a whole number from 0 to 9007199254740991, got "all"',
    ],
    [
      "an unknown invariant",
      withFields({ expect: { v10: { findings: ["I99"] } } }),
      'expect.v10.findings[0]: expected a known invariant, got "I99"; there are I1, I2, I3, I4, I5, I6, I7, I8, I9, I10, I11, I12',
    ],
    [
      "no invariant at all",
      withFields({ expect: { v10: { findings: ["bug"] } } }),
      `expect.v10.findings[0]: ${INVARIANT}, got "bug"`,
    ],
    [
      "a trap without a form",
      withFields({ expect: { v10: { findings: [{ invariant: "I3", trap: "b1" }] } } }),
      `expect.v10.findings[0].trap: ${INVARIANT}, got "b1"`,
    ],
  ])("%s", (_, document, problem) => {
    expect(complaints(document)).toEqual([problem]);
  });

  it.each<[string, unknown, string]>([
    ["no operation", {}, `tasks.P[0].op: ${OPS}, got nothing`],
    ["a list", [], `tasks.P[0].op: ${OPS}, got nothing`],
    ["an unknown operation", { op: "poke" }, `tasks.P[0].op: ${OPS}, got "poke"`],
    [
      "an unknown field",
      { ...punch, strat: 0, end: 4 },
      'tasks.P[0].strat: there is no field "strat" here; did you mean "start"?',
    ],
    [
      "a missing field",
      { op: "deleteSlot", vm: "vm0" },
      'tasks.P[0].slot: expected a field "slot", and there is none; add it',
    ],
    [
      "an unknown file",
      { ...punch, file: "f1", start: 0, end: 4 },
      'tasks.P[0].file: expected a known file, got "f1"; there are f0',
    ],
    [
      "an unknown VM",
      { ...slot, vm: "vm1", gfn: 0 },
      'tasks.P[0].vm: expected a known VM, got "vm1"; did you mean "vm0"?',
    ],
    [
      "a notifier of an unknown VM",
      { ...bind, notifier: "host/3" },
      'tasks.P[0].notifier: expected a known VM, got "host"; there are vm0',
    ],
    [
      "a notifier of no form",
      { ...bind, notifier: "vm0.3" },
      'tasks.P[0].notifier: expected a slot as "VM/SLOT", for example "vm0/3", got "vm0.3"',
    ],
    [
      "a region of no size",
      { ...slot, gfn: 0, region: { size: "0" } },
      'tasks.P[0].region.size: expected a size above 0; a slot is deleted with "deleteSlot"',
    ],
    [
      "private memory without a file",
      { ...slot, gfn: 0, region: { flags: 6 } },
      'tasks.P[0].region.flags: expected a "file" beside the flag for private memory (4)',
    ],
    [
      "an address of 65 bits",
      { ...slot, gfn: 0, region: { gpa: "18446744073709551616" } },
      'tasks.P[0].region.gpa: expected a number of bytes below 2^64: a whole number, from 2^53 on its digits as a string, got "18446744073709551616"',
    ],
    [
      "a field that a region has not",
      { ...slot, gfn: 0, region: { sise: 1 } },
      'tasks.P[0].region.sise: there is no field "sise" here; did you mean "size"?',
    ],
    ["a binding of nothing", { ...bind, start: 4 }, "tasks.P[0].end: expected a page after start (4), got 4"],
    [
      "an unclear binding",
      { ...bind, exclusive: "no" },
      'tasks.P[0].exclusive: expected whether the binding is exclusive: true or false, got "no"',
    ],
    ["no range", punch, PAIRS],
    ["half a range", { ...punch, start: 0 }, PAIRS],
    ["half of each range", { ...punch, start: 0, len: 4096 }, PAIRS],
    ["both ranges", { ...punch, start: 0, end: 1, offset: 0, len: 4096 }, PAIRS],
    ["half a byte", { ...punch, offset: 0.5, len: 1 }, `tasks.P[0].offset: ${BYTES}, got 0.5`],
    [
      "bytes that JSON rounds",
      { ...punch, offset: 2 ** 53, len: 1 },
      `tasks.P[0].offset: ${BYTES}, got 9007199254740992`,
    ],
    [
      "bytes beyond 63 bits",
      { ...punch, offset: "9223372036854775808", len: 1 },
      `tasks.P[0].offset: ${BYTES}, got "9223372036854775808"`,
    ],
    ["bytes in words", { ...punch, offset: "0x1000", len: 1 }, `tasks.P[0].offset: ${BYTES}, got "0x1000"`],
    [
      "pages beyond 63 bits",
      { ...punch, start: 0, end: 2 ** 51 },
      "tasks.P[0]: expected offset and length below 2^63 bytes, as the system call takes them",
    ],
    [
      "a mode with an unknown flag",
      { ...punch, start: 0, end: 1, mode: "PUNCH" },
      'tasks.P[0].mode: expected flags such as "PUNCH_HOLE|KEEP_SIZE", got "PUNCH"',
    ],
    [
      "a mode that is neither",
      { ...punch, start: 0, end: 1, mode: true },
      'tasks.P[0].mode: expected flags such as "PUNCH_HOLE|KEEP_SIZE", or their number from 0 to 2147483647, got true',
    ],
    [
      "a slot of no pages",
      { ...slot, pages: 0, gfn: 0 },
      'tasks.P[0].pages: expected at least 1 page, got 0; a slot is deleted with "deleteSlot"',
    ],
    [
      "a slot on a file, but where",
      { ...slot, file: "f0" },
      'tasks.P[0].pgoff: expected the page of "f0" at which the slot begins; add it',
    ],
    [
      "a file page without its file",
      { ...slot, gfn: 0, pgoff: 0 },
      'tasks.P[0].pgoff: expected a "file" beside "pgoff"; an ordinary slot has neither',
    ],
    [
      "an ordinary slot without a gfn",
      slot,
      "tasks.P[0].gfn: expected the first gfn: an ordinary slot has no file page to take it from",
    ],
    [
      "a slot beyond guest memory",
      { ...slot, gfn: 2 ** 40 - 3 },
      "tasks.P[0].gfn: expected the slot to end at gfn 2^40 or before, got 1099511627773 + 4",
    ],
    [
      "a gfn taken from too far a page",
      { ...slot, file: "f0", pgoff: 2 ** 40 },
      "tasks.P[0].gfn: expected the slot to end at gfn 2^40 or before, got 1099511627776 + 4",
    ],
    [
      "a slot beyond any file",
      { ...slot, gfn: 0, file: "f0", pgoff: 2 ** 51 - 3 },
      "tasks.P[0].pages: expected the slot to end at page 2^51 or before, got 2251799813685245 + 4",
    ],
    [
      "a file that nobody has declared",
      { op: "fstat", file: "f1" },
      'tasks.P[0].file: expected a known file, got "f1"; there are f0',
    ],
    [
      "a file made that is there",
      { op: "memfd_restricted", file: "f0", flags: 0 },
      'tasks.P[0].file: expected a file that is not there yet, declared with "exists":false and made once, got "f0"',
    ],
    [
      "flags below 0",
      { op: "memfd_restricted", file: "f0", flags: -1 },
      "tasks.P[0].flags: expected flags: a whole number from 0 to 4294967295, got -1",
    ],
    [
      "a length that is none",
      { op: "ftruncate", file: "f0", length: 1.5 },
      `tasks.P[0].length: ${BYTES}, got 1.5`,
    ],
    [
      "a negative number of bytes to read",
      { op: "read", file: "f0", len: -1 },
      "tasks.P[0].len: expected a number of bytes: a whole number from 0 to 9007199254740991, got -1",
    ],
    [
      "a whence by name",
      { op: "lseek", file: "f0", offset: 0, whence: "SEEK_SET" },
      'tasks.P[0].whence: expected a whence: a whole number from 0 to 4294967295, got "SEEK_SET"',
    ],
    [
      "a protection that is none",
      { op: "mmap", file: "f0", prot: "READ|NONE", flags: "SHARED" },
      'tasks.P[0].prot: expected a protection such as "READ|WRITE", or "NONE", got "READ|NONE"',
    ],
    [
      "a mapping that is neither",
      { op: "mmap", file: "f0", prot: "READ", flags: "BOTH" },
      'tasks.P[0].flags: expected "SHARED" or "PRIVATE", got "BOTH"',
    ],
    [
      "a touch of nothing",
      { op: "map", vm: "vm0", gfn: 0, pages: 0 },
      "tasks.P[0].pages: expected at least 1 page, got 0",
    ],
  ])("an operation: %s", (_, operation, problem) => {
    expect(complaints(withOperation(operation))).toEqual([problem]);
    expect(complaints(withFields({ setup: [operation] }))).toEqual([
      problem.replace("tasks.P[0]", "setup[0]"),
    ]);
  });

  const absent = { pages: 64, exists: false };
  const creation = { op: "memfd_restricted", file: "f1", flags: 0 };

  it.each<[string, Loose, string]>([
    [
      "a file made twice",
      { files: { f1: absent }, setup: [creation], tasks: { P: [creation] } },
      'tasks.P[0].file: expected a file that is not there yet, declared with "exists":false and made once, got "f1"',
    ],
    [
      "a file that a kernel without the call has",
      { kernel: { restrictedmem: false } },
      'files.f0: expected {"exists":false} beside "pages": a kernel without memfd_restricted has no such file',
    ],
    [
      "a kernel that says nothing",
      { kernel: {} },
      'kernel.restrictedmem: expected a field "restrictedmem", and there is none; add it',
    ],
    [
      "fewer descriptors than there are files",
      { limits: { fds: 3 } },
      "limits.fds: expected at least 4: 3 are taken, and each file that is there at the start has one, got 3",
    ],
    [
      "fewer files than there are",
      { limits: { files: 1 } },
      "limits.files: expected at least 2: 2 for each file that is there at the start, got 1",
    ],
    [
      "a limit that there is none of",
      { limits: { fd: 4 } },
      'limits.fd: there is no field "fd" here; did you mean "fds"?',
    ],
    [
      "a file that may be there",
      { files: { f0: { pages: 64, exists: "no" } } },
      'files.f0.exists: expected whether the file is there at the start: true or false, got "no"',
    ],
  ])("%s", (_, fields, problem) => {
    expect(complaints(withFields(fields))).toEqual([problem]);
  });

  it("what the limits leave room for is accepted", () => {
    const fields = { files: { f0: { pages: 1 }, f1: absent }, limits: { fds: 4, files: 2, fsize: 0 } };
    expect(complaints(withFields({ ...fields, tasks: { P: [creation] } }))).toEqual([]);
    expect(
      complaints(withFields({ files: { f1: absent }, kernel: { restrictedmem: false }, tasks: {} })),
    ).toEqual([]);
  });

  it("every field that is missing is named", () => {
    expect(complaints({})).toEqual(
      ["format", "title", "files", "vms", "tasks"].map(
        (name) => `${name}: expected a field "${name}", and there is none; add it`,
      ),
    );
  });

  it("ten problems are told at most", () => {
    const tasks = { P: Array.from({ length: 30 }, () => ({ op: "poke" })) };
    expect(complaints(withFields({ tasks }))).toHaveLength(10);
    const unknown = { P: Array.from({ length: 30 }, () => ({ ...punch, file: "f9", start: 0, end: 1 })) };
    expect(complaints(withFields({ tasks: unknown }))).toHaveLength(10);
    expect(complaints(withFields({ choices: Array.from({ length: 30 }, () => "Q") }))).toHaveLength(10);
  });
});

describe("what it fills in", () => {
  const parsed = (document: unknown) => {
    const result = parseDocument(document);
    if (!result.ok) throw new Error(result.problems.map(problemText).join("; "));
    return result.scenario;
  };

  it("gfn is pgoff, mode that of the operation's name, the designs list and xarray, all else empty", () => {
    const scenario = parsed(
      withOperation({ op: "createSlot", vm: "vm0", slot: 1, pages: 4, file: "f0", pgoff: 60 }),
    );
    expect(scenario.tasks.get("P")).toEqual([
      { op: "createSlot", vm: "vm0", slot: 1, pages: 4, gfn: 60, backing: { file: "f0", pgoff: 60 } },
    ]);
    expect(scenario).toMatchObject({ about: "", setup: [], choices: [], show: ["v10", "review"] });
    expect(scenario.vms.get("vm0")).toEqual({
      ...{ seq: 0, range: [0, 0], vcpus: 0, levels: 4, underflow: "silent", hasPrivateMem: true },
    });
    const modeOf = (op: string) => parsed(withOperation({ ...punch, op, start: 1, end: 3 })).tasks.get("P");
    expect(modeOf("punch")).toEqual([{ op: "punch", file: "f0", mode: 3, offset: 4096n, len: 8192n }]);
    expect(modeOf("allocate")).toEqual([{ op: "allocate", file: "f0", mode: 0, offset: 4096n, len: 8192n }]);
  });

  it("bytes are exact up to 2^63, and a range that the kernel must refuse is let through to it", () => {
    const bytes = (offset: unknown, len: unknown) =>
      parsed(withOperation({ ...punch, offset, len })).tasks.get("P");
    expect(bytes("9223372036854775807", "-9223372036854775808")).toMatchObject([
      { offset: 2n ** 63n - 1n, len: -(2n ** 63n) },
    ]);
    expect(bytes(-4096, 2 ** 53 - 1)).toMatchObject([{ offset: -4096n, len: 2n ** 53n - 1n }]);
    const inverted = parsed(withOperation({ ...punch, start: 4, end: 2 })).tasks.get("P");
    expect(inverted).toMatchObject([{ offset: 16384n, len: -8192n }]);
  });

  it("an expectation without findings leaves them open", () => {
    const { expect: declared } = parsed(
      withFields({ expect: { v10: { wasted: 2 }, review: { findings: [] } } }),
    );
    expect(declared.get("v10")).toEqual({ findings: null, counters: new Map([["wasted", 2]]) });
    expect(declared.get("review")?.findings).toEqual([]);
  });
});

describe("hostile documents", () => {
  it.each(["__proto__", "constructor", "prototype"])("%s names no file, VM, task or field", (name) => {
    // Written as text: in an object of JavaScript the first would not be a name at all.
    const text = JSON.stringify(valid());
    for (const field of ["tasks", "files", "vms"]) {
      const renamed = text.replace(new RegExp(`"${field}":\\{"\\w+":`), `"${field}":{"${name}":`);
      expect(problemsOf(renamed)[0]).toContain(`${field}: ${RESERVED}, got {"${name}":`);
    }
    expect(problemsOf(text.replace("{", `{"${name}":1,`))).toEqual([
      `${name}: there is no field "${name}" here; take it out`,
    ]);
  });

  it("toString and hasOwnProperty are names like any other", () => {
    expect(complaints(withFields({ tasks: { toString: [], hasOwnProperty: [] } }))).toEqual([]);
    expect(complaints(withOperation({ ...punch, file: "toString", start: 0, end: 1 }))).toEqual([
      'tasks.P[0].file: expected a known file, got "toString"; there are f0',
    ]);
  });

  it("a value that is deep is quoted as far as it is shown", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    expect(problemsOf(JSON.stringify(valid()).replace('"A hole"', deep))).toEqual([
      `title: expected a title, for example "One page punched", got ${"[".repeat(57)}...`,
    ]);
    expect(problemsOf(deep)).toEqual([`expected a scenario: a JSON object, got ${"[".repeat(57)}...`]);
  });

  it("ten million characters of title or of name make a short message", () => {
    const long = "a".repeat(10_000_000);
    for (const document of [
      withFields({ title: long }),
      withFields({ [long]: 1 }),
      withFields({ tasks: { [long]: [] } }),
    ]) {
      const [problem = "", ...more] = complaints(document);
      expect(more).toEqual([]);
      expect(problem).toContain("aaa...");
      expect(problem.length).toBeLessThan(300);
    }
  });

  it("numbers that are none are refused", () => {
    const text = JSON.stringify(valid());
    expect(problemsOf(text.replace(":64", ":1e999"))).toEqual([`files.f0.pages: ${PAGES}, got Infinity`]);
    expect(problemsOf(text.replace(":64", ":-0"))).toEqual([]);
  });

  it("a line break or an escape sequence in a name comes out quoted", () => {
    expect(complaints(withFields({ "a\n\u001b[31m": 1 }))).toEqual([
      '"a\\n\\u001b[31m": there is no field "a\\n\\u001b[31m" here; take it out',
    ]);
  });

  it("hundreds of thousands of mistakes are given up on at the first", () => {
    expect(complaints(withFields({ setup: Array.from({ length: 400_000 }, () => ({})) }))).toHaveLength(1);
  });
});

describe("parseScenario", () => {
  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        for (const problem of problemsOf(text)) expect(problem).not.toMatch(/[\n\r\t]/);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws on a document with a part that is cut out, doubled or something else", () => {
    const junk = fc.oneof(
      fc.constant(undefined),
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom("f0", "vm0/1", 1e300, -1),
    );
    const rolls = fc.array(fc.nat(10_000), { minLength: 40, maxLength: 120, size: "max" });
    fc.assert(
      fc.property(
        rolls,
        fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 3 }),
        (list, changes) => {
          const document: unknown = JSON.parse(JSON.stringify(rolledDocument(list, { binds: true })));
          for (const [where, value] of changes) changePart(document, where, value);
          const parsed = parseScenario(JSON.stringify(document) ?? "");
          if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("takes every rolled document, and its print as the same scenario", () => {
    const rolls = fc.array(fc.nat(10_000), { minLength: 40, maxLength: 120, size: "max" });
    fc.assert(
      fc.property(rolls, (list) => {
        const document = rolledDocument(list, { binds: true });
        expect(parseScenario(printDocument(document))).toEqual(parseDocument(document));
      }),
    );
  });

  // A recording has none until it is read; what is read of it is held to the format beside the reader.
  const written = BUILT_INS.flatMap((entry) => ("capture" in entry ? [] : entry));
  it.each(written)("reads the print of $name as the same scenario", (entry) => {
    const first =
      "document" in entry
        ? parseDocument(entry.document())
        : parseScenario(
            readFileSync(new URL(`../../../../public/scenarios/${entry.file}`, import.meta.url), "utf8"),
          );
    if (!first.ok) throw new Error(first.problems.map(problemText).join("; "));
    expect(parseScenario(printDocument(first.scenario.document))).toEqual(first);
    for (const variant of first.scenario.expect.keys()) expect(VARIANTS).toContain(variant);
  });
});

/** Replaces the part of `document` that `where` comes to, counting parts in order; undefined takes it out. */
function changePart(document: unknown, where: number, value: unknown): void {
  const parts: [Record<string, unknown>, string][] = [];
  const gather = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      parts.push([node as Record<string, unknown>, key]);
      gather(child);
    }
  };
  gather(document);
  const [parent, key] = parts[where % Math.max(1, parts.length)] ?? [];
  if (parent === undefined || key === undefined) return;
  if (value !== undefined) parent[key] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}
