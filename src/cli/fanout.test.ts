// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { captured } from "./fixture.ts";
import { runFanout } from "./fanout.ts";
import { runRun } from "./run.ts";

const lab = (...args: string[]) => captured(args, runFanout);

interface Json {
  rows: {
    variant: string;
    slots: number;
    bound: number;
    refused: number;
    counted: string;
    counts: Record<string, number>;
    ns: number;
    parts: { part: string; ns: number; tag: string; source: string }[];
  }[];
}

describe("lab fanout", () => {
  it("prints JSON rows with counts, nanoseconds and for each price its source", () => {
    const { status, out, err } = lab("--slots=4096", "--json", "--variants", "v10,review,review-seed");
    expect([status, err]).toEqual([0, ""]);
    const { rows } = JSON.parse(out) as Json;
    expect(rows.map(({ variant, slots, bound, refused }) => [variant, slots, bound, refused])).toEqual([
      ["v10", 4096, 4096, 0],
      ["review", 4096, 4096, 0],
      ["review-seed", 4096, 2048, 2048],
    ]);
    expect(rows.map(({ counts }) => counts.startCallbacks)).toEqual([4096, 1, 1]);
    for (const { ns, parts, counted } of rows) {
      expect(counted).toBe("stepped");
      expect(parts.reduce((sum, part) => sum + part.ns, 0)).toBeCloseTo(ns, 6);
      for (const { tag, source } of parts) expect([tag, source.length > 5]).toEqual([tag, true]);
    }
    expect(rows[0]?.parts.find(({ part }) => part === "walk")).toMatchObject({ tag: "measured" });
  });

  it("says of what lies beyond KVM's limit that it was computed", () => {
    const { out } = lab("--slots", "32764:65536", "--json", "--variants", "v10");
    const { rows } = JSON.parse(out) as Json;
    expect(rows.map(({ slots, counted }) => [slots, counted])).toEqual([
      [32_764, "stepped"],
      [65_536, "formula"],
    ]);
  });

  it("prints the same as a table and as CSV, with as many cells a line", () => {
    const lines = lab("--slots", "3", "--csv", "--shift", "1", "--hole", "512").out.trim().split("\n");
    expect(lines).toHaveLength(4);
    // No cell of these holds both a comma and a quote.
    const cells = lines.map((line) => [...line.matchAll(/("[^"]*"|[^,]+)(?=,|$)/g)].map(([cell]) => cell));
    expect(new Set(cells.map(({ length }) => length)).size).toBe(1);
    const [heading, , review] = cells;
    const of = (name: string) => review?.[heading?.indexOf(name) ?? -1];
    expect(of("startCallbacks")).toBe("3");
    expect(of("walkSource")).toContain("C walks measured");
    expect(["slotPages", "alignment", "vms", "vcpus", "walks"].map(of)).toEqual([
      ...["512", "shifted", "1", "1", "warm"],
    ]);
    const table = lab("--slots", "3", "--shift", "1", "--hole", "512").out;
    expect(table).toMatch(/^review {2,}3 +3 +6 +0 /m);
    expect(table).toContain("warm caches");
    expect(table).toMatch(
      /^A punch of 512 pages over memslots of 512 pages, shifted; 1 VM, 1 vCPU each; warm walks$/m,
    );
  });

  it("prints its usage for --help, and does nothing else", () => {
    const { status, out, err } = lab("--slots", "9", "--help");
    expect([status, err, out.split("\n").length]).toEqual([0, "", 2]);
    expect(out).toMatch(/^usage: lab fanout .*--csv/);
  });

  it.each([
    [["--slots", "0:4"], "--slots expects"],
    [["--slots", "5:4"], "from 1 to 1048576"],
    [["--slots", "9:1048577"], "--slots expects"],
    [["--slot-pages", "0"], "--slot-pages expects a whole number from 1"],
    [["--shift", "2"], "--shift expects 0, 1 or mixed"],
    [["--hole", "1", "--share", "0.5"], "one or the other"],
    [["--share", "0"], "--share expects"],
    [["--walks", "hot"], "warm or cold or assumed"],
    [["--variants", "v11"], "--variants expects"],
    [["--json", "--csv"], "one or the other"],
    [["--slots"], "--slots expects one value"],
    [["--sluts", "4"], 'there is no option "--sluts"'],
  ])("refuses %j in one line, with nothing printed", (args, why) => {
    const { status, out, err } = lab(...args);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toContain(why);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("lab run --cut", () => {
  const cut = (...args: string[]) => captured(args, (io) => runRun(io));

  it("counts the recorded machine's punches over 4,096 memslots", () => {
    const { status, out } = cut(
      "q35-balloon",
      "--cut",
      "4096",
      "--json",
      "--variants=v10,review,review-seed",
    );
    expect(status).toBe(0);
    const { variants, file } = JSON.parse(out) as {
      file: string;
      variants: Record<string, Record<string, number>>;
    };
    // 8,606 of the 8,632 holes are in f0; the other file keeps its one slot.
    expect([file, variants.v10?.startCallbacks]).toEqual(["f0", 8_606 * 4_096 + 26]);
    expect(variants.v10?.pagesFreed).toBe(variants.review?.pagesFreed);
    expect(variants.review?.wasted).toBe(0);
    expect(variants["review-seed"]).toMatchObject({ bound: 2_048, bindsRefused: 2_048 });
  });

  it("refuses what cannot be cut, and says why", () => {
    expect(cut("t-b1", "--cut", "4").err).toContain("of one task");
    expect(cut("q35-balloon", "--cut", "40000").err).toContain("1 to 32764 memslots");
    expect(cut("q35-balloon", "--cut", "x").err).toContain("--cut expects");
  });
});
