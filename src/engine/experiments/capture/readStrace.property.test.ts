// SPDX-License-Identifier: GPL-2.0-only
// No log, however broken, throws, loses a line or yields a scenario that does not fit the format.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holds } from "./captureHolds.ts";

const odd = fc.oneof(
  fc.constantFrom("-1", "9223372036854775807", "9223372036854775808", "4503599627370496"),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 65n }).map(String),
  fc.constantFrom("NULL", "", "?", "x", "__proto__", "4097"),
);
/** Mostly one of few, so that calls meet; now and then something that no kernel would take. */
const mostly = (...usual: string[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: odd });
const fd = mostly("3", "4", "5", "6");
const size = mostly("0", "4096", "8192", "65536");
const address = mostly("0x700000000000", "0x700000001000", "0x700000002000");
const mode = mostly("0", "FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE", "0x3", "0x8");

const region = fc
  .tuple(fd, mostly("0", "1"), size, size, address)
  .map(
    ([vm, slot, gpa, bytes, user]) =>
      `ioctl(${vm}, KVM_SET_USER_MEMORY_REGION, {slot=${slot}, flags=0, guest_phys_addr=${gpa}, ` +
      `memory_size=${bytes}, userspace_addr=${user}}`,
  );
const call = fc.oneof(
  fc.tuple(fd, mostly("KVM_CREATE_VM", "KVM_CREATE_VCPU")).map((args) => `ioctl(${args.join(", ")}, 0`),
  fc.constant('memfd_create("x", 0'),
  fc.tuple(fd, size).map((args) => `ftruncate(${args.join(", ")}`),
  fc.tuple(address, size).map((args) => `munmap(${args.join(", ")}`),
  fc.tuple(fd, mode, size, size).map((args) => `fallocate(${args.join(", ")}`),
  fd.map((arg) => `close(${arg}`),
  fd.map((arg) => `dup(${arg}`),
  fc.tuple(fd, fd).map((args) => `dup2(${args.join(", ")}`),
  fc
    .tuple(fd, mostly("F_DUPFD", "F_SETFD"), mostly("0", "FD_CLOEXEC"))
    .map((args) => `fcntl(${args.join(", ")}`),
  fc.tuple(fd, mostly("5", "~0U"), mostly("0", "0x4")).map((args) => `close_range(${args.join(", ")}`),
  fc.tuple(address, size, size, mostly("0", "MREMAP_DONTUNMAP")).map((args) => `mremap(${args.join(", ")}`),
  fc.constantFrom(
    "fork(",
    "vfork(",
    "clone(flags=CLONE_FILES|SIGCHLD",
    'execve("x", [], 0x7f',
    'open("/x", O_RDWR',
  ),
  region,
  fc.constantFrom("read(1", "toString(", "__proto__("),
);
const returned = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(call, mostly("0", "0", "3", "4", "-1")) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('memfd_create("x", 0'), fd) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(address, size, fd, size)
      .map(
        ([at, bytes, file, offset]) =>
          [`mmap(NULL, ${bytes}, 3, MAP_SHARED, ${file}, ${offset}`, at] as const,
      ),
  },
);
/** What a log of ours begins with, so that most calls find something to speak of. */
const OPENING = [
  "ioctl(1, KVM_CREATE_VM, 0) = 3",
  'memfd_create("x", 0) = 4',
  "mmap(NULL, 65536, 3, MAP_SHARED, 4, 0) = 0x700000000000",
];
const line = fc
  .tuple(
    fc.constantFrom("", "1 ", "2 ", "3 ", "[pid 1] 08:02:32.964252 ", "2 0.5 ", "4 1795568401.777280 "),
    fc.oneof(
      { weight: 6, arbitrary: returned.map(([text, result]) => `${text}) = ${result}`) },
      { weight: 1, arbitrary: call.map((text) => `${text} <unfinished ...>`) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom("memfd_create", "fork", "close", "dup", "execve"), fd)
          .map(([name, result]) => `<... ${name} resumed>) = ${result}`),
      },
      { weight: 1, arbitrary: call },
    ),
  )
  .map((parts) => parts.join(""));

describe("readStrace()", () => {
  it("counts every line once and stays inside the format, whatever the text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => void holds(text)));
  });

  it("does so for calls with arguments of all kinds", () => {
    const reached = {
      used: 0,
      notOurs: 0,
      failed: 0,
      unread: 0,
      created: 0,
      deleted: 0,
      punches: 0,
      backed: 0,
    };
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40, size: "max" }), (lines) => {
        const summary = holds([...OPENING, ...lines].map((text) => `${text}\n`).join(""));
        for (const kind of Object.keys(reached) as (keyof typeof reached)[]) reached[kind] += summary[kind];
      }),
      { numRuns: 300 },
    );
    for (const [kind, times] of Object.entries(reached)) expect(times, kind).toBeGreaterThan(0);
  });

  it("takes one line of ten million characters in its stride", () => {
    for (const piece of ["a", "1", " ", "(", ") = ", '"', "{slot=", "\\", "1.", "<... "]) {
      holds(`ioctl(9, KVM_SET_USER_MEMORY_REGION, ${piece.repeat(10_000_000 / piece.length)}) = 0`);
      holds(piece.repeat(10_000_000 / piece.length));
    }
  }, 60_000);
});
