// SPDX-License-Identifier: GPL-2.0-only
// Paper is laid out as the wide page in the light theme, whatever the window is like that prints it.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (sheet: string) => readFileSync(new URL(`../${sheet}`, import.meta.url), "utf8");
const sheets = readdirSync(new URL("..", import.meta.url), { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".css"),
);

it("what is for narrow or low windows is for screens", () => {
  const queries = sheets.flatMap((sheet) =>
    [...read(sheet).matchAll(/@media ([^{]+)\{/g)].flatMap(([, list = ""]) =>
      list.split(",").map((query) => ({ sheet, query: query.trim() })),
    ),
  );
  const ofTheWindow = queries.filter(({ query }) => /\b(?:max|min)-(?:width|height)/.test(query));
  expect(ofTheWindow.length).toBeGreaterThan(20);
  const wide = queries.filter(({ query }) => query === "print").map(({ sheet }) => sheet);
  expect(
    ofTheWindow.filter(
      ({ sheet, query }) =>
        !query.startsWith("screen and ") && !(query.includes("min-width") && wide.includes(sheet)),
    ),
  ).toEqual([]);
});

it("the colours of paper are those of the light theme: the dark ones are for screens", () => {
  const tokens = read("theme/tokens.css");
  const blocks = [...tokens.matchAll(/(@media [^{]+\{\s*)?([^{}]+) \{([^{}]*)\}/g)]
    .filter(([, , , body = ""]) => (body.match(/--[\w-]+: #[0-9a-f]+/g) ?? []).length > 0)
    .map(([, query = "", selector = ""]) => [
      query.replace("{", "").trim(),
      selector.split("\n").at(-1)?.trim(),
    ]);
  expect(blocks).toEqual([
    ["", ":root"],
    ["@media screen", ':root:not([data-theme="light"])'],
  ]);
});
