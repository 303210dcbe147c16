// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { BUILT_INS } from "../engine/index.ts";
import { captured } from "./fixture.ts";
import { runList } from "./list.ts";

const list = (...args: string[]) => captured(args, runList);

it("names every built-in scenario, a line each, in the order of the picker", () => {
  const { status, out, err } = list();
  expect([status, err]).toEqual([0, ""]);
  const lines = out.trimEnd().split("\n");
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual(BUILT_INS.map(({ name, title }) => [name, title]));
  // The titles stand in one column.
  expect(new Set(lines.map((line) => line.search(/(?<= {2})\S/))).size).toBe(1);
});

it("has all that the lab exists to show", () => {
  const names = BUILT_INS.map(({ name }) => name);
  const must =
    "t-a-12 t-a-512 t-a-4096 t-a-32764 t-a-all t-b1 t-b2 t-c1 t-c2 t-c3 t-d t-f t-h q35-boot".split(" ");
  expect(names).toEqual(expect.arrayContaining(must));
  expect(new Set(names).size).toBe(names.length);
});

it("takes no words: one line on stderr, nothing on stdout", () => {
  expect(list("t-a-12")).toEqual({
    status: 2,
    out: "",
    err: 'lab list: takes no arguments, got "t-a-12"\n',
  });
});
