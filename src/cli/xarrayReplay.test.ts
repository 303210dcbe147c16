// SPDX-License-Identifier: GPL-2.0-only
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, describe, expect, it, vi } from "vitest";
import { runXarrayReplay } from "./xarrayReplay.ts";

// A loaded machine is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const folder = fileURLToPath(new URL("../engine/kernel/xarray/recordings/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "xarray-replay-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function replay(...paths: string[]): { status: number; out: string[]; err: string } {
  const told = { out: "", err: "" };
  const status = runXarrayReplay(paths, {
    args: paths,
    readStdin: () => "",
    out: (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
  });
  return { status, out: told.out.split("\n").slice(0, -1), err: told.err };
}

let files = 0;
function file(content: string | Buffer, ending = ".jsonl"): string {
  const path = join(scratch, `${files++}${ending}`);
  writeFileSync(path, content);
  return path;
}

const recording = gunzipSync(readFileSync(join(folder, "s01-directed-p.jsonl.gz"))).toString("utf8");

/** The first recording with one line replaced; line 0 is the header. */
const withLine = (at: number, change: (line: string) => string) =>
  file(
    recording
      .split("\n")
      .map((line, i) => (i === at ? change(line) : line))
      .join("\n"),
  );

describe("recordings", () => {
  it("all forty-one in one call: a line each, then the sum", () => {
    const paths = readdirSync(folder).flatMap((name) => (name.endsWith(".gz") ? [join(folder, name)] : []));
    const { status, out, err } = replay(...paths);
    expect([status, err, out.length]).toEqual([0, "", 42]);
    expect(out[0]).toBe(`${paths[0]}: 360 ops, 0 mismatches`);
    expect(out.at(-1)).toBe("13425 ops, 0 mismatches");
  });

  it("are read packed or not, whatever the name says", () => {
    const plain = file(recording);
    const packed = file(gzipSync(recording), ".jsonl");
    expect(replay(plain, packed).out.at(-1)).toBe("720 ops, 0 mismatches");
  });

  it("that need what is not modelled are left out whole, and counted", () => {
    const wide = withLine(0, (line) => line.replace('"index_bits":51', '"index_bits":64'));
    const { status, out } = replay(file(recording), wide);
    expect(status).toBe(0);
    expect(out).toEqual([
      expect.stringMatching(/: 360 ops, 0 mismatches$/),
      `${wide}: 360 ops left out: indices above 2^51-1 are not modelled`,
      "360 ops, 0 mismatches, 360 left out",
    ]);
  });
});

describe("a comparison that fails is status 1", () => {
  it("and names op, field, expected and got", () => {
    const { status, out } = replay(withLine(2, (line) => line.replace('"r":0', '"r":-22')));
    expect(status).toBe(1);
    expect(out.slice(1)).toEqual(["  op 1 store_range: r: expected -22, got 0", "360 ops, 1 mismatches"]);
  });

  it("and shows a long value around its first difference", () => {
    const long = recording.split("\n").findIndex((line) => line.includes('"t":[') && line.length > 300);
    const { out } = replay(
      withLine(long, (line) => {
        const recorded = JSON.parse(line);
        recorded.t.push("p999");
        return JSON.stringify(recorded);
      }),
    );
    expect(out[1]).toMatch(/ t: expected \.\.\..*"p999"\], got \.\.\./);
    expect(out[1]?.length).toBeLessThan(300);
  });

  it("and a store that was left out of the recording shows up in what follows", () => {
    const other = '{"i":1,"op":"empty","a":[],"r":true}';
    const { status, out } = replay(withLine(2, () => other));
    expect(status).toBe(1);
    expect(out.length).toBeLessThan(9);
  });
});

describe("wrong input is status 2 and one line", () => {
  const header = recording.split("\n")[0]!;
  const headerOf = (change: object) => JSON.stringify({ ...JSON.parse(header), ops: 1, ...change });
  const oneOp = (op: string) => file(`${headerOf({})}\n${op}\n`);
  it.each<[what: string, paths: string[], says: RegExp]>([
    ["no file", [], /no file; name recordings/],
    ["a file that is not there", [join(scratch, "absent")], /absent: there is no such file; check the path/],
    ["a folder", [scratch], /it is a folder/],
    ["an empty file", [file("")], /line 1: expected the header of a recording/],
    ["a missing header", [file(recording.split("\n").slice(1).join("\n"))], /line 1: expected the header/],
    ["another format", [file(headerOf({ format: "x" }))], /line 1: expected the header/],
    ["a header without ops", [file(headerOf({ ops: "many" }))], /line 1: ops is "many"/],
    ["a header without name", [file(headerOf({ name: 7 }))], /line 1: name is 7/],
    ["a header without nomem", [file(headerOf({ nomem: 1 }))], /line 1: nomem is 1/],
    ["other index_bits", [file(headerOf({ index_bits: 32 }))], /line 1: index_bits is 32/],
    ["fewer ops", [file(recording.split("\n").slice(0, 100).join("\n"))], /99 op lines, the header says 360/],
    ["fewer ops, left out", [file(headerOf({ index_bits: 64 }))], /0 op lines, the header says 1/],
    ["more ops", [file(recording + recording.split("\n")[1])], /361 op lines, the header says 360/],
    ["damaged gzip", [file(gzipSync(recording).subarray(0, 999))], /its gzip data is damaged/],
    ["an op that is not JSON", [oneOp("store 1 p1")], /line 2: expected an op, one JSON object/],
    ["an op that is a list", [oneOp("[1]")], /line 2: expected an op/],
    ["an unknown op", [oneOp('{"i":0,"op":"toString","a":[]}')], /line 2: unknown op "toString"/],
    ["an op without a name", [oneOp('{"i":0,"a":[]}')], /line 2: unknown op undefined/],
    [
      "arguments that are no list",
      [oneOp('{"op":"load","a":{"length":1}}')],
      /line 2: the arguments of load are object/,
    ],
    ["too few arguments", [oneOp('{"op":"load","a":[]}')], /line 2: load takes 1 arguments, got 0/],
    ["an index that is a list", [oneOp('{"op":"load","a":[[5]]}')], /line 2: index of load is object/],
    ["an index that is a fraction", [oneOp('{"op":"load","a":[0.5]}')], /line 2: index of load is 0.5/],
    ["an endless line", [oneOp(`{"op":"load","a":[${"1".repeat(2_000_000)}]}`)], /line 2: expected an op/],
  ])("%s", (_what, paths, says) => {
    const { status, err } = replay(...paths);
    expect(status).toBe(2);
    expect(err).toMatch(/^lab xarray-replay: [^\n]+\n$/);
    expect(err).toMatch(says);
  });

  it("a field nested beyond all depth is a mismatch, not a crash", () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    expect(replay(oneOp(`{"i":0,"op":"empty","a":[],"r":${deep}}`)).status).toBe(1);
  });
});
