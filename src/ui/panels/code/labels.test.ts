// SPDX-License-Identifier: GPL-2.0-only
// The pane's promise: whatever step of whatever built-in is shown, its line is found, and so is that of each open
// call; and the function named with it is the one that the parser finds there.

import { readFileSync } from "node:fs";
import { parseSync } from "vite";
import { beforeAll, expect, it } from "vitest";
import { BUILT_INS, documentOf, parseDocument, play, VARIANTS } from "../../../engine/index.ts";
import type { Place } from "../../scene/codeSources.ts";
import { SOURCES } from "./sources.ts";

const ROOT = new URL("../../../../", import.meta.url);

/** Where each label of any play stands. */
const places = new Map<string, Place | null>();

beforeAll(() => {
  for (const entry of BUILT_INS) {
    if ("capture" in entry) continue; // it passes no gate that the others do not pass
    const read = (path: string) => readFileSync(new URL(`public/${path}`, ROOT), "utf8");
    const parsed = parseDocument(documentOf(entry, read));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    for (const variant of VARIANTS)
      for (const { at } of play(parsed.scenario, variant).recording.steps)
        for (const label of at) if (!places.has(label)) places.set(label, SOURCES.placeOf(label));
  }
}, 60_000);

it("each label of every built-in under every design stands on exactly one line of the texts", () => {
  expect(places.size).toBeGreaterThan(45);
  expect([...places].filter(([, place]) => place === null).map(([label]) => label)).toEqual([]);
});

it("the line holds the label, and the text is the file's own", () => {
  for (const [label, place] of places) {
    if (place === null) continue;
    const line = SOURCES.linesOf(place.path)[place.line - 1];
    const text = line?.tokens.map((token) => token.text).join("") ?? "";
    expect(text).toContain(`"${label}"`);
    expect(readFileSync(new URL(`src/engine/${place.path}`, ROOT), "utf8").split("\n")[place.line - 1]).toBe(
      text,
    );
  }
});

it("the function around it is the parser's", () => {
  const named = [...places.values()].flatMap((place) => place ?? []);
  for (const place of named) expect(`${place.path}:${place.line} ${place.within}`).toBe(parsersAnswer(place));
  expect(new Set(named.map(({ within }) => within)).size).toBeGreaterThan(12);
});

/** The name of the declaration at the top of the file that spans the line. */
function parsersAnswer({ path, line }: Place): string {
  const text = readFileSync(new URL(`src/engine/${path}`, ROOT), "utf8");
  const start =
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length + 1;
  const around = parseSync(path, text).program.body.find((node) => node.start <= start && start < node.end);
  const inner = around?.type === "ExportNamedDeclaration" ? around.declaration : around;
  const name =
    inner?.type === "FunctionDeclaration"
      ? inner.id?.name
      : inner?.type === "VariableDeclaration" && inner.declarations[0]?.id.type === "Identifier"
        ? inner.declarations[0].id.name
        : undefined;
  return `${path}:${line} ${name}`;
}
