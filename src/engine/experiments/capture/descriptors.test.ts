// SPDX-License-Identifier: GPL-2.0-only
// Descriptors that are duplicated, closed, given out again, or known only by the path that -y shows.

import { describe, expect, it } from "vitest";
import { readStrace } from "./readStrace.ts";

const read = (...lines: string[]) => readStrace(lines.map((line) => `${line}\n`).join(""));
const files = (...lines: string[]) => read(...lines).document.files;

const MEMFD = 'memfd_create("x", 0) = 4';
const GROW = (fd: number | string, pages = 2) => `ftruncate(${fd}, ${pages * 4096}) = 0`;
const PUNCH = (fd: number | string) =>
  `fallocate(${fd}, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 0, 4096) = 0`;
const MAP = (fd: number | string, flags = "MAP_SHARED", prot = "PROT_READ|PROT_WRITE") =>
  `mmap(NULL, 8192, ${prot}, ${flags}, ${fd}, 0) = 0x700000000000`;

describe("a duplicate", () => {
  it.each([
    "dup(4) = 5",
    "dup2(4, 5) = 5",
    "dup3(4, 5, O_CLOEXEC) = 5",
    "fcntl(4, F_DUPFD, 5) = 5",
    "fcntl(4, F_DUPFD_CLOEXEC, 5) = 5",
    "fcntl(4, 0x406, 5) = 5",
  ])("by %s leads to the same file, also when the first descriptor is closed", (call) => {
    const { document, summary } = read(MEMFD, call, "close(4) = 0", GROW(5));
    expect(document.files).toEqual({ f0: { pages: 2 } });
    expect(summary).toMatchObject({ used: 4, notOurs: 0 });
  });

  it("of a descriptor to itself changes nothing", () => {
    expect(files(MEMFD, "dup2(4, 4) = 4", GROW(4))).toEqual({ f0: { pages: 2 } });
  });

  it("closes what its number led to", () => {
    const { document, summary } = read(MEMFD, "dup2(0, 4) = 4", GROW(4));
    expect(document.files).toEqual({ f0: { pages: 0 } });
    expect(summary).toMatchObject({ used: 2, notOurs: 1 });
  });

  it("that failed is none, and fcntl's other commands are not ours", () => {
    const failed = read(MEMFD, "dup(4) = -1 EMFILE (Too many open files)", GROW(5));
    expect(failed.summary).toMatchObject({ used: 1, failed: 1, notOurs: 1 });
    const other = read(
      MEMFD,
      "fcntl(4, F_GETFD) = 0x1 (flags FD_CLOEXEC)",
      "fcntl(4, F_ADD_SEALS, F_SEAL_GROW) = 0",
    );
    expect(other.summary).toMatchObject({ used: 1, notOurs: 2 });
  });
});

describe("close_range", () => {
  it.each(["close_range(3, 4294967295, 0) = 0", "close_range(4, 4, 0) = 0", "close_range(0, ~0U, 0x2) = 0"])(
    "closes every descriptor in it: %s",
    (call) => expect(files(MEMFD, call, GROW(4))).toEqual({ f0: { pages: 0 } }),
  );

  it("leaves those outside it, and is not ours where none inside it is", () => {
    const { document, summary } = read(MEMFD, "close_range(5, 4294967295, 0) = 0", GROW(4));
    expect(document.files).toEqual({ f0: { pages: 2 } });
    expect(summary).toMatchObject({ used: 2, notOurs: 1 });
  });
});

describe("an interrupted call", () => {
  it("is about the file that its descriptor led to when it began", () => {
    const { document } = read(
      `1 ${MEMFD}`,
      "2 fallocate(4, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 0, 4096 <unfinished ...>",
      "1 close(4) = 0",
      '1 memfd_create("y", 0) = 4',
      "2 <... fallocate resumed>) = 0",
    );
    expect(document.tasks.VMM).toEqual([{ op: "punch", file: "f0", start: 0, end: 1 }]);
  });

  it("closes and unmaps nothing that came after it began", () => {
    const { document } = read(
      `1 ${MEMFD}`,
      `1 ${MAP(4)}`,
      "2 close(4 <unfinished ...>",
      "3 munmap(0x700000000000, 8192 <unfinished ...>",
      '1 memfd_create("y", 0) = 4',
      `1 ${MAP(4)}`,
      "2 <... close resumed>) = 0",
      "3 <... munmap resumed>) = 0",
      `1 ${GROW(4, 8)}`,
      "1 ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=0, flags=0, guest_phys_addr=0, memory_size=8192, " +
        "userspace_addr=0x700000000000}) = 0",
    );
    expect(document.files).toMatchObject({ f1: { pages: 8 } });
    expect(document.tasks.VMM).toMatchObject([{ file: "f1" }]);
  });
});

describe("a file opened by path", () => {
  it.each([
    'open("/dev/shm/ram", O_RDWR|O_CREAT|O_EXCL, 0600) = 7',
    'openat(AT_FDCWD, "/dev/hugepages/ram", O_RDWR|O_CREAT|O_EXCL|O_CLOEXEC, 0644) = 7',
    'openat(AT_FDCWD</srv>, "ram", O_RDWR) = 7</srv/ram>',
    'openat2(AT_FDCWD, "/mnt/huge/ram", {flags=O_RDWR|O_CLOEXEC, resolve=0}, 24) = 7',
    'creat("/tmp/ram", 0600) = 7',
  ])("holds guest memory once it is mapped shared and writable: %s", (call) => {
    const { document, summary } = read(call, GROW(7, 8), MAP(7), PUNCH(7), "close(7) = 0");
    expect(document.files).toEqual({ f0: { pages: 8 } });
    expect(document.tasks.VMM).toMatchObject([{ op: "punch", file: "f0" }]);
    expect(summary).toMatchObject({ used: 5, notOurs: 0, files: 1 });
  });

  it("is at least as large as its mapping", () => {
    expect(files('open("/x", O_RDWR) = 7', MAP(7))).toEqual({ f0: { pages: 2 } });
    expect(files('open("/x", O_RDWR) = 7', GROW(7, 1), MAP(7))).toEqual({ f0: { pages: 2 } });
  });

  it.each([
    ["is mapped privately", 'open("/x", O_RDWR) = 7', MAP(7, "MAP_PRIVATE")],
    ["is mapped to be read alone", 'open("/x", O_RDWR) = 7', MAP(7, "MAP_SHARED", "PROT_READ")],
    ["is a device", 'open("/dev/dri/renderD128", O_RDWR) = 7', MAP(7)],
    ["is a card's memory", 'open("/sys/bus/pci/devices/0000:01:00.0/resource0", O_RDWR) = 7', MAP(7)],
    ["is not mapped", 'open("/x.qcow2", O_RDWR) = 7', GROW(7)],
    [
      "has its descriptor given to an anonymous mapping",
      'open("/x", O_RDWR) = 7',
      MAP(7, "MAP_SHARED|MAP_ANONYMOUS"),
    ],
    ["fails to be mapped", 'open("/x", O_RDWR) = 7', MAP(7).replace(/= .*/, "= -1 ENODEV (No such device)")],
  ])("is not ours, and no hole in it, where it %s", (_, ...lines) => {
    const { document, summary } = read(...lines, PUNCH(7), "close(7) = 0");
    expect(document).toMatchObject({ files: {}, tasks: { VMM: [] } });
    expect(summary).toMatchObject({ used: 0, notOurs: 4, failed: 0, unread: 0 });
  });

  it("is one file under one path, two where the second was made anew", () => {
    const open = (fd: number, flags: string) => `open("/x", ${flags}) = ${fd}`;
    const at = (fd: number, address: string) => MAP(fd).replace("0x700000000000", address);
    const twice = (flags: string) =>
      read(open(7, "O_RDWR"), at(7, "0x700000000000"), open(8, flags), at(8, "0x710000000000")).summary.files;
    expect(twice("O_RDWR")).toBe(1);
    expect(twice("O_RDWR|O_CREAT|O_EXCL")).toBe(2);
    expect(twice("O_RDWR|O_TMPFILE")).toBe(2);
  });

  it("moves both lines of an interrupted open from not ours to used", () => {
    const { summary } = read(
      '1 open("/x", O_RDWR <unfinished ...>',
      "2 close(3) = 0",
      "1 <... open resumed>) = 7",
      `1 ${MAP(7)}`,
    );
    expect(summary).toMatchObject({ used: 3, notOurs: 1 });
  });

  it("takes its descriptor from a memfd whose close is not in the log", () => {
    const { document, summary } = read(MEMFD, 'open("/x.qcow2", O_RDWR) = 4', GROW(4));
    expect(document.files).toEqual({ f0: { pages: 0 } });
    expect(summary).toMatchObject({ used: 1, notOurs: 2 });
  });
});

describe("a path that -y shows", () => {
  const SHOWN = "4</memfd:ram a, b) = 3>(deleted)";

  it("makes a memfd of a descriptor that the log has not seen made, as large as what was reached", () => {
    const { document, summary } = read(PUNCH(SHOWN), MAP(SHOWN), PUNCH(SHOWN));
    expect(document.files).toEqual({ f0: { pages: 2 } });
    expect(summary).toMatchObject({ used: 3, punches: 2, files: 1 });
  });

  it("makes a VM of one", () => {
    const region = (slot: number) =>
      `ioctl(30<anon_inode:kvm-vm>, KVM_SET_USER_MEMORY_REGION, {slot=${slot}, flags=0, guest_phys_addr=0, ` +
      "memory_size=4096, userspace_addr=0x7f0000000000}) = 0";
    expect(read(region(0), region(1)).document.vms).toEqual({ vm0: {} });
    const duplicate = "dup(30<anon_inode:kvm-vm>) = 31<anon_inode:kvm-vm>";
    expect(read(duplicate, region(0), region(1).replace("30<", "31<")).document.vms).toEqual({ vm0: {} });
  });

  it("follows a duplicate of one", () => {
    expect(read(`dup(${SHOWN}) = 5${SHOWN.slice(1)}`, PUNCH(SHOWN), PUNCH(5)).summary.files).toBe(1);
  });

  it("outranks a descriptor whose close is not in the log", () => {
    const other = PUNCH("4</memfd:other (deleted)>");
    expect(
      read(`${MEMFD.replace("= 4", "= 4</memfd:x (deleted)>")}`, other).document.tasks.VMM,
    ).toMatchObject([{ file: "f1" }]);
    expect(read(MEMFD, PUNCH("4</var/disk.img>")).summary).toMatchObject({ used: 1, notOurs: 1 });
    expect(read(MEMFD, PUNCH("4<socket:[1]>")).summary).toMatchObject({ used: 1, notOurs: 1 });
  });

  it("makes guest memory of a file by path that is mapped as such", () => {
    const path = "7</dev/hugepages/qemu_back_mem.pc.ram.AbCdEf (deleted)>";
    expect(read(PUNCH(path), MAP(path), PUNCH(path)).summary).toMatchObject({
      used: 2,
      notOurs: 1,
      files: 1,
    });
  });

  it("makes no file where a descriptor is only closed", () => {
    expect(read(`close(${SHOWN}) = 0`).summary).toMatchObject({ notOurs: 1, files: 0 });
  });
});

describe("a mapping that mremap", () => {
  const slot = (address: string) =>
    `ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=0, flags=0, guest_phys_addr=0, memory_size=4096, userspace_addr=${address}}) = 0`;
  const pgoffAt = (address: string, ...lines: string[]) => {
    const made = read(MEMFD, GROW(4, 8), MAP(4), ...lines, slot(address)).document.tasks.VMM![0]!;
    return made.op === "createSlot" ? (made.pgoff ?? null) : null;
  };
  const MOVED =
    "mremap(0x700000001000, 4096, 4096, MREMAP_MAYMOVE|MREMAP_FIXED, 0x720000000000) = 0x720000000000";

  it("moves lies at its new place and no longer at the old one", () => {
    expect(pgoffAt("0x720000000000", MOVED)).toBe(1);
    expect(pgoffAt("0x700000001000", MOVED)).toBeNull();
    expect(pgoffAt("0x700000000000", MOVED)).toBe(0);
  });

  it("moves with MREMAP_DONTUNMAP, or from an old length of 0, lies at both", () => {
    const kept = MOVED.replace("MREMAP_FIXED", "MREMAP_FIXED|MREMAP_DONTUNMAP");
    expect(pgoffAt("0x720000000000", kept)).toBe(1);
    expect(pgoffAt("0x700000001000", kept)).toBe(1);
    const twice = "mremap(0x700000001000, 0, 4096, MREMAP_MAYMOVE) = 0x720000000000";
    expect(pgoffAt("0x720000000000", twice)).toBe(1);
    expect(pgoffAt("0x700000001000", twice)).toBe(1);
  });

  it("grows or shrinks ends where its new length says", () => {
    const resized = (pages: number) => `mremap(0x700000000000, 8192, ${pages * 4096}, 0) = 0x700000000000`;
    expect(pgoffAt("0x700000003000", resized(4))).toBe(3);
    expect(pgoffAt("0x700000001000", resized(1))).toBeNull();
    expect(pgoffAt("0x700000000000", resized(1))).toBe(0);
  });

  it("did not touch, or failed to, stays; and memory of others is not ours", () => {
    const failed = MOVED.replace(/= 0x.*/, "= -1 ENOMEM (Cannot allocate memory)");
    expect(pgoffAt("0x700000001000", failed)).toBe(1);
    expect(read(MEMFD, MAP(4), failed).summary.failed).toBe(1);
    const other = "mremap(0x600000000000, 4096, 8192, MREMAP_MAYMOVE) = 0x610000000000";
    expect(read(MEMFD, MAP(4), other).summary.notOurs).toBe(1);
    const over =
      "mremap(0x600000000000, 4096, 4096, MREMAP_MAYMOVE|MREMAP_FIXED, 0x700000001000) = 0x700000001000";
    expect(pgoffAt("0x700000001000", over)).toBeNull();
  });
});

it("a mapping that is put anew piece by piece is one, as it is to the kernel", () => {
  const piece =
    "mmap(0x700000000000, 4096, PROT_READ|PROT_WRITE, MAP_SHARED|MAP_FIXED, 4, 0) = 0x700000000000";
  const slot =
    "ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=0, flags=0, guest_phys_addr=0, memory_size=8192, userspace_addr=0x700000000000}) = 0";
  expect(read(MEMFD, MAP(4), piece, slot).document.tasks.VMM).toMatchObject([{ file: "f0", pgoff: 0 }]);
});
