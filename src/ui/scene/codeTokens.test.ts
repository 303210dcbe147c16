// SPDX-License-Identifier: GPL-2.0-only
import { readdirSync, readFileSync } from "node:fs";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import { isSilent, tokenLines } from "./codeTokens.ts";

const ENGINE = new URL("../../engine/", import.meta.url);
const files = readdirSync(ENGINE, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => ({ path, text: readFileSync(new URL(path.replaceAll("\\", "/"), ENGINE), "utf8") }));

const kindsOf = (text: string) =>
  tokenLines(text).map((line) => line.map(({ kind, text: part }) => `${kind}:${part}`));

describe("every file of the engine", () => {
  it("is given back to the last character", () => {
    expect(files.length).toBeGreaterThan(100);
    for (const { path, text } of files) {
      const back = tokenLines(text).map((line) => line.map((token) => token.text).join(""));
      expect(back.join("\n"), path).toBe(text);
    }
  });

  it("has the comments that the parser finds in it, and no others", () => {
    for (const { path, text } of files.filter(({ path }) => !path.endsWith(".test.ts"))) {
      const parsed = parseSync(path, text).comments.map(({ start, end }) => text.slice(start, end));
      const told = tokenLines(text).flatMap((line) => line.filter(({ kind }) => kind === "comment"));
      expect(told.map((token) => token.text).join(""), path).toBe(parsed.join("").replaceAll("\n", ""));
    }
  });
});

it("strings, keywords and comments are told apart, and what stands in one is not another", () => {
  expect(kindsOf('yield* step("for a // b", x);')).toEqual([
    ["keyword:yield", "plain:* step(", 'string:"for a // b"', "plain:, x);"],
  ]);
  expect(kindsOf("const forth = `a\nb`; // it's const")).toEqual([
    ["keyword:const", "plain: forth = ", "string:`a"],
    ["string:b`", "plain:; ", "comment:// it's const"],
  ]);
  expect(kindsOf('a["\\""] /* "x\nfor */ / 2')).toEqual([
    ["plain:a[", 'string:"\\""', "plain:] ", 'comment:/* "x'],
    ["comment:for */", "plain: / 2"],
  ]);
});

it("a quote that nobody closes ends with its line", () => {
  expect(kindsOf('/["]/\nlet x')).toEqual([
    ["plain:/[", 'string:"]/'],
    ["keyword:let", "plain: x"],
  ]);
});

it("a line of comments and blanks is silent, one with a comment behind code is not", () => {
  expect(tokenLines("\n  // a\n/* b\n c */\nd // e\n").map(isSilent)).toEqual([
    true,
    true,
    true,
    true,
    false,
    true,
  ]);
});
