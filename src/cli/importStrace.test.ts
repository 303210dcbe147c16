// SPDX-License-Identifier: GPL-2.0-only
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { captured } from "./fixture.ts";
import { runImportStrace } from "./importStrace.ts";

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const BOOT = fromHere("../engine/experiments/capture/recordings/qemu-q35-kvm-boot-hotplug.strace");
const SUMMARY =
  "61 lines: 43 memslot calls (28 created or changed, 15 deleted), 5 files, 0 punches, " +
  "1 not ours, 0 failed, 0 unread\n";
const q35Boot = JSON.parse(readFileSync(fromHere("../../public/scenarios/q35-boot.json"), "utf8")) as object;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-import-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** `lab import` with these words behind it. */
const runImport = (...args: string[]) => captured(args, runImportStrace);

const run = (...args: string[]) => runImport("strace", ...args);

/** Expects exit 2, nothing on stdout, and one line on stderr that matches `message`. */
function expectRefused(result: ReturnType<typeof run>, message: RegExp) {
  expect(result).toMatchObject({ status: 2, out: "" });
  expect(result.err).toMatch(/^lab import: [^\n]+\n$/);
  expect(result.err).toMatch(message);
}

/** A file in the test's folder. */
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("lab import strace", () => {
  it("puts the scenario on stdout, an operation a line, and the summary alone on stderr", () => {
    const { status, out, err } = run(BOOT);
    expect(status).toBe(0);
    expect(err).toBe(SUMMARY);
    const document = JSON.parse(out) as { tasks: object };
    expect(q35Boot).toMatchObject({ tasks: document.tasks });
    expect(document).not.toHaveProperty("expect");
    expect(out.split("\n").filter((line) => line.includes('"op"'))).toHaveLength(43);
  });

  it("reads gzip as it is, whatever the file is called", () => {
    const packed = file("boot.log", gzipSync(readFileSync(BOOT)));
    expect(run(packed)).toEqual(run(BOOT));
  });

  it("writes OUT instead of stdout, and leaves nothing else beside it", () => {
    const out = file("out.json", "what was there before");
    expect(run(BOOT, "-o", out)).toEqual({ status: 0, out: "", err: SUMMARY });
    expect(readFileSync(out, "utf8")).toBe(run(BOOT).out);
    expect(run("-o", out, BOOT).status).toBe(0);
    expect(readdirSync(folder)).toEqual(["out.json"]);
  });

  it("leaves OUT alone where the log is refused, and no part where OUT cannot be written", () => {
    const out = file("out.json", "what was there before");
    const log = file("empty.strace", "");
    expect(run(log, "-o", out).status).toBe(2);
    expect(readFileSync(out, "utf8")).toBe("what was there before");
    mkdirSync(join(folder, "taken"));
    expectRefused(run(BOOT, "-o", join(folder, "taken")), /taken: it cannot be written/);
    expectRefused(run(BOOT, "-o", join(folder, "absent", "out.json")), /ENOENT/);
    expect(readdirSync(folder).sort()).toEqual(["empty.strace", "out.json", "taken"]);
  });

  it.each([
    [[], /log to read is missing; usage: lab import strace FILE \[-o OUT\]/],
    [["a", "b"], /"b" is one file too many/],
    [["a", "-o"], /-o takes one file/],
    [["a", "-o", "b", "-o", "c"], /-o takes one file/],
    [["a", "--mtree"], /no option "--mtree"/],
  ])("refuses the arguments %j in one line", (args, message) => expectRefused(run(...args), message));

  it("refuses a kind of log that it does not know", () => {
    expectRefused(runImport(), /expected "strace" after "import"/);
    expectRefused(runImport("perf", BOOT), /expected "strace" after "import"/);
  });

  it("refuses what it cannot read or unpack, naming the file", () => {
    expectRefused(run(join(folder, "absent")), /cannot read .*absent: there is no such file/);
    expectRefused(run(folder), /it is a folder/);
    const packed = gzipSync(readFileSync(BOOT));
    expectRefused(run(file("cut.gz", packed.subarray(0, 300))), /cut\.gz: its gzip data is damaged/);
    packed[40]! ^= 0xff;
    expectRefused(run(file("bent.gz", packed)), /bent\.gz: its gzip data is damaged/);
  });

  it("refuses a log that holds nothing of ours, and says what the first unread line is", () => {
    expectRefused(run(file("other.strace", 'read(5, "", 4096) = 0\n')), /none of its 1 lines is a call/);
    expectRefused(run(file("text", "Dear reader,\n")), /line 1: this is not a line that strace writes/);
  });

  it("takes a log of which a part is unread, and counts that part", () => {
    const { status, err } = run(file("cut.strace", readFileSync(BOOT, "utf8").slice(0, -40)));
    expect(status).toBe(0);
    expect(err).toContain("42 memslot calls (27 created or changed, 15 deleted)");
    expect(err).toContain(" 1 unread");
  });
});
