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

it("the colours of paper are those of the light theme", () => {
  const colours = (block: string) => [...block.matchAll(/--[\w-]+: #[0-9a-f]+/g)].map(([text]) => text);
  const tokens = read("theme/tokens.css");
  const light = /:root\[data-theme="light"\] \{([^}]*)\}/.exec(tokens)?.[1] ?? "";
  const paper = /@media print \{\s*:root\[data-theme="dark"\] \{([^}]*)\}/.exec(tokens)?.[1] ?? "";
  expect(colours(light).length).toBeGreaterThan(15);
  expect(colours(paper)).toEqual(colours(light));
});
