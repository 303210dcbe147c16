// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { bytesText, nsText, pagesText, timesText } from "./amounts.ts";
import { labTrouble } from "./labTrouble.ts";
import { holeText } from "./names.ts";
import {
  bindsText,
  countedText,
  evenText,
  flushText,
  pointText,
  ratioText,
  refusedText,
  walksText,
} from "./sentences.ts";

it.each([
  [0, "0 ns"],
  [2.7, "2.7 ns"],
  [999.6, "1 µs"],
  [2_646, "2.6 µs"],
  [40_220, "40 µs"],
  [1_076_000, "1.1 ms"],
  [65.5e9, "66 s"],
])("%d ns are written as %s", (ns, text) => {
  expect(nsText(ns)).toBe(text);
});

it("bytes, pages, ratios and holes have their units", () => {
  expect([bytesText(576), bytesText(98_304), bytesText(2_396_736)]).toEqual(["576 B", "96 KiB", "2.3 MiB"]);
  expect(pagesText(512)).toBe("512 pages (2 MiB)");
  expect([timesText(15.2), timesText(1.44)]).toEqual(["15 times", "1.4 times"]);
  expect([holeText({ share: 1 }), holeText({ share: 0.25 }), holeText({ pages: 1 })]).toEqual([
    ...["every memslot", "1/4 of the memslots", "1 page (4 KiB)"],
  ]);
});

const at = (list: number, xarray: number) => [
  { variant: "v10" as const, value: list, bound: 4096 },
  { variant: "review" as const, value: xarray, bound: 4096 },
];

it("a point says what each design has and how they stand to each other, whichever is ahead", () => {
  expect(pointText(4096, "ns", at(40_220, 2_646))).toBe(
    "4,096 memslots: LIST 40 µs, XARRAY 2.6 µs; LIST is 15 times XARRAY",
  );
  expect(ratioText(at(100, 200))).toBe("XARRAY is 2 times LIST");
  expect(ratioText(at(100, 101))).toBe("LIST and XARRAY alike");
  expect(ratioText(at(1_045, 1_000))).toBe("LIST and XARRAY alike");
  expect(ratioText(at(1_060, 1_000))).toBe("LIST is 1.1 times XARRAY");
  expect(ratioText(at(0, 101))).toBeNull();
  expect(refusedText(4096, { variant: "review-seed", value: 1, bound: 2048 })).toContain("refused 2,048");
  expect(refusedText(4096, { variant: "review", value: 1, bound: 4096 })).toBeNull();
});

it("where the list is ahead is said, and so is where it is not", () => {
  const facts = {
    walks: 9.66,
    listCheaperUpTo: null,
    isListAlwaysCheaper: false,
    flush: { warm: 1_566.2, cold: 50.3, assumed: 73.7 },
  };
  expect(evenText(facts, "warm", {})).toContain("Below 10 memslots the list is cheaper to walk");
  expect(evenText(facts, "warm", {})).toContain("never dearer with the xarray");
  expect(evenText({ ...facts, listCheaperUpTo: 6 }, "warm", {})).toContain(
    "cheaper with the list up to 6 memslots",
  );
  expect(evenText({ ...facts, walks: null, isListAlwaysCheaper: true }, "assumed", {})).toMatch(
    /^The whole punch is cheaper with the list wherever/,
  );
  // A price that somebody set is nobody's assumption.
  expect(evenText(facts, "warm", { lock: 9 })).toContain("at your 9 ns each time");
  expect(walksText("assumed", { listNode: 5 })).toBe(
    "Walks: your 5 ns a list node, an assumed 80 ns a node of the xarray.",
  );
  expect(flushText(facts, "cold", { flushBase: 5 })).toContain("(set by hand)");
  expect(flushText(facts, "cold", {})).toContain(
    "From 50 memslots on the list's two walks (measured in C, cold caches)",
  );
  // Whatever basis is chosen, the others are said.
  expect(flushText(facts, "warm", {})).toMatch(/^From 1,566 .*from 50 memslots .*or 74 memslots/);
});

it("what was stepped, what was computed, and why a point is not played are said", () => {
  expect(countedText({ stepped: 90, computed: 0, upto: 32_764 })).toBe(
    "All 90 points were counted by stepping the engine.",
  );
  expect(countedText({ stepped: 90, computed: 15, upto: 2 ** 20 })).toContain(
    "all is a projection in closed form",
  );
  expect(bindsText(4096, 16e6)).toContain("66 s in all");
  expect(labTrouble(4096, 512, { pages: 1 })).toBeNull();
  expect(labTrouble(8192, 512, { pages: 1 })).toContain("up to 4,096 memslots");
  expect(labTrouble(4096, 512, { share: 1 })).toContain("about 2,097,152");
});
