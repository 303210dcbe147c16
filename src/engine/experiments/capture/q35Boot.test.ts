// SPDX-License-Identifier: GPL-2.0-only
// The built-in scenario q35-boot against the recording it was made of, and against a second reading of that recording.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readStrace } from "./readStrace.ts";
import { printDocument } from "../scenarios/printDocument.ts";
import { summaryLine } from "./summary.ts";
import type { ScenarioDocument } from "../scenarios/document.ts";

const readHere = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const CAPTURE = readHere("./recordings/qemu-q35-kvm-boot-hotplug.strace");
const SCENARIO = readHere("../../../../public/scenarios/q35-boot.json");

const { document, summary, problems } = readStrace(CAPTURE);
const scenario = JSON.parse(SCENARIO) as ScenarioDocument;

describe("the boot capture", () => {
  it("is read without a remainder", () => {
    expect(summaryLine(summary)).toBe(
      "61 lines: 43 memslot calls (28 created or changed, 15 deleted), 5 files, 0 punches, " +
        "1 not ours, 0 failed, 0 unread",
    );
    expect(summary.used).toBe(60);
    expect(problems).toEqual([]);
  });

  it("has five files by order of creation and 20 file-backed slots", () => {
    expect(document.files).toEqual({
      f0: { pages: 262_144 },
      f1: { pages: 65_536 },
      f2: { pages: 65_536 },
      f3: { pages: 65_536 },
      f4: { pages: 65_536 },
    });
    const created = document.tasks.VMM!.filter((operation) => operation.op === "createSlot");
    expect(created.filter((operation) => operation.file !== undefined)).toHaveLength(20);
    expect(created.filter((operation) => operation.file === undefined)).toHaveLength(8);
  });
});

describe("q35-boot", () => {
  it("is what the import gives, with a title, what it is about, and what it exists to show", () => {
    expect(scenario).toEqual({
      ...document,
      title: scenario.title,
      about: scenario.about,
      show: ["v10", "review-seed"],
      expect: {
        v10: { findings: [], bindsRefused: 0 },
        review: { findings: [], bindsRefused: 1 },
        "review-seed": { findings: [{ invariant: "I17", trap: "T-c" }], bindsRefused: 5 },
      },
    });
  });

  it("is printed as the import prints it", () => {
    expect(SCENARIO).toBe(printDocument(scenario));
  });
});

describe("bound as closed ranges that may not meet, the boot's file-backed slots", () => {
  // Nothing here comes from the reader or the engine: the log is read anew, with one expression per call.
  it("lose one bind with last = end - 1: the firmware's alias inside slot 0 (T-t)", () => {
    expect(refusedBinds((end) => end - 1)).toEqual(["[160,192)"]);
  });

  it("lose five with last = end, among them nearly all of the machine's memory (T-c)", () => {
    expect(refusedBinds((end) => end)).toEqual([
      "[160,192)",
      "[203,206)",
      "[216,240)",
      "[256,262144)",
      "[232,240)",
    ]);
  });

  it("are 20 binds", () => {
    expect(refusedBinds(() => Number.POSITIVE_INFINITY).length).toBeGreaterThan(5);
    expect(binds).toBe(20);
  });
});

let binds = 0;

/** Binds and deletes along the log; a refused slot does not exist. Returns the refused page ranges [start,end). */
function refusedBinds(lastOf: (end: number) => number): string[] {
  const mapped: { address: number; length: number; file: string }[] = [];
  const bound = new Map<string, { file: string; first: number; last: number }>();
  const refused: string[] = [];
  binds = 0;
  for (const line of CAPTURE.split("\n")) {
    const map = /mmap\(.*, (\d+), PROT_.*, (\d+), 0\) = (0x\w+)/.exec(line);
    if (map !== null) mapped.push({ length: Number(map[1]), file: map[2]!, address: Number(map[3]) });
    const set = /slot=(\d+), .* memory_size=(\d+), userspace_addr=(0x\w+)/.exec(line);
    if (set === null) continue;
    const [slot, size, address] = [set[1]!, Number(set[2]), Number(set[3])];
    if (size === 0) bound.delete(slot);
    const area = mapped.find((each) => each.address <= address && address < each.address + each.length);
    if (size === 0 || area === undefined) continue;
    binds++;
    const first = (address - area.address) / 4096;
    const end = first + size / 4096;
    const range = { file: area.file, first, last: lastOf(end) };
    const meets = [...bound.values()].some(
      (other) => other.file === range.file && other.first <= range.last && range.first <= other.last,
    );
    if (meets) refused.push(`[${first},${end})`);
    else bound.set(slot, range);
  }
  return refused;
}
