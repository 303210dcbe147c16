// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { printDocument } from "./printDocument.ts";

const document: ScenarioDocument = {
  format: FORMAT,
  title: "Two tasks",
  files: { f0: { pages: 8 } },
  vms: { vm0: {} },
  setup: [{ op: "createSlot", vm: "vm0", slot: 0, pages: 8, file: "f0" }],
  tasks: {
    P: [
      { op: "punch", file: "f0", start: 0, end: 1 },
      { op: "punch", file: "f0", start: 1, end: 2 },
    ],
    U: [],
  },
  show: ["v10", "review"],
};

it("printDocument() gives each operation a line of its own", () => {
  const lines = printDocument(document).split("\n");
  expect(lines.filter((line) => line.includes('"op"'))).toEqual([
    '    {"op":"createSlot","vm":"vm0","slot":0,"pages":8,"file":"f0"}',
    '      {"op":"punch","file":"f0","start":0,"end":1},',
    '      {"op":"punch","file":"f0","start":1,"end":2}',
  ]);
  expect(lines.at(-1)).toBe("");
});

it("printDocument() is JSON of the document, field by field in its order", () => {
  expect(JSON.parse(printDocument(document))).toEqual(document);
  expect(Object.keys(JSON.parse(printDocument(document)) as object)).toEqual(Object.keys(document));
});
