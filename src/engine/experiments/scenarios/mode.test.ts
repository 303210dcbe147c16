// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { modeText, parseMode } from "./mode.ts";

it.each<[string | number, number | null]>([
  ["PUNCH_HOLE|KEEP_SIZE", 3],
  [" KEEP_SIZE | FALLOC_FL_PUNCH_HOLE ", 3],
  ["COLLAPSE_RANGE", 8],
  ["", 0],
  [0x7f, 0x7f],
  ["PUNCH", null],
  ["punch_hole", null],
  ["KEEP_SIZE|toString", null],
  ["3", null],
  ["0xffffffff", null],
])("%j stands for %j", (words, bits) => {
  expect(parseMode(words)).toBe(bits);
});

it("every mode is read back from its text, and unknown bits stay to be seen", () => {
  for (let mode = 0; mode < 0x200; mode++) expect(parseMode(modeText(mode))).toBe(mode);
  expect(parseMode(modeText(2 ** 31 - 1))).toBe(2 ** 31 - 1);
  expect(modeText(0)).toBe("0");
  expect(modeText(0x103)).toBe("KEEP_SIZE|PUNCH_HOLE|0x100");
});
