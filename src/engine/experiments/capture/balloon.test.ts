// SPDX-License-Identifier: GPL-2.0-only
// The capture of a machine that gives memory back, with its memory map: a log without memslot calls.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { documentSchema } from "../scenarios/document.ts";
import { type MemoryMap, readMtree } from "./mtree.ts";
import { newStraceReader, readStrace } from "./readStrace.ts";
import { summaryLine } from "./summary.ts";

const fromHere = (path: string) => readFileSync(new URL(path, import.meta.url));
const LOG = gunzipSync(fromHere("../../../../public/captures/qemu-q35-linux-balloon.strace.gz")).toString(
  "utf8",
);
const MAP = fromHere("../../../../public/captures/qemu-q35-linux-balloon.mtree.txt").toString("utf8");

function mapOf(text: string): MemoryMap {
  const read = readMtree(text);
  if (!read.ok) throw new Error(read.problem);
  return read.map;
}

const capture = readStrace(LOG, mapOf(MAP));
const { document, summary } = capture;
const SUMMARY =
  "8638 lines: 0 memslot calls (0 created or changed, 0 deleted), 2 files, 8632 punches, " +
  "0 not ours, 0 failed, 0 unread";

describe("the balloon capture", () => {
  it("is read without a remainder, and the map gives it eight slots", () => {
    expect(summaryLine(summary)).toBe(`${SUMMARY}, 8 slots from the map`);
    expect(summaryLine(readStrace(LOG).summary)).toBe(SUMMARY);
    expect(capture.problems).toEqual([]);
    expect(v.safeParse(documentSchema, document).issues).toBeUndefined();
  });

  it("punches 8,192 pages one by one, 387 holes of 4 MiB, 51 of 2 MiB and two of 256 MiB", () => {
    const sizes = new Map<number, number>();
    for (const operation of document.tasks.VMM!) {
      if (operation.op !== "punch") continue;
      const pages = operation.end! - operation.start!;
      sizes.set(pages, (sizes.get(pages) ?? 0) + 1);
    }
    expect([...sizes].sort(([a], [b]) => a - b)).toEqual([
      [1, 8192],
      [512, 51],
      [1024, 387],
      [65_536, 2],
    ]);
  });

  it("has its slots in the set-up, by guest address, at their place in the two files", () => {
    const slots = document.setup!.map(
      (each) => each.op === "createSlot" && [each.gfn, each.pages, each.file, each.pgoff],
    );
    expect(slots).toEqual([
      [0x0, 160, "f0", 0x0],
      [0xc0, 11, "f0", 0xc0],
      [0xcb, 3, "f0", 0xcb],
      [0xce, 26, "f0", 0xce],
      [0xe8, 8, "f0", 0xe8],
      [0xf0, 16, "f0", 0xf0],
      [0x100, 261_888, "f0", 0x100],
      [0x10_0000, 65_536, "f1", 0x0],
    ]);
    expect(document.setup!.map((each) => each.op === "createSlot" && each.slot)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
    expect(document.vms).toEqual({ vm0: {} });
  });

  it("says which block is which file, and which have none", () => {
    expect(capture.blocks).toEqual([
      { block: "ram0", pages: 262_144, file: "f0" },
      { block: "vga.vram", pages: 4096, file: null },
      { block: "pc.bios", pages: 64, file: null },
      { block: "vmem", pages: 65_536, file: "f1" },
    ]);
    expect(capture.notes).toEqual([
      "No file of the log is left for these blocks of the map: vga.vram, pc.bios.",
    ]);
  });

  it("starts at a time of day and tells when each punch began", () => {
    expect(document.started).toBe("08:02:32.964252");
    const times = document.tasks.VMM!.map((operation) => operation.time!);
    expect(times[0]).toBe(151_599);
    expect(times.at(-1)).toBe(59_242_830);
    expect(times.every((time, i) => i === 0 || times[i - 1]! <= time)).toBe(true);
  });

  it("takes for granted that punched pages were present and mapped", () => {
    expect(document.assumed).toEqual(["present", "mapped"]);
  });

  it("reads the same however it is cut into chunks", () => {
    const text = LOG.slice(0, 20_000).replaceAll("\n", "\r\n");
    const whole = readStrace(text, mapOf(MAP));
    for (const size of [1, 2, 7, 4096]) {
      const reader = newStraceReader(mapOf(MAP));
      for (let i = 0; i < text.length; i += size) reader.push(text.slice(i, i + size));
      expect(reader.finish()).toEqual(whole);
    }
    expect(whole.summary).toMatchObject({ unread: 1, slotsFromMap: 8 });
  });
});

describe("a memory map", () => {
  it("of another machine is refused: a block of its is larger than every file", () => {
    const larger = MAP.replace("0000000100000000-000000010fffffff", "0000000100000000-000000017fffffff");
    const { mapProblem, document: refused, blocks, summary: counts } = readStrace(LOG, mapOf(larger));
    expect(mapProblem).toMatch(/"vmem" .* 2147483648 bytes .*f0: 1073741824, f1: 268435456/);
    expect(refused.setup).toEqual([]);
    expect(blocks).toEqual([]);
    expect(counts.slotsFromMap).toBe(0);
  });

  it("is refused where the log has no file at all", () => {
    expect(readStrace("close(3) = 0\n", mapOf(MAP)).mapProblem).toMatch(/no file/);
  });

  it("is not used, and a note says so, where the log has memslot calls of its own", () => {
    const slot =
      "ioctl(20, KVM_SET_USER_MEMORY_REGION, {slot=0, flags=0, guest_phys_addr=0, memory_size=4096, " +
      "userspace_addr=0x7f9717fff000}) = 0\n";
    const read = readStrace(LOG + slot, mapOf(MAP));
    expect(summaryLine(read.summary)).toMatch(/1 memslot calls .*, 0 slots from the map$/);
    expect(read.document.setup).toEqual([]);
    expect(read.mapProblem).toBeNull();
    expect(read.blocks).toEqual([]);
    expect(read.notes).toEqual(["The memory map is not used: the log has memslot calls of its own."]);
    expect(readStrace(LOG + slot).notes).toEqual([]);
  });

  it("finds its files also where the log begins after they were made (strace -p -y)", () => {
    const later = LOG.split("\n")
      .slice(6)
      .join("\n")
      .replace(/fallocate\((\d)/g, "fallocate($1</memfd:memory-backend-memfd>(deleted)");
    const read = readStrace(later, mapOf(MAP));
    expect(read.summary).toMatchObject({ files: 2, punches: 8632, notOurs: 0, unread: 0, slotsFromMap: 8 });
    expect(read.blocks).toMatchObject([{ file: "f1" }, { file: null }, { file: null }, { file: "f0" }]);
    expect(read.document.files).toEqual({ f0: { pages: 65_536 }, f1: { pages: 262_144 } });
    expect(read.notes[0]).toMatch(/^Guessed, .*ram0 \(1073741824 bytes\) is f1 \(of unknown size\)/);
    expect(capture.notes.join()).not.toMatch(/Guessed/);
  });

  it("tells of files that no block of it is", () => {
    const read = readStrace(`${LOG}1 08:04:00.000000 memfd_create("x", 0) = 30\n`, mapOf(MAP));
    expect(read.notes.at(-1)).toBe("No block of the map is these files of the log: f2.");
  });

  it("gives no slots where a row is not whole pages", () => {
    const odd = MAP.replace("00000000000cafff (prio 0, rom)", "00000000000cae00 (prio 0, rom)");
    expect(readStrace(LOG, mapOf(odd)).summary.slotsFromMap).toBe(7);
  });

  it("gives no more slots than a VM can have", () => {
    const hex = (n: number) => n.toString(16).padStart(16, "0");
    const rows = Array.from(
      { length: 65_600 },
      (_, i) => `  ${hex(i * 8192)}-${hex(i * 8192 + 4095)} (prio 0, ram): ram0 @${hex(i * 4096)}`,
    );
    const read = readStrace(
      LOG.slice(0, 600),
      mapOf(["FlatView #0", " Root memory region: system", ...rows].join("\n")),
    );
    expect(read.document.setup).toHaveLength(65_536);
    expect(read.notes.at(-1)).toMatch(/The map gives 65600 slots/);
  });
});
