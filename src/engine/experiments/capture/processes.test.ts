// SPDX-License-Identifier: GPL-2.0-only
// Whose descriptors and whose memory a call is about.

import { describe, expect, it } from "vitest";
import { readStrace } from "./readStrace.ts";

const read = (...lines: string[]) => readStrace(lines.map((line) => `${line}\n`).join(""));

const MEMFD = '1 memfd_create("x", MFD_CLOEXEC) = 4';
const MMAP = "1 mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_SHARED, 4, 0) = 0x700000000000";
const UNMAP = "munmap(0x700000000000, 8192) = 0";
const slot = (pid: string, fd = 9) =>
  `${pid} ioctl(${fd}, KVM_SET_USER_MEMORY_REGION, {slot=0, flags=0, guest_phys_addr=0, memory_size=8192, ` +
  "userspace_addr=0x700000000000}) = 0";
const backed = (lines: string[]) =>
  read(...lines).document.tasks.VMM!.flatMap((each) => (each.op === "createSlot" ? [each.file ?? null] : []));
const THREAD =
  "clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD} => {parent_tid=[2]}, 88) = 2";

describe("a child", () => {
  it.each([
    ["fork() = 2", false, false],
    ["clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f) = 2", false, false],
    ["clone(child_stack=NULL, flags=0x1200000|17, child_tidptr=0x7f) = 2", false, false],
    ["vfork() = 2", false, true],
    ["clone(child_stack=0x1, flags=CLONE_VM|SIGCHLD) = 2", false, true],
    ["clone(child_stack=0x1, flags=CLONE_FILES|SIGCHLD) = 2", true, false],
    ["clone(child_stack=0x1, flags=0x100 /* CLONE_VM */|17) = 2", false, true],
    [THREAD, true, true],
    ["clone3({flags=0x3d0f00, exit_signal=0}, 88) = 2", true, true],
  ])("of %s shares files: %s, memory: %s", (birth, files, memory) => {
    const closed = read(MEMFD, `1 ${birth}`, "2 close(4) = 0", "1 ftruncate(4, 8192) = 0").document.files;
    expect(closed).toEqual({ f0: { pages: files ? 0 : 2 } });
    expect(backed([MEMFD, MMAP, `1 ${birth}`, `2 ${UNMAP}`, slot("1")])).toEqual([memory ? null : "f0"]);
    // Either way it has what its parent had.
    expect(backed([MEMFD, MMAP, `1 ${birth}`, slot("2")])).toEqual(["f0"]);
  });

  it("has what its parent had also where it is seen before its parent's call returns", () => {
    for (const call of ["vfork(", "clone(child_stack=NULL, flags=SIGCHLD"]) {
      const lines = [
        `1 ${call} <unfinished ...>`,
        "2 close(4) = 0",
        `1 <... ${call.split("(")[0]} resumed>) = 2`,
      ];
      const { document, summary } = read(
        MEMFD,
        ...lines,
        "2 ftruncate(4, 4096) = 0",
        "1 ftruncate(4, 8192) = 0",
      );
      expect(document.files).toEqual({ f0: { pages: 2 } });
      expect(summary).toMatchObject({ used: 3, notOurs: 3 });
    }
  });

  it("is not a thread that happens to be seen while another process is born", () => {
    const lines = [
      "1 fork( <unfinished ...>",
      "5 getpid() = 1",
      "1 <... fork resumed>) = 2",
      "5 close(4) = 0",
    ];
    expect(read(MEMFD, ...lines, "1 ftruncate(4, 8192) = 0").document.files).toEqual({ f0: { pages: 0 } });
  });

  it("may get the id of one that has ended", () => {
    const { document } = read(
      MEMFD,
      "1 fork() = 2",
      "2 close(4) = 0",
      "2 +++ exited with 0 +++",
      "1 fork( <unfinished ...>",
      "2 ftruncate(4, 8192) = 0",
      "1 <... fork resumed>) = 2",
    );
    expect(document.files).toEqual({ f0: { pages: 2 } });
  });

  it("of a call that failed is none", () => {
    const { summary } = read(
      MEMFD,
      "1 fork() = -1 EAGAIN (Resource temporarily unavailable)",
      "2 close(4) = 0",
    );
    expect(summary).toMatchObject({ used: 2, notOurs: 1, failed: 0 });
  });
});

it("a process whose birth is not in the log shares with the first one", () => {
  expect(backed([MEMFD, MMAP, slot("99")])).toEqual(["f0"]);
  expect(backed([MEMFD, MMAP, `98 ${UNMAP}`, slot("99")])).toEqual([null]);
});

it("execve leaves nothing mapped, and of the descriptors those that are not marked for it", () => {
  const exec = '2 execve("/bin/x", ["x"], 0x7ff /* 50 vars */) = 0';
  expect(backed([MEMFD, MMAP, "1 fork() = 2", exec, slot("2"), slot("1")])).toEqual([null, "f0"]);
  const size = (made: string[]) =>
    read(...made, "1 fork() = 2", exec, "2 ftruncate(4, 8192) = 0").document.files;
  expect(size([MEMFD])).toEqual({ f0: { pages: 0 } });
  expect(size([MEMFD, "1 dup2(4, 4) = 4"])).toEqual({ f0: { pages: 0 } });
  expect(size(['1 memfd_create("x", 0) = 4'])).toEqual({ f0: { pages: 2 } });
  expect(size([MEMFD, "1 fcntl(4, F_SETFD, 0) = 0"])).toEqual({ f0: { pages: 2 } });
  expect(size(['1 memfd_create("x", 0) = 4', "1 fcntl(4, F_SETFD, FD_CLOEXEC) = 0"])).toEqual({
    f0: { pages: 0 },
  });
  expect(size(['1 memfd_create("x", 0) = 4', "1 close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) = 0"])).toEqual({
    f0: { pages: 0 },
  });
});

it("execve of a process whose birth is not in the log leaves the first one what it has", () => {
  const exec = (pid: string) => `${pid} execve("/bin/x", ["x"], 0x7ff /* 50 vars */) = 0`;
  expect(backed([MEMFD, MMAP, exec("7"), slot("7"), slot("1")])).toEqual([null, "f0"]);
  expect(backed([MEMFD, MMAP, exec("1"), slot("1")])).toEqual([null]);
});

it("two virtual machines of two processes in one log keep their descriptors and their memory apart", () => {
  const machine = (pid: string) => [
    `${pid} ioctl(8, KVM_CREATE_VM, 0) = 9`,
    `${pid} memfd_create("x", MFD_CLOEXEC) = 4`,
    `${pid} ftruncate(4, 8192) = 0`,
    `${pid} mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_SHARED, 4, 0) = 0x700000000000`,
  ];
  const { document } = read("1 fork() = 2", ...machine("1"), ...machine("2"), slot("2"), slot("1"));
  expect(document.vms).toEqual({ vm0: {}, vm1: {} });
  expect(document.tasks.VMM).toMatchObject([
    { vm: "vm1", file: "f1" },
    { vm: "vm0", file: "f0" },
  ]);
});
