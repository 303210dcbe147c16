// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FROM_START, MAP, RUNNING } from "./recipes.ts";

const README = readFileSync(new URL("../../../../README.md", import.meta.url), "utf8").split("\n");

it.each([FROM_START, RUNNING, MAP])("the README has the same line to copy: %s", (recipe) => {
  expect(README).toContain(recipe);
});

const tracedBy = (recipe: string) => /trace=(\S+)/.exec(recipe)?.[1]?.split(",") ?? [];
/** Without them a child that closes what it inherited, as each does before execve, would close it for the machine. */
const BIRTHS = ["clone", "clone3", "fork", "vfork", "execve"];

it("every call that the reader of logs knows and a machine makes is traced from its start", () => {
  const calls = [
    "memfd_create",
    "openat",
    "ftruncate",
    "fallocate",
    "mmap",
    "munmap",
    "mremap",
    "close",
    "ioctl",
  ];
  expect(tracedBy(FROM_START)).toEqual(expect.arrayContaining([...calls, ...BIRTHS]));
});

it("of a running machine no ioctl is traced, which is what costs", () => {
  expect(tracedBy(RUNNING)).toEqual(expect.arrayContaining(["fallocate", ...BIRTHS]));
  expect(tracedBy(RUNNING)).not.toContain("ioctl");
});
