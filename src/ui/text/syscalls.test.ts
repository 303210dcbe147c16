// SPDX-License-Identifier: GPL-2.0-only
// What the log says of the calls on a file: the call, what it does, and why it is refused.

import { describe, expect, it } from "vitest";
import { parseDocument, type Play, play, type VariantId } from "../../engine/index.ts";
import { describeOperation } from "./operation.ts";
import { sentence } from "./sentence.ts";

const f1 = { file: "f1" };

function played(operations: readonly object[], variant: VariantId, fields: object = {}): Play {
  const parsed = parseDocument({
    format: "restricted-memory-lab/1",
    title: "A test",
    files: { f0: { pages: 64 }, f1: { pages: 64, exists: false } },
    vms: { vm0: {} },
    tasks: { U: operations },
    ...fields,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return play(parsed.scenario, variant);
}

const sentences = (shown: Play) =>
  shown.recording.steps.flatMap((step) => step.events.map((event) => sentence(event, step, shown)));

const create = { op: "memfd_restricted", ...f1, flags: 0 };

it("a file that is made, part by part, given a size, asked for it, and closed", () => {
  const operations = [create, { op: "ftruncate", ...f1, length: 8192 }, { op: "fstat", ...f1 }];
  expect(sentences(played([...operations, { op: "close", ...f1 }], "review"))).toEqual([
    "U calls memfd_restricted(0) on f1.",
    "U makes f1's descriptor.",
    "U makes f1's inner tmpfs file.",
    "U makes f1's metadata.",
    "U makes f1's shim.",
    "U makes f1's pages unevictable and unmovable.",
    "U has f1, of size 0, as descriptor 4.",
    "U returns 0 from memfd_restricted.",
    "U calls ftruncate(8,192) on f1.",
    "U takes shim->lock of f1 for writing.",
    "U sets the inner i_size of f1 to 8,192 bytes.",
    "U releases shim->lock of f1.",
    "U returns 0 from ftruncate.",
    "U calls fstat() on f1.",
    "U is told 8,192 bytes and no blocks of f1.",
    "U returns 0 from fstat.",
    "U calls close() on f1.",
    "U releases f1, as nobody refers to it any more: no pages freed.",
    "U returns 0 from close.",
  ]);
});

it("a file that cannot be made, and what is taken back", () => {
  expect(sentences(played([create], "v10", { limits: { files: 3 } })).slice(3)).toEqual([
    "U makes f1's metadata.",
    "U cannot make f1's shim.",
    "U takes back f1's metadata.",
    "U takes back f1's inner tmpfs file.",
    "U takes back f1's descriptor.",
    "U returns -ENFILE from memfd_restricted: the host has too many files open.",
  ]);
});

it("the list's stat says that it read what it should not have (T-s)", () => {
  expect(sentences(played([{ op: "fstat", file: "f0" }], "v10"))[1]).toBe(
    "U is told 0 bytes and no blocks of f0, read from an inode that is not tmpfs' own (T-s).",
  );
});

it("a signal is named", () => {
  const operations = [create, { op: "ftruncate", ...f1, length: 8192 }];
  const told = sentences(played(operations, "v10", { limits: { fsize: 4096 } }));
  expect(told).toContain("U is sent SIGXFSZ: the file would grow beyond the limit of the process.");
  expect(told).toContain("U leaves the inner i_size of f1 at 0 bytes.");
});

it("a file that is made during the run has the locks and walks of its design", () => {
  const operations = [create, { op: "createSlot", vm: "vm0", slot: 0, pages: 4, ...f1, pgoff: 0 }];
  const punch = { op: "punch", ...f1, start: 0, end: 4 };
  const told = (variant: VariantId) => sentences(played([...operations, punch], variant));
  expect(told("v10")).toContain("U takes rm->lock of f1 for the start walk.");
  expect(told("v10")).toContain("U begins the start walk: every notifier on the list of f1.");
  expect(told("review")).toContain("U begins the start walk: f1's bindings at indices 0 to 3.");
  expect(told("review-seed")).toContain(
    "U begins the start walk: f1's bindings at indices 0 to 4, one too many.",
  );
});

describe("a refusal says why", () => {
  const closed = { op: "close", file: "f0" };
  it.each<[object[], string, object?]>([
    [[{ ...create, flags: 1 }], "-EINVAL from memfd_restricted: it takes no flags."],
    [[create], "-EMFILE from memfd_restricted: the process has no descriptor left.", { limits: { fds: 4 } }],
    [
      [create],
      "-ENOSYS from memfd_restricted: the kernel was built without it.",
      { kernel: { restrictedmem: false }, files: { f1: { pages: 64, exists: false } } },
    ],
    [[{ op: "ftruncate", file: "f0", length: 4096 }], "-EPERM from ftruncate: the size is not 0 any more."],
    [
      [create, { op: "ftruncate", ...f1, length: 1 }],
      "-EINVAL from ftruncate: the length must be a multiple of 4,096 bytes, and not negative.",
    ],
    [
      [create, { op: "ftruncate", ...f1, length: 4096 }],
      "-EFBIG from ftruncate: the length is above the limit of the process.",
      { limits: { fsize: 0 } },
    ],
    [[{ op: "read", file: "f0", len: 1 }], "-EINVAL from read: the shim has no method for it."],
    [[{ op: "pwrite", file: "f0", len: 1, offset: -1 }], "-EINVAL from pwrite: the offset is negative."],
    [[{ op: "pread", file: "f0", len: 1, offset: 0 }], "-ESPIPE from pread: the shim has no position."],
    [[{ op: "lseek", file: "f0", offset: 0, whence: 9 }], "-EINVAL from lseek: there is no such whence."],
    [
      [{ op: "mmap", file: "f0", prot: "READ", flags: "SHARED" }],
      "-ENODEV from mmap: the shim has no method for it.",
    ],
    [
      [{ op: "mmap", file: "f0", prot: "EXEC", flags: "PRIVATE" }],
      "-EPERM from mmap: nothing on its mount may be executed.",
    ],
    [[closed, { op: "fstat", file: "f0" }], "-EBADF from fstat: its descriptor is not open."],
    [
      [closed, { op: "punch", file: "f0", start: 0, end: 1 }],
      "-EBADF from fallocate: its descriptor is not open.",
    ],
    [
      [closed, { op: "createSlot", vm: "vm0", slot: 0, pages: 4, file: "f0", pgoff: 0 }],
      "or its file is not open.",
    ],
  ])("%j", (operations, says, fields) => {
    expect(sentences(played(operations, "review", fields)).at(-1)).toMatch(
      new RegExp(`^U returns .*${says.replaceAll(/[-.]/g, "\\$&")}$`),
    );
  });
});

it("an operation is a clause with its arguments", () => {
  const shown = played(
    [
      { op: "pread", file: "f0", offset: 8192, len: 4096 },
      { op: "mmap", file: "f0", prot: "READ|WRITE", flags: "SHARED" },
    ],
    "v10",
  );
  expect([...shown.scenario.tasks.values()].flat().map((each) => describeOperation(each, shown))).toEqual([
    "U calls pread(4,096, 8,192) on f0",
    "U calls mmap(READ|WRITE, SHARED) on f0",
  ]);
});
