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
const BALLOON = fromHere("../../public/captures/qemu-q35-linux-balloon.strace.gz");
const BALLOON_MAP = fromHere("../../public/captures/qemu-q35-linux-balloon.mtree.txt");
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
    [[], /log to read is missing; usage: lab import strace FILE \[--mtree MAP\] \[-o OUT\]/],
    [["a", "b"], /"b" is one file too many/],
    [["a", "-o"], /-o takes one file/],
    [["a", "-o", "b", "-o", "c"], /-o takes one file/],
    [["a", "--mtree"], /--mtree takes one file/],
    [["a", "--mtree", "b", "--mtree", "c"], /--mtree takes one file/],
    [["a", "--map", "b"], /no option "--map"/],
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

  it("says on stderr which lines are unread and why, the first five, and the summary last", () => {
    const { status, err } = run(file("odd.strace", `${readFileSync(BOOT, "utf8")}${"a\n".repeat(7)}`));
    expect(status).toBe(0);
    const lines = err.trimEnd().split("\n");
    expect(lines.slice(0, -1)).toEqual(
      [62, 63, 64, 65, 66].map((line) => `line ${line}: this is not a line that strace writes`),
    );
    expect(lines.at(-1)).toMatch(/^68 lines: .* 7 unread$/);
  });
});

describe("lab import strace --mtree", () => {
  const SLOTS_SUMMARY =
    "8638 lines: 0 memslot calls (0 created or changed, 0 deleted), 2 files, 8632 punches, " +
    "0 not ours, 0 failed, 0 unread, 8 slots from the map";

  it("lays the slots of the map under the punches of the log, and says which blocks have no file", () => {
    const { status, out, err } = run(BALLOON, "--mtree", BALLOON_MAP);
    expect(status).toBe(0);
    expect(err.trimEnd().split("\n")).toEqual([
      "No file of the log is left for these blocks of the map: vga.vram, pc.bios.",
      SLOTS_SUMMARY,
    ]);
    const document = JSON.parse(out) as { setup: object[]; tasks: { VMM: object[] } };
    expect(document.setup).toHaveLength(8);
    expect(document.tasks.VMM).toHaveLength(8632);
  });

  it("reads a packed map, with the options in any order", () => {
    const packed = file("map.gz", gzipSync(readFileSync(BALLOON_MAP)));
    const out = file("out.json", "");
    expect(run("--mtree", packed, "-o", out, BALLOON)).toMatchObject({ status: 0, out: "" });
    expect(readFileSync(out, "utf8")).toBe(run(BALLOON, "--mtree", BALLOON_MAP).out);
  });

  it("does not use the map of a log that has memslot calls, and says so", () => {
    const { status, err } = run(BOOT, "--mtree", BALLOON_MAP);
    expect(status).toBe(0);
    expect(err).toBe(
      "The memory map is not used: the log has memslot calls of its own.\n" +
        `${SUMMARY.trimEnd()}, 0 slots from the map\n`,
    );
  });

  it("refuses a map that cannot be read, is none, or is of another machine, and leaves OUT alone", () => {
    const out = file("out.json", "what was there before");
    const refused = (map: string, message: RegExp, log = BALLOON) =>
      expectRefused(run(log, "--mtree", map, "-o", out), message);
    refused(join(folder, "absent"), /cannot read .*absent: there is no such file/);
    refused(file("text", "Dear reader,\n"), /text: this is no memory map; expected .*info mtree -f/);
    const larger = readFileSync(BALLOON_MAP, "utf8").replaceAll("000000010fffffff", "000000017fffffff");
    refused(
      file("larger", larger),
      /larger: the block "vmem" .* 2147483648 bytes .*f0: 1073741824, f1: 268435456/,
    );
    const log = file("vm.strace", "ioctl(8, KVM_CREATE_VM, 0) = 9\n");
    refused(BALLOON_MAP, /mtree\.txt: the memory map cannot be used: the log has no file/, log);
    expect(readFileSync(out, "utf8")).toBe("what was there before");
  });
});
