// SPDX-License-Identifier: GPL-2.0-only
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BUILT_INS, COUNTER_IDS, type PlayOptions } from "../engine/index.ts";
import { captured } from "./fixture.ts";
import { runRun } from "./run.ts";

// A loaded machine is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-run-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file in the test's folder; what is no text is written as JSON. */
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  const raw = typeof content === "string" || content instanceof Uint8Array;
  writeFileSync(path, raw ? content : JSON.stringify(content));
  return path;
}

/** `lab run` with these words behind it. */
const lab = (args: readonly string[], options?: PlayOptions) => captured(args, (io) => runRun(io, options));

const scenario = (fields: object = {}) => ({
  format: "restricted-memory-lab/1",
  title: "Two pages",
  files: { f0: { pages: 64 } },
  vms: { vm0: {} },
  tasks: { P: [{ op: "punch", file: "f0", start: 0, end: 2 }] },
  ...fields,
});

interface Output {
  scenario: string;
  variants: Record<string, Record<string, unknown> & { findings: Record<string, unknown>[] }>;
}
const json = (text: string) => JSON.parse(text) as Output;

describe("the table", () => {
  it("of t-q names the one task that never ends, and says of none that it waits for another", () => {
    const { out } = lab(["t-q"]);
    expect(out).toContain("v10: this task never ends: V");
    expect(out).not.toContain("wait for each other");
  });

  it("of t-a-12 can be read as it stands", () => {
    expect(lab(["t-a-12"])).toEqual({
      status: 0,
      err: "",
      out: `Punch [18, 22): 64 pages, 12 memslots

                 v10  review
steps             38      14  gates passed; a step is not time
punches            1       1  punches that reached the design, refused ones too
bindsRefused       0       0  slots or bindings that the design refused, set-up included
startCallbacks    12       1  callbacks before the pages go
endCallbacks      12       1  callbacks after they have gone
startHits          1       1  start callbacks that had something to do
endHits            1       1  end callbacks that had something to do
wasted            22       0  callbacks that had nothing to do
listNodesRead     24       0  notifiers visited in the list
xarrayNodesRead    0       4  xarray nodes read, once a walk each
xarraySlotsRead    0      16  xarray slots read in walks
entriesVisited     0       2  xarray entries that walks came to
walksAtOnceMax     1       1  most punches at once inside a walk
rmLockTakes        2       1  times rm->lock was taken
mmuLockTakes       2       2  times an mmu_lock was taken
sptesZapped        4       4  guest mappings zapped
tlbFlushes         1       1  TLB flushes
pagesFreed         4       4  pages freed

v10: no invariant is broken

review: no invariant is broken
`,
    });
  });

  it("groups digits, and names each finding with its step and its trap", () => {
    const { out } = lab(["t-a-4096"]);
    expect(out).toContain("startCallbacks   4,096       1  callbacks before");
    expect(lab(["t-b1"]).out).toContain(`
v10: 2 findings
  step 21  I3 (T-b1)  vm0/0 was freed with 1 of its starts still open.
  step 21  I4 (T-b1)  mmu_invalidate_in_progress of vm0 is 1; its living notifiers account for 0.

review: no invariant is broken
`);
  });

  it("says of each operation that was not done what it answered", () => {
    const { out } = lab(["t-f", "--variants", "v10,review"]);
    expect(out).toContain(`
v10: not done
  step 1  U[0] bind: this design has no such operation; nothing changes
`);
    expect(out).toContain("\nreview: not done\n  step 4  U[0] bind: -EINVAL\n");
  });

  it("stays readable where thousands are refused", () => {
    const { out } = lab(["t-a-4096", "--variants", "review-seed"]);
    expect(out).toContain("\nreview-seed: not done in the set-up\n  setup[1] createSlot: -EINVAL\n");
    expect(out).toContain("\n  and 4088 more\n");
    expect(out.split("\n").length).toBeLessThan(60);
    for (const line of out.split("\n")) expect(line.length).toBeLessThan(160);
  });
});

describe("--json", () => {
  it("is one line with the counters of each design as plain digits, the hash and the findings", () => {
    const { status, out, err } = lab(["t-b2", "--json"]);
    expect([status, err]).toEqual([0, ""]);
    expect(out).toMatch(/^[^\n]+\n$/);
    expect(out).toContain('"startCallbacks":0,"endCallbacks":1,');
    const { scenario: name, variants } = json(out);
    expect(name).toBe("t-b2");
    expect(Object.keys(variants)).toEqual(["v10", "review"]);
    const { v10, review } = variants;
    for (const id of COUNTER_IDS) expect(typeof v10?.[id]).toBe("number");
    expect(v10?.eventsHash).toMatch(/^[0-9a-f]{8}$/);
    expect(v10?.eventsHash).not.toBe(review?.eventsHash);
    expect(v10?.findings.map(({ step, invariant, trap }) => ({ step, invariant, trap }))).toEqual([
      { step: 18, invariant: "I2", trap: "T-b2" },
      { step: 18, invariant: "I4", trap: "T-b2" },
      { step: 19, invariant: "I1", trap: "T-b2" },
    ]);
    expect(v10?.findings[0]?.text).toBe("vm0/0 heard 1 more end than starts.");
    expect(review?.findings).toEqual([]);
  });

  it("a finding that the scenario does not declare has no trap", () => {
    const path = file(
      "long.json",
      scenario({
        setup: [{ op: "createSlot", vm: "vm0", slot: 0, pages: 4, file: "f0", pgoff: 0 }],
        show: ["review-seed", "review"],
      }),
    );
    const { scenario: name, variants } = json(lab([path, "--json"]).out);
    expect(name).toBe(path);
    expect(variants["review-seed"]?.findings).toMatchObject([{ step: 0, invariant: "I17", trap: null }]);
  });

  it("is the same each time", () => {
    expect(lab(["t-h", "--json"])).toEqual(lab(["t-h", "--json"]));
  });
});

describe("--variants", () => {
  it.each([
    [
      ["t-c1", "--json"],
      ["review-seed", "review"],
    ],
    [["t-c1", "--json", "--variants", "v10"], ["v10"]],
    [
      ["--variants=review,v10", "--json", "t-c1"],
      ["review", "v10"],
    ],
    [
      ["t-c1", "--variants", "v10,review,review-seed", "--json"],
      ["v10", "review", "review-seed"],
    ],
  ])("%j plays %j", (args, variants) => {
    const { status, out } = lab(args);
    expect(status).toBe(0);
    expect(Object.keys(json(out).variants)).toEqual(variants);
  });
});

describe("exit status", () => {
  it.each(BUILT_INS)("is 0 for $name under every design: findings are a result", ({ name }) => {
    const { status, err } = lab([name, "--variants", "v10,review,review-seed"]);
    expect([status, err]).toEqual([0, ""]);
  });

  it("is 1 where a design does not show what the scenario declares; the result is printed all the same", () => {
    const path = file(
      "b.json",
      scenario({ expect: { v10: { findings: ["I3"], punches: 2 }, review: { findings: [] } } }),
    );
    const { status, out, err } = lab([path]);
    expect(status).toBe(1);
    expect(out).toContain("v10: no invariant is broken");
    expect(err).toBe(
      `lab run: ${path}: not as declared: v10: findings: expected I3, got none\n` +
        `lab run: ${path}: not as declared: v10: punches: expected 2, got 1\n`,
    );
    expect(lab([path, "--variants", "review"]).status).toBe(0);
  });

  it("is 3 where the run is longer than it may be, and nothing is printed", () => {
    expect(lab(["t-a-512", "--json"], { stepsMax: 1000 })).toEqual({
      status: 3,
      out: "",
      err: "lab run: t-a-512: the run takes more than 1000 steps\n",
    });
    expect(lab(["t-a-512", "--json"], { stepsMax: 1038 }).status).toBe(0);
    expect(lab(["t-a-512", "--json"], { stepsMax: 1037 }).status).toBe(3);
  });

  it.each<[string[], RegExp]>([
    [[], /expected the name of a scenario or a file: lab run t-a-12/],
    [["t-a-13"], /there is no built-in scenario and no file "t-a-13"; "lab list" names the built-in ones/],
    [["constructor"], /there is no built-in scenario and no file "constructor"/],
    [[""], /no file ""/],
    [["two\nlines"], /no file "two\\nlines"/],
    [["t-a-12", "t-b1"], /expected one scenario, got "t-a-12" and "t-b1"/],
    [["t-a-12", "--jsn"], /there is no option "--jsn"; there are --variants, --cut and --json/],
    [["t-a-12", "--variants"], /--variants expects designs out of v10,review,review-seed, each once, got ""/],
    [["t-a-12", "--variants="], /got ""/],
    [["t-a-12", "--variants", "--json"], /got "--json"/],
    [["t-a-12", "--variants", "v10,merged"], /got "v10,merged"/],
    [["t-a-12", "--variants", "v10,v10"], /got "v10,v10"/],
    [["t-a-12", "--variants", "v10,"], /got "v10,"/],
  ])("is 2 for %j, with one line on stderr and nothing on stdout", (args, why) => {
    const { status, out, err } = lab(args);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toMatch(/^lab run: \P{Cc}+\n$/u);
    expect(err).toMatch(why);
  });

  it.each<[string, unknown, RegExp]>([
    [
      "no JSON",
      "{\n  nope\n}",
      /line 2, column 3: this is no JSON: expected a name in double quotes or "}", got "nope"$/,
    ],
    ["nothing", "", /line 1, column 1: this is no JSON/],
    [
      "another format",
      { format: "lab/2" },
      /format: expected "format": "restricted-memory-lab\/1", got "lab\/2" \(and 4 more\)$/,
    ],
    [
      "a misspelt field",
      scenario({ choises: [] }),
      /choises: there is no field "choises" here; did you mean "choices"\?$/,
    ],
    ["gzip that is cut", gzipSync("{}").subarray(0, 12), /its gzip data is damaged/],
  ])("is 2 for a file that holds %s, whatever its name", (_, content, why) => {
    for (const name of ["plain.json", "li\nne\u001b[31m.json"]) {
      const { status, out, err } = lab([file(name, content)]);
      expect([status, out]).toEqual([2, ""]);
      expect(err).toMatch(/^lab run: \P{Cc}+\n$/u);
      expect(err.trimEnd()).toMatch(why);
    }
  });

  it("is 2 for a folder", () => {
    expect(lab([folder])).toMatchObject({ status: 2, out: "" });
    expect(lab([folder]).err).toMatch(/it is a folder; name the files in it\n$/);
  });
});

describe("a scenario file", () => {
  it("is read as it is or packed, whatever it is called", () => {
    const plain = lab([file("two.json", scenario())]);
    expect(plain.status).toBe(0);
    expect(plain.out).toMatch(/^Two pages\n/);
    const packed = gzipSync(JSON.stringify(scenario()));
    for (const name of ["two.json.gz", "two"]) expect(lab([file(name, packed)])).toEqual(plain);
  });

  it("is named by its path, also where a built-in has its name", () => {
    file("t-a-12", scenario());
    expect(lab(["t-a-12"]).out).toMatch(/^Punch \[18, 22\)/);
    expect(lab([join(folder, "t-a-12")]).out).toMatch(/^Two pages/);
  });

  it("without a task has nothing to play", () => {
    const { status, out } = lab([file("empty.json", scenario({ tasks: {} }))]);
    expect(status).toBe(0);
    expect(out).toMatch(/steps +0 +0/);
  });
});
