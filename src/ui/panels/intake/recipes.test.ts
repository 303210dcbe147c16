// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FROM_START, MAP, RUNNING } from "./recipes.ts";

const README = readFileSync(new URL("../../../../README.md", import.meta.url), "utf8").split("\n");

it.each([FROM_START, RUNNING, MAP])("the README has the same line to copy: %s", (recipe) => {
  expect(README).toContain(recipe);
});

it("every call that the reader of logs knows and a machine makes is traced from its start", () => {
  const traced = /trace=(\S+)/.exec(FROM_START)?.[1]?.split(",") ?? [];
  for (const name of [
    "memfd_create",
    "ftruncate",
    "fallocate",
    "mmap",
    "munmap",
    "mremap",
    "close",
    "ioctl",
    "openat",
  ])
    expect(traced).toContain(name);
});
