// SPDX-License-Identifier: GPL-2.0-only
// One log in all the forms that strace can give it, and what only some of them show.

import { describe, expect, it } from "vitest";
import { readStrace } from "./readStrace.ts";

const BARE = [
  "ioctl(8, KVM_CREATE_VM, 0) = 9",
  'memfd_create("ram, a = (b)", MFD_CLOEXEC) = 11',
  "ftruncate(11, 1048576) = 0",
  "mmap(NULL, 1048576, PROT_READ|PROT_WRITE, MAP_SHARED, 11, 0) = 0x700000000000",
  "fcntl(11, F_DUPFD_CLOEXEC, 0) = 12",
  "fallocate(12, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 4096, 8192) = 0",
  "ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=3, flags=KVM_MEM_READONLY, guest_phys_addr=0x1000, " +
    "memory_size=8192, userspace_addr=0x700000001000}) = 0",
  "ioctl(13, KVM_RUN, 0) = -1 EINTR (Interrupted system call)",
  "--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_TKILL, si_pid=7, si_uid=0} ---",
  "close(11) = 0",
  "ftruncate(12, -1) = -1 EINVAL (Invalid argument)",
];
const OPERATIONS = [
  { op: "punch", file: "f0", start: 1, end: 3 },
  { op: "createSlot", vm: "vm0", slot: 3, gfn: 1, pages: 2, file: "f0", pgoff: 1 },
];

/** The descriptors of one of these lines with a path behind them, as -y prints it. */
const withPaths = (memfd: string, vm: string) => (line: string) =>
  line
    .replace(/\b(11|12)(?=[,)]|$)/g, `$1${memfd}`)
    .replace("ioctl(9,", `ioctl(9${vm},`)
    .replace("= 9", `= 9${vm}`)
    .replace("ioctl(8,", "ioctl(8</dev/kvm<char 10:232>>,");
const DELETED = withPaths("</memfd:ram, a = (b)>(deleted)", "<anon_inode:kvm-vm>");
const OLDER = withPaths("</memfd:ram, a = (b) (deleted)>", "<anon_inode:kvm-vm>");
const raw = (line: string) =>
  line
    .replace("KVM_CREATE_VM", "0xae01")
    .replace("KVM_SET_USER_MEMORY_REGION", "0x4020ae46")
    .replace("PROT_READ|PROT_WRITE, MAP_SHARED", "0x3, 0x1")
    .replace("F_DUPFD_CLOEXEC", "0x406")
    .replace("FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE", "0x3")
    .replace("KVM_MEM_READONLY", "0x2")
    .replace("MFD_CLOEXEC", "0x1");
const verbose = (line: string) =>
  line
    .replace(/KVM_CREATE_VM/, "0xae01 /* KVM_CREATE_VM */")
    .replace(/KVM_SET\w+/, "0x4020ae46 /* $& */")
    .replace("PROT_READ|PROT_WRITE, MAP_SHARED", "0x3 /* PROT_READ|PROT_WRITE */, 0x1 /* MAP_SHARED */")
    .replace("F_DUPFD_CLOEXEC", "0x406 /* F_DUPFD_CLOEXEC */")
    .replace(/FALLOC_FL_KEEP\S+(?=,)/, "0x3 /* $& */");
const requests = (line: string) =>
  line
    .replace("KVM_CREATE_VM", "_IOC(_IOC_NONE, 0xae, 0x1, 0)")
    .replace("KVM_SET_USER_MEMORY_REGION", "_IOC(_IOC_WRITE, 0xae, 0x46, 0x20)");
const stamped = (stamp: (i: number) => string) => (line: string, i: number) => `${stamp(i)} ${line}`;
const two = (n: number) => String(n).padStart(2, "0");

describe("a log", () => {
  it.each<[string, (line: string, i: number) => string]>([
    ["as it is", (line) => line],
    ["with -f to a file", (line) => `7652  ${line}`],
    ["with -f to a terminal", (line, i) => (i < 3 ? line : `[pid  7652] ${line}`)],
    ["padded to column 40", (line) => line.replace(") = ", `)${" ".repeat(20)}= `)],
    ["with -T", (line) => (line.startsWith("-") ? line : `${line} <0.000043>`)],
    ["with -y", DELETED],
    ["with -y of an older strace", OLDER],
    ["with -y and -T", (line) => `${DELETED(line)} <0.000043>`],
    ["with -i and -n", (line) => `[ 319] [00007fa8ce728217] ${line}`],
    ["with -X raw", raw],
    ["with -X verbose and -y", (line) => DELETED(verbose(line))],
    ["of an strace that does not know KVM's requests", requests],
    ["with -k", (line) => `${line}\n > /usr/lib/libc.so.6(mmap+0x17) [0x10a217]\n > unexpected [0x1]\n`],
  ])("%s tells the same", (_, form) => {
    const { document, summary } = readStrace(BARE.map(form).join("\n"));
    expect(document.tasks.VMM).toEqual(OPERATIONS);
    expect(document.files).toEqual({ f0: { pages: 256 } });
    expect(document.vms).toEqual({ vm0: {} });
    expect(document).not.toHaveProperty("started");
    expect(summary).toMatchObject({ used: 8, failed: 1, unread: 0, created: 1, punches: 1 });
  });

  it.each<[string, string | undefined, (i: number) => string]>([
    ["-t", "08:02:00", (i) => `08:02:${two(i)}`],
    ["-tt", "08:02:00.000000", (i) => `08:02:${two(i)}.000000`],
    ["-ttt", "01:00:01.500000", (i) => `${1795568401 + i}.500000`],
    ["-r", undefined, (i) => `     ${i === 0 ? 0 : 1}.000000`],
    ["-t and -r", "08:02:00", (i) => `08:02:${two(i)} (+     1.000000)`],
    ["-f and -tt", "08:02:00.000000", (i) => `7652  08:02:${two(i)}.000000`],
  ])("with %s tells also when each call began", (_, started, stamp) => {
    const { document, summary } = readStrace(BARE.map(stamped(stamp)).join("\n"));
    expect(document.tasks.VMM).toEqual(
      OPERATIONS.map((operation, i) => ({ ...operation, time: [5_000_000, 6_000_000][i] })),
    );
    expect(document.started).toBe(started);
    expect(summary).toMatchObject({ used: 8, failed: 1, unread: 0 });
  });

  it("gives an interrupted call the time at which it began", () => {
    const { document } = readStrace(
      [
        '1 10:00:00 memfd_create("x", 0) = 4',
        "1 10:00:01 fallocate(4, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 0, 4096 <unfinished ...>",
        "2 10:00:02 fallocate(4, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 4096, 4096) = 0",
        "1 10:00:03 <... fallocate resumed>) = 0",
      ].join("\n"),
    );
    expect(document.tasks.VMM!.map(({ time }) => time)).toEqual([2_000_000, 1_000_000]);
  });

  it("has no `assumed` where it has no punch", () => {
    expect(readStrace(BARE.filter((line) => !line.includes("PUNCH")).join("\n")).document).not.toHaveProperty(
      "assumed",
    );
    expect(readStrace(BARE.join("\n")).document.assumed).toEqual(["present", "mapped"]);
  });

  it("tells that huge pages are counted as small ones", () => {
    const { notes, document } = readStrace(
      'memfd_create("x", MFD_CLOEXEC|MFD_HUGETLB|21<<MFD_HUGE_SHIFT) = 4\nmemfd_create("y", 0) = 5\nftruncate(4, 2097152) = 0\n',
    );
    expect(notes).toEqual(["Huge pages (hugetlb) are counted as pages of 4 KiB: f0."]);
    expect(document.files).toMatchObject({ f0: { pages: 512 } });
  });
});

describe("an interrupted call on a terminal", () => {
  it("may show its process id in one half alone", () => {
    const call = 'memfd_create("x", 0 <unfinished ...>';
    for (const [first, second] of [
      [call, "[pid 6] <... memfd_create resumed>) = 4"],
      [`[pid 6] ${call}`, "<... memfd_create resumed>) = 4"],
    ]) {
      expect(readStrace(`${first}\n[pid 7] close(3) = 0\n${second}\n`).summary).toMatchObject({
        used: 2,
        unread: 0,
      });
    }
  });

  it("is over when its process is", () => {
    const { summary } = readStrace(
      '6 memfd_create("x", 0 <unfinished ...>\n6 +++ killed by SIGKILL +++\n<... memfd_create resumed>) = 4\n',
    );
    expect(summary).toMatchObject({ used: 0, notOurs: 1, unread: 2 });
  });
});

describe("a line that strace tore on a terminal", () => {
  const TORN = "clone(child_stack=NULL, flags=SIGCHLDstrace: Process 7 attached";
  it("is one call with the line after it, finished or not", () => {
    for (const rest of [", child_tidptr=0x7f) = 7", " <unfinished ...>\n[pid 6] <... clone resumed>) = 7"]) {
      const { summary } = readStrace(`${TORN}\n${rest}\n`);
      expect(summary).toMatchObject({ notOurs: summary.lines, unread: 0 });
    }
  });

  it("is cut off where no rest comes", () => {
    for (const rest of ["", "close(3) = 0\n"]) {
      const { summary, problems } = readStrace(`${TORN}\n${rest}`);
      expect(summary.unread).toBe(1);
      expect(problems).toMatchObject([{ line: 1 }]);
    }
  });

  it("makes a child that has its own descriptors", () => {
    const { document } = readStrace(
      [
        'memfd_create("x", 0) = 4',
        TORN,
        " <unfinished ...>",
        "[pid 7] close(4) = 0",
        "[pid 6] <... clone resumed>) = 7",
        "[pid 6] ftruncate(4, 8192) = 0",
      ].join("\n"),
    );
    expect(document.files).toEqual({ f0: { pages: 2 } });
  });
});
