// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { readStrace } from "./readStrace.ts";
import { summaryLine } from "./summary.ts";

const read = (...lines: string[]) => readStrace(lines.map((line) => `${line}\n`).join(""));
const operations = (...lines: string[]) => read(...lines).document.tasks.VMM!;

const VM = "ioctl(8, KVM_CREATE_VM, 0)        = 9";
const MEMFD = 'memfd_create("memory-backend-memfd", MFD_CLOEXEC|MFD_ALLOW_SEALING) = 11';
const SIZE = "ftruncate(11, 1073741824)         = 0";
const MMAP = "mmap(NULL, 1073741824, PROT_READ|PROT_WRITE, MAP_SHARED, 11, 0) = 0x700000000000";
const BASE = 0x700000000000n;

const region = (slot: number, gpa: number, size: number, address: bigint, fd = 9, flags = "0") =>
  `ioctl(${fd}, KVM_SET_USER_MEMORY_REGION, {slot=${slot}, flags=${flags}, guest_phys_addr=${gpa}, ` +
  `memory_size=${size}, userspace_addr=0x${address.toString(16)}}) = 0`;
const slot = (n: number, pages: number, more: object = {}) => ({
  op: "createSlot",
  vm: "vm0",
  slot: n,
  gfn: 0,
  pages,
  ...more,
});

/** What a single line after a VM and a mapped memfd of 1 GiB counts as. */
function outcomeOf(line: string) {
  const before = read(VM, MEMFD, SIZE, MMAP).summary;
  const { summary } = read(VM, MEMFD, SIZE, MMAP, line);
  const kinds = (["used", "notOurs", "failed", "unread"] as const).filter(
    (kind) => summary[kind] > before[kind],
  );
  expect(kinds).toHaveLength(1);
  return kinds[0];
}

describe("a memslot", () => {
  it("gets its file page from where its address lies in the file's mapping", () => {
    expect(operations(VM, MEMFD, SIZE, MMAP, region(3, 0x100000, 8192, BASE + 0xff000n))).toEqual([
      slot(3, 2, { gfn: 256, file: "f0", pgoff: 255 }),
    ]);
  });

  it("counts from the offset at which the file was mapped", () => {
    const mmap = "mmap(NULL, 65536, PROT_READ|PROT_WRITE, MAP_SHARED, 11, 0x20000) = 0x700000000000";
    expect(operations(VM, MEMFD, SIZE, mmap, region(0, 0, 4096, BASE + 8192n))).toEqual([
      slot(0, 1, { file: "f0", pgoff: 34 }),
    ]);
  });

  it("may reach into the last page of a mapping whose length is no whole number of pages", () => {
    const mmap = "mmap(NULL, 4097, PROT_READ|PROT_WRITE, MAP_SHARED, 11, 0) = 0x700000000000";
    expect(operations(VM, MEMFD, SIZE, mmap, region(0, 0, 8192, BASE))).toMatchObject([{ file: "f0" }]);
  });

  it("is ordinary where its address lies in no file", () => {
    expect(operations(VM, MEMFD, SIZE, MMAP, region(1, 0, 4096, 0x600000000000n))).toEqual([slot(1, 1)]);
  });

  it("is ordinary where its file's mapping has been unmapped or mapped over", () => {
    const over =
      "mmap(0x700000000000, 4096, PROT_NONE, MAP_PRIVATE|MAP_ANONYMOUS|MAP_FIXED, -1, 0) = 0x700000000000";
    for (const gone of ["munmap(0x700000000000, 4096) = 0", over]) {
      const { document, summary } = read(VM, MEMFD, SIZE, MMAP, gone, region(0, 0, 4096, BASE));
      expect(document.tasks.VMM).toEqual([slot(0, 1)]);
      expect(summary.used).toBe(6);
    }
  });

  it("with memory_size=0 is deleted, whatever address it is given", () => {
    const deletion =
      "ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=3, flags=0, guest_phys_addr=0, memory_size=0, userspace_addr=NULL}) = 0";
    const { document, summary } = read(VM, region(3, 0, 4096, BASE), deletion);
    expect(document.tasks.VMM).toEqual([slot(3, 1), { op: "deleteSlot", vm: "vm0", slot: 3 }]);
    expect(summary).toMatchObject({ created: 1, deleted: 1 });
  });

  it("whose flags alone change counts as changed and leaves no operation", () => {
    const { document, summary } = read(
      VM,
      region(3, 0, 4096, BASE),
      region(3, 0, 4096, BASE, 9, "KVM_MEM_LOG_DIRTY_PAGES"),
    );
    expect(document.tasks.VMM).toEqual([slot(3, 1)]);
    expect(summary).toMatchObject({ created: 2, deleted: 0 });
  });

  it("that moves is deleted and created, and counts once", () => {
    const { document, summary } = read(VM, region(3, 0, 4096, BASE), region(3, 8192, 4096, BASE));
    expect(document.tasks.VMM).toEqual([
      slot(3, 1),
      { op: "deleteSlot", vm: "vm0", slot: 3 },
      slot(3, 1, { gfn: 2 }),
    ]);
    expect(summary).toMatchObject({ created: 2, deleted: 0 });
  });

  it("belongs to the VM of its descriptor", () => {
    const { document } = read(
      VM,
      "ioctl(8, KVM_CREATE_VM, 0) = 12",
      region(0, 0, 4096, BASE, 12),
      region(0, 0, 4096, BASE, 9),
    );
    expect(document.vms).toEqual({ vm0: {}, vm1: {} });
    expect(document.tasks.VMM).toMatchObject([{ vm: "vm1" }, { vm: "vm0" }]);
  });

  it("brings its VM along where the log began after KVM_CREATE_VM", () => {
    const { document } = read(region(0, 0, 4096, BASE, 30), region(1, 0, 4096, BASE, 30));
    expect(document.vms).toEqual({ vm0: {} });
    expect(document.tasks.VMM).toMatchObject([{ vm: "vm0" }, { vm: "vm0" }]);
  });
});

describe("a file", () => {
  it("has the pages that ftruncate gave it, part pages counted whole", () => {
    expect(read(MEMFD, "ftruncate(11, 4097) = 0").document.files).toEqual({ f0: { pages: 2 } });
  });

  it("keeps its largest size", () => {
    expect(read(MEMFD, SIZE, "ftruncate(11, 4096) = 0").document.files).toEqual({ f0: { pages: 262_144 } });
  });

  it("is a new one where its descriptor was closed and given out again, or only given out again", () => {
    for (const between of [["close(11) = 0"], []]) {
      const { document } = read(
        VM,
        MEMFD,
        SIZE,
        MMAP,
        ...between,
        MEMFD,
        "ftruncate(11, 8192) = 0",
        region(0, 0, 4096, BASE),
      );
      expect(document.files).toEqual({ f0: { pages: 262_144 }, f1: { pages: 2 } });
      // The first file's mapping outlives its descriptor.
      expect(document.tasks.VMM).toMatchObject([{ file: "f0" }]);
    }
  });

  it("is no longer meant by a closed descriptor", () => {
    const { document, summary } = read(
      MEMFD,
      SIZE,
      "close(11) = 0",
      "ftruncate(11, 9000000000) = 0",
      "close(11) = 0",
    );
    expect(document.files).toEqual({ f0: { pages: 262_144 } });
    expect(summary).toMatchObject({ used: 3, notOurs: 2 });
  });

  it("is punched in pages where the hole is whole pages, else in bytes", () => {
    const punch = (range: string) => `fallocate(11, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, ${range}) = 0`;
    const { document, summary } = read(
      MEMFD,
      SIZE,
      punch("8192, 4096"),
      punch("1, 2"),
      punch("9007199254740993, 1"),
    );
    expect(document.tasks.VMM).toEqual([
      { op: "punch", file: "f0", start: 2, end: 3 },
      { op: "punch", file: "f0", offset: 1, len: 2 },
      { op: "punch", file: "f0", offset: "9007199254740993", len: 1 },
    ]);
    expect(summary.punches).toBe(3);
  });

  it("is allocated by the modes that allocate, and that is no punch", () => {
    const { document, summary } = read(
      MEMFD,
      SIZE,
      "fallocate(11, 0, 0, 4096) = 0",
      "fallocate(11, FALLOC_FL_KEEP_SIZE, 0, 4096) = 0",
    );
    expect(document.tasks.VMM).toEqual([
      { op: "allocate", file: "f0", start: 0, end: 1 },
      { op: "allocate", file: "f0", start: 0, end: 1, mode: "KEEP_SIZE" },
    ]);
    expect(summary.punches).toBe(0);
  });
});

describe("a line counts", () => {
  it.each([
    "ioctl(9, KVM_CREATE_VCPU, 0)      = 12",
    "ioctl(12, KVM_RUN, 0) = -1 EINTR (Interrupted system call)",
    'read(5, "abc", 3) = 3',
    'openat(AT_FDCWD, "/x", O_RDONLY) = -1 ENOENT (No such file or directory)',
    "ftruncate(44, 4096) = 0",
    "close(44) = 0",
    "fallocate(44, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 0, 4096) = 0",
    "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 5, 0) = 0x600000000000",
    "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x600000000000",
    "munmap(0x600000000000, 4096) = 0",
    "exit_group(0)                           = ?",
    "constructor(1) = 1",
    "--- SIGCHLD {si_signo=SIGCHLD} ---",
    "futex(0x7f, FUTEX_WAIT, 1 <unfinished ...>",
    "<... futex resumed>) = 0",
    "",
  ])("as not ours: %s", (line) => expect(outcomeOf(line)).toBe("notOurs"));

  it.each([
    region(0, 0, 4096, BASE).replace("= 0", "= -1 EINVAL (Invalid argument)").replace("slot= -1", "slot=0"),
    "ioctl(8, KVM_CREATE_VM, 0) = -1 EBUSY (Device or resource busy)",
    'memfd_create("x", MFD_HUGETLB) = -1 ENOMEM (Cannot allocate memory)',
    "ftruncate(11, 4096) = -1 EINVAL (Invalid argument)",
    "fallocate(11, FALLOC_FL_PUNCH_HOLE, 0, 4096) = -1 EOPNOTSUPP (Operation not supported)",
    "mmap(NULL, 4096, PROT_READ, MAP_SHARED, 11, 0) = -1 ENOMEM (Cannot allocate memory)",
  ])("as failed: %s", (line) => expect(outcomeOf(line)).toBe("failed"));

  it.each([
    "ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=0, flags=0, guest_phys_ad",
    "ioctl(9, KVM_SET_USER_MEMORY_REGION, 0x7ffc1234) = 0",
    "ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=0, flags=0, guest_phys_addr=0, memory_size=4096}) = 0",
    "ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=0, flags=0, guest_phys_addr=0, memory_size=4096 <unfinished ...>",
    "ioctl(8, KVM_CREATE_VM, 0) = ?",
    "ftruncate(11, 4096) = ?",
    region(65_536, 0, 4096, BASE),
    region(0, 0, 4097, BASE),
    region(0, 0, 2 ** 43, BASE),
    region(0, 2 ** 52, 4096, BASE),
    region(0, 0, 4096, BASE + 1n),
    "ftruncate(11, -1) = 0",
    "ftruncate(11, 9223372036854775808) = 0",
    "fallocate(11, FALLOC_FL_ZERO_RANGE, 0, 4096) = 0",
    "fallocate(11, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 9223372036854775807, 1) = 0",
    "mmap(NULL, 4096, PROT_READ, MAP_SHARED, 11, 5) = 0x700000000000",
    "mmap(NULL, 4096, PROT_READ, MAP_SHARED, 11, 9223372036854771712) = 0x700000000000",
    "mmap(NULL, 4096, PROT_READ, MAP_SHARED, 11, 9223372036854775808) = 0x700000000000",
    "mmap(NULL, 4096, PROT_READ, MAP_SHARED, 11, 0) = 0x5",
    'memfd_create("x", 0) = x',
    "<... memfd_create resumed>) = 19",
    "no strace at all",
  ])("as unread: %s", (line) => expect(outcomeOf(line)).toBe("unread"));

  it("twice where the call was interrupted: both halves share its outcome", () => {
    const { document, summary } = read(
      '1 memfd_create("x", 0 <unfinished ...>',
      "2 ftruncate(4, 1 <unfinished ...>",
      "1 <... memfd_create resumed>) = 4",
      "1 ftruncate(4, 8192) = 0",
      "2 <... ftruncate resumed>) = -1 EINVAL (Invalid argument)",
    );
    expect(document.files).toEqual({ f0: { pages: 2 } });
    expect(summary).toMatchObject({ lines: 5, used: 3, failed: 2, notOurs: 0, unread: 0 });
  });

  it("as unread on its own where another call of the same process comes in between", () => {
    const { summary, problems } = read(
      '1 memfd_create("x", 0 <unfinished ...>',
      "1 ftruncate(4, 1 <unfinished ...>",
      "1 <... memfd_create resumed>) = 4",
    );
    expect(summary).toMatchObject({ used: 0, notOurs: 1, unread: 2 });
    expect(problems.map((problem) => problem.line)).toEqual([1, 3]);
  });
});

it("problems name the first five unread lines, in the order of the log", () => {
  const { problems, summary } = read('1 memfd_create("x", 0 <unfinished ...>', ..."abcdefg");
  expect(summary.unread).toBe(8);
  expect(problems.map((problem) => problem.line)).toEqual([1, 2, 3, 4, 5]);
  expect(problems[0]).toEqual({ line: 1, reason: "the log does not tell what memfd_create returned" });
});

it("a failed call changes nothing", () => {
  const failed = region(0, 0, 4096, BASE).replace(/= 0$/, "= -1 EEXIST (File exists)");
  const { document, summary } = read(VM, MEMFD, SIZE, MMAP, failed);
  expect(document.tasks.VMM).toEqual([]);
  expect(summary).toMatchObject({ created: 0, failed: 1 });
});

it("summaryLine() says what became of the lines", () => {
  expect(summaryLine(read(VM, "ioctl(9, KVM_CREATE_VCPU, 0) = 12", "x").summary)).toBe(
    "3 lines: 0 memslot calls (0 created or changed, 0 deleted), 0 files, 0 punches, 1 not ours, 0 failed, 1 unread",
  );
});

it("line ends of either kind, and a last line without one, read the same", () => {
  const lines = [VM, MEMFD, SIZE, MMAP];
  expect(readStrace(lines.join("\r\n"))).toEqual(read(...lines));
  expect(readStrace("").summary.lines).toBe(0);
});
