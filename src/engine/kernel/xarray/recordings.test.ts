// SPDX-License-Identifier: GPL-2.0-only
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { parseRecording, type XaRecording } from "./recording.ts";
import { replayRecording } from "./replay.ts";

// A loaded machine is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const folder = new URL("./recordings/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".jsonl.gz"));

/** Each is unpacked once; a replay leaves it as it is. */
const known = new Map<string, XaRecording>();

function read(file: string): XaRecording {
  const before = known.get(file);
  if (before !== undefined) return before;
  const parsed = parseRecording(gunzipSync(readFileSync(new URL(file, folder))).toString("latin1"));
  if (!parsed.ok) throw new Error(`${file}: ${parsed.why}`);
  known.set(file, parsed.value);
  return parsed.value;
}

describe("the C code's answers", () => {
  it("fill 41 recordings with 13,425 ops", () => {
    const recordings = files.map(read);
    expect(recordings.length).toBe(41);
    expect(recordings.reduce((sum, { lines }) => sum + lines.length, 0)).toBe(13_425);
    expect(recordings.filter(({ needs }) => needs !== null)).toEqual([]);
  });

  it.each(files)("%s replays without one difference, and every state could have come about", (file) => {
    const recording = read(file);
    expect(replayRecording(recording)).toEqual({ mismatches: [], opsRun: recording.ops });
  });
});

describe("a recording that was tampered with", () => {
  const recording = read("s01-directed-p.jsonl.gz");
  const tampered = (i: number, change: Record<string, unknown>): XaRecording => ({
    ...recording,
    lines: recording.lines.map((line, at) =>
      at === i ? { ...line, recorded: { ...line.recorded, ...change } } : line,
    ),
  });

  it.each([
    ["r", -22],
    ["nodes", 7],
    ["alloc", 7],
    ["free", 7],
    ["ents", 7],
    ["th", "0"],
    ["eh", "0"],
    ["t", null],
  ])("differs in %s, and only at that op", (field, value) => {
    const [mismatch, ...more] = replayRecording(tampered(1, { [field]: value })).mismatches;
    expect(mismatch).toMatchObject({ i: 1, op: "store_range", field, expected: JSON.stringify(value) });
    expect(more).toEqual([]);
  });

  it("differs in w where a read took one slot more", () => {
    const i = recording.lines.findIndex(({ recorded }) => recorded.w !== undefined);
    const [slots, nodes] = recording.lines[i]!.recorded.w as [number, number];
    expect(replayRecording(tampered(i, { w: [slots + 1, nodes] })).mismatches).toMatchObject([
      { i, field: "w" },
    ]);
  });

  it("differs where a field is missing", () => {
    expect(replayRecording(tampered(1, { t: undefined })).mismatches).toMatchObject([
      { i: 1, field: "t", expected: "nothing" },
    ]);
  });
});
