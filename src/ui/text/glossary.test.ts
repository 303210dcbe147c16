// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { GLOSSARY, termNamed, termOfLabel, termsIn } from "./glossary.ts";

/** `[SPTE]s` for a term in its sentence. */
const marked = (text: string) =>
  termsIn(text)
    .map((piece) => (typeof piece === "string" ? piece : `[${piece.text}=${piece.term.name}]`))
    .join("");

describe("the glossary", () => {
  it("has each term once, in order, and no word leads to two of them", () => {
    const names = GLOSSARY.map(({ name }) => name);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "en")));
    const words = GLOSSARY.flatMap(({ name, also, labels }) => [name, ...also, ...labels]);
    expect(words.filter((word, k) => words.indexOf(word) !== k)).toEqual([]);
    expect(names.length).toBeGreaterThanOrEqual(45);
  });

  it("every term is found by its name and by each of its words, and is one clause", () => {
    for (const term of GLOSSARY) {
      expect(termNamed(term.name)).toBe(term);
      for (const word of [term.name, ...term.also])
        expect(termsIn(`P sees ${word}: 1.`)[1], word).toEqual({ text: word, term });
      for (const label of [term.name, ...term.also, ...term.labels]) expect(termOfLabel(label)).toBe(term);
      expect(term.says).toMatch(/^[^.]{10,}(\. [A-Z][^.]+)?[^.]$/);
      expect(`${term.name} ${term.says}.`.length).toBeLessThanOrEqual(100);
    }
    expect(termNamed("nothing")).toBeNull();
  });
});

it("in a sentence whole words are terms, each where it stands first, and nothing is lost or added", () => {
  expect(marked("P zaps gfns [0,64) of vm0: 64 SPTEs were present, 3 SPTEs not.")).toBe(
    "P [zaps=zap] [gfns=gfn] [0,64) of vm0: 64 [SPTEs=SPTE] were present, 3 SPTEs not.",
  );
  expect(marked("P takes rm->lock for reading, U inode->lock of f0's inner file.")).toBe(
    "P takes [rm->lock=rm->lock] for reading, U [inode->lock=inode->lock] of f0's [inner file=inner file].",
  );
  expect(
    marked("mmu_invalidate_in_progress of vm0 rises, slots_lock too: invalidate_start() of slot 3"),
  ).toBe(
    "[mmu_invalidate_in_progress=mmu_invalidate_in_progress] of vm0 rises, [slots_lock=slots_lock] too: " +
      "[invalidate_start=invalidate_start]() of [slot=memslot] 3",
  );
  expect(marked("P reads 1 node and 2 slots of the xarray: index 5 belongs to slot 1.")).toBe(
    "P reads 1 node and 2 [slots of the xarray=xa_node]: index 5 belongs to [slot=memslot] 1.",
  );
});

it("words that are none, or are part of one, are no terms", () => {
  for (const text of [
    "unzapped",
    "vm0/gfn",
    "kvm->gfn",
    "gfn_to_pfn",
    "pre-fault",
    "leaflet",
    "the seq",
    "a guest",
    "",
  ])
    expect(termsIn(text)).toEqual(text === "" ? [] : [text]);
});

it("the names of rows, lanes and figures have their terms; sentences do not take what only names have", () => {
  const known = [
    "page offset",
    "mapped vm0",
    "vCPU 0",
    "PML4 [0]",
    "vm0 in_progress",
    "TLB flushes",
    "xa slots read",
  ];
  expect(known.map((label) => termOfLabel(label)?.name)).toEqual([
    ...["pgoff", "mapping", "vCPU", "PML4", "mmu_invalidate_in_progress", "TLB", "xa_node"],
  ]);
  expect(termOfLabel("binds refused")?.name).toBe("bind");
  expect(termOfLabel("events")).toBeNull();
  expect(marked("Page 5: mapped; the file pages.")).toBe("Page 5: mapped; the file pages.");
});
