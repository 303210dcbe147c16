// SPDX-License-Identifier: GPL-2.0-only
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runImportStrace } from "./importStrace.ts";

const BOOT = fileURLToPath(
  new URL("../engine/experiments/capture/recordings/qemu-q35-kvm-boot-hotplug.strace", import.meta.url),
);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "import-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const importTo = (out: string) =>
  runImportStrace({ args: ["strace", BOOT, "-o", out], readStdin: () => "", out: () => {}, err: () => {} });

it("a link stays a link, and the file behind it keeps its mode", () => {
  const [file, link] = [join(folder, "old.json"), join(folder, "link.json")];
  writeFileSync(file, "old", { mode: 0o600 });
  symlinkSync(file, link);
  expect(importTo(link)).toBe(0);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, "utf8")).toContain("restricted-memory-lab/1");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("a device is written to and stays a device", () => {
  const before = statSync("/dev/null").rdev;
  expect(importTo("/dev/null")).toBe(0);
  expect(statSync("/dev/null").rdev).toBe(before);
});

it("a folder that cannot be written to is wrong input", () => {
  expect(importTo(join(folder, "missing", "out.json"))).toBe(2);
  expect(readdirSync(folder)).toEqual([]);
});
