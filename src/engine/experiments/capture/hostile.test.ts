// SPDX-License-Identifier: GPL-2.0-only
// Logs that are long in one way or another. Each of them takes seconds; were any step to look through all that came
// before it, it would take hours.

import { describe, expect, it } from "vitest";
import { LINE_MAX } from "./lineCutter.ts";
import { newStraceReader, readStrace } from "./readStrace.ts";

const log = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join("");
const hex = (n: number) => `0x${n.toString(16)}`;
const MEMFD = 'memfd_create("x", 0) = 3\n';
const BASE = 0x7000_0000_0000;
const mapping = (at: number) =>
  `mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 3, 0) = ${hex(BASE + at * 8192)}`;
/** Places in no order, each of them once. */
const scattered = (i: number) => (i * 7919) % 1_000_003;

describe("a log", () => {
  it("of 100,000 mappings, each of them taken away again", () => {
    const { summary } = readStrace(
      MEMFD +
        log(100_000, (i) => mapping(scattered(i))) +
        log(100_000, (i) => `munmap(${hex(BASE + scattered(99_999 - i) * 8192)}, 4096) = 0`),
    );
    expect(summary.used).toBe(200_001);
  }, 60_000);

  it("of 50,000 processes, each with one mapping more than its parent", () => {
    const { summary } = readStrace(
      MEMFD + log(100_000, (i) => (i % 2 === 0 ? `${i + 1} ${mapping(i)}` : `${i} fork() = ${i + 2}`)),
    );
    expect(summary.used).toBe(50_001);
  }, 60_000);

  it("of 40,000 munmaps of everything, begun before and ended after as many mappings", () => {
    const { summary } = readStrace(
      MEMFD +
        log(40_000, (i) => `${i} munmap(${hex(BASE)}, ${2 ** 46} <unfinished ...>`) +
        log(40_000, mapping) +
        log(40_000, (i) => `${i} <... munmap resumed>) = 0`),
    );
    expect(summary).toMatchObject({ used: 120_001, unread: 0 });
  }, 60_000);

  it("of 300,000 memslots, of which a VM has 65,536", () => {
    const { summary, document } = readStrace(
      log(
        300_000,
        (i) =>
          `ioctl(${9 + (i % 2)}, KVM_SET_USER_MEMORY_REGION, {slot=${i >> 1}, flags=0, guest_phys_addr=${hex(i * 4096)}, ` +
          "memory_size=4096, userspace_addr=0x7f0000000000}) = 0",
      ),
    );
    expect(summary.created).toBe(2 * 65_536);
    expect(summary.unread).toBe(300_000 - 2 * 65_536);
    expect(Object.keys(document.vms)).toHaveLength(2);
  }, 60_000);

  it("of 100,000 clones that never return, and as many strangers", () => {
    const { summary } = readStrace(
      log(100_000, (i) => `${i} clone(flags=SIGCHLD <unfinished ...>`) +
        log(100_000, (i) => `${i + 100_000} close(3) = 0`),
    );
    expect(summary.notOurs).toBe(200_000);
  }, 60_000);

  it("of nothing but line feeds", () => {
    expect(readStrace("\n".repeat(5_000_000)).summary.notOurs).toBe(5_000_000);
  }, 60_000);

  it("of one line in a million pieces, which is too long, and another one after it", () => {
    const reader = newStraceReader();
    for (let i = 0; i < 1_000_000; i++) reader.push("aaaaaaaaaa");
    reader.push(`\r\n${MEMFD}`);
    const { summary, problems } = reader.finish();
    expect(summary).toMatchObject({ lines: 2, used: 1, unread: 1 });
    expect(problems).toEqual([{ line: 1, reason: `the line is longer than ${LINE_MAX} characters` }]);
  }, 60_000);

  it("with numbers that no kernel prints", () => {
    for (const n of [
      "9223372036854775808",
      "-1",
      "-9223372036854775808",
      "18446744073709551616",
      "0x10000000000000000",
    ]) {
      const { summary, document } = readStrace(
        `${MEMFD}ftruncate(3, ${n}) = 0\nfallocate(3, 0x3, ${n}, ${n}) = 0\nmmap(NULL, ${n}, 0x3, 0x1, 3, 0) = 0x1000\n` +
          `memfd_create("x", 0) = ${n}\nclose_range(${n}, ${n}, 0) = 0\ndup2(3, 4) = ${n}\n` +
          `ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=${n}, flags=0, guest_phys_addr=0, memory_size=${n}, userspace_addr=0}) = 0\n`,
      );
      expect(summary.used).toBeLessThanOrEqual(2);
      expect(document.tasks.VMM).toEqual([]);
    }
  });
});
