// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import type { CliIo } from "./io.ts";
import { runXarray } from "./xarray.ts";

// A loaded machine is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

function lab(stdin: string, args: string[] = []): { status: number; out: string; err: string } {
  const told = { out: "", err: "" };
  const io: CliIo = {
    args,
    readStdin: () => stdin,
    out: (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
  };
  return { status: runXarray(io), ...told };
}

describe("the ops of a recording, as a script, print the recording without its first line", () => {
  it.each([
    "s01-directed-p",
    "s04-small-p",
    "s05-small-v",
    "s08-boundary-p",
    "s10-boundary-v",
    "s19-memslots-p",
    "s21-memslots-v",
    "s26-memslots-overlap-p",
    "s30-overlap-p",
    "s33-orders-v",
    "s36-high-many-p",
    "s38-shrink-v",
    "s39-mixed-m",
    "s40-errors-p",
  ])("%s", (name) => {
    const path = new URL(`../engine/kernel/xarray/recordings/${name}.jsonl.gz`, import.meta.url);
    const lines = gunzipSync(readFileSync(path)).toString("utf8").split("\n").slice(1);
    const script = lines
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
      .map(({ op, a }) => [op, ...a.map(String)].join(" "))
      .join("\n");
    const { status, out, err } = lab(script);
    expect([status, err]).toEqual([0, ""]);
    expect(out === lines.join("\n")).toBe(true);
  });
});

describe("scripts", () => {
  it("the README's example prints its line, byte for byte", () => {
    expect(lab("store_range 100 611 p3\n").out).toBe(
      '{"i":0,"op":"store_range","a":[100,611,"p3"],"r":0,"nodes":3,"alloc":3,"free":0,"ents":3,' +
        '"th":"5713f926","eh":"c1122ad6","t":[6,0,9,0,{"1":[0,1,28,0,{"36":["p3",27]}],"2":["p3",6],' +
        '"9":[0,9,36,0,{"0":["p3",35]}]}]}\n',
    );
  });

  it("empty lines, more blanks and other line ends are passed over, and not counted as ops", () => {
    const { status, out } = lab("\n  store\t5   null \r\n\r\nfind 0 18446744073709551615");
    expect(status).toBe(0);
    expect(out.split("\n").map((line) => line.slice(0, 12))).toEqual(['{"i":0,"op":', '{"i":1,"op":', ""]);
    expect(out).toContain('"a":[0,"18446744073709551615"],"r":[null,0],"w":[0,0]}');
  });

  it("an empty script prints nothing and is done", () => {
    expect(lab("")).toEqual({ status: 0, out: "", err: "" });
  });
});

describe("wrong input is status 2 and one line that names the place, and nothing runs", () => {
  it.each([
    ["store 1 p1\nfrobnicate 3", /line 2: unknown op "frobnicate"; use one of store, /],
    ["constructor", /line 1: unknown op "constructor"/],
    ["free_limit 3", /line 1: unknown op "free_limit"/],
    [
      "alloc_limit -2",
      /line 1: nodes of alloc_limit is -2; write a number of nodes from 0 to 2147483647, or -1/,
    ],
    ["store_range 1 2", /line 1: store_range takes 3 arguments, got 2; write store_range first last entry$/],
    ["empty 1", /line 1: empty takes 0 arguments, got 1; write empty$/],
    ["store 1 q7", /line 1: entry of store is "q7"; write p, v or x followed by a number/],
    ["store 1 p-1", /"p-1"/],
    ["store 1 p99999999999999999999", /"p99999999999999999999"/],
    ["store 1 sib:2", /"sib:2"/],
    [
      "load 2251799813685248",
      /index of load is 2251799813685248; write an index from 0 to 2251799813685247$/,
    ],
    ["load 18446744073709551615", /index of load is "18446744073709551615"; write an index/],
    ["load -1", /index of load is -1/],
    ["load 1e3", /index of load is "1e3"/],
    ["load 0x10", /index of load is "0x10"/],
    ["load null", /index of load is null/],
    ["store_order 0 52 p1", /order of store_order is 52; write an order from 0 to 51/],
    ["find 0 18446744073709551616", /max of find is "18446744073709551616"/],
    [`load ${"9".repeat(100)}`, /index of load is "9{40}\.\.\."; write/],
    [`load ${"9".repeat(100_000)}`, /line 1: 100005 characters; write one op a line/],
    ["load \u0000\u001b[31m", /index of load is "\\u0000\\u001b\[31m"/],
  ])("case %#", (script, says) => {
    const { status, out, err } = lab(script);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toMatch(/^lab xarray: [^\n]+\n$/);
    expect(err.trimEnd()).toMatch(says);
  });

  it("an argument on the command line", () => {
    expect(lab("", ["file"])).toMatchObject({ status: 2, out: "" });
  });
});
