// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { VARIANTS } from "../machine/variants.ts";
import { BUILT_INS, type BuiltIn } from "./catalogue.ts";
import { unmetExpectations } from "./expectation.ts";
import { parseDocument } from "./parse.ts";
import { play } from "./play.ts";

const load = (entry: BuiltIn) => {
  const parsed = parseDocument(
    "document" in entry
      ? entry.document()
      : JSON.parse(
          readFileSync(new URL(`../../../../public/scenarios/${entry.file}`, import.meta.url), "utf8"),
        ),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.scenario;
};

describe.each(BUILT_INS)("$name", (entry) => {
  it("has one title, in the picker and in its document", () => {
    expect(load(entry).title).toBe(entry.title);
  });

  it("declares something for both designs that it opens with", () => {
    const { show, expect: declared } = load(entry);
    for (const variant of show) expect(declared.get(variant)?.findings).not.toBeNull();
  });

  it.each(VARIANTS)("shows under %s what it declares, and every task ends", (variant) => {
    const played = play(load(entry), variant);
    expect(unmetExpectations(played)).toEqual([]);
    expect(played.recording.stuck).toEqual([]);
  });
});
