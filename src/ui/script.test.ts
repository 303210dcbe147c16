// SPDX-License-Identifier: GPL-2.0-only
// Nothing that comes in as data can become script: no source hands a text to what would run or parse it.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** What makes script or markup of a text. */
const MAKES_SCRIPT =
  /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\s*\(|new Function\b|\bFunction\s*\(|javascript:|\bsrcdoc\b|set(?:Timeout|Interval)\s*\(\s*["'`]/i;

const ROOT = new URL("../../", import.meta.url);

const sources = ["src", "public"].flatMap((folder) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(tsx?|m?js|html|svg)$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`),
);

it("no source makes script or markup of a text", () => {
  expect(sources.length).toBeGreaterThan(150);
  const guilty = [...sources, "index.html"].filter((file) =>
    MAKES_SCRIPT.test(readFileSync(new URL(file, ROOT), "utf8")),
  );
  expect(guilty).toEqual([]);
});

it.each([
  "element.innerHTML = title",
  "<p dangerouslySetInnerHTML={{ __html: title }} />",
  "eval(text)",
  "new Function(text)",
  'setTimeout("step()", 4)',
  '<a href="javascript:step()">',
])("%s would be found", (text) => {
  expect(MAKES_SCRIPT.test(text)).toBe(true);
});
