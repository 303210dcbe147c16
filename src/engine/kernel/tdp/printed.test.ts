// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import type { Pfn } from "../../units.ts";
import type { TableId } from "./entry.ts";
import type { Leaf, LeafLevel } from "./level.ts";
import { type SpteFormat, sptePrinted } from "./printed.ts";

const leaf = (level: LeafLevel, pfn: number): Leaf => ({ gfn: 0, level, pfn: pfn as Pfn, generation: 5 });

it.each<[what: string, target: Leaf | TableId, format: SpteFormat, value: string]>([
  // Read, write, execute; write-back, ignore-PAT; accessed, dirty: 0x007 + 0x030 + 0x040 + 0x300.
  ["4 KiB leaf", leaf(1, 0x12345), "ept", "0000000012345377"],
  ["2 MiB leaf", leaf(2, 0x200), "ept", "00000000002003f7"],
  ["1 GiB leaf", leaf(3, 0x40000), "ept", "00000000400003f7"],
  ["leaf of the last frame", leaf(1, 2 ** 24 - 1), "ept", "0000000ffffff377"],
  ["root", 0 as TableId, "ept", "0000001000000107"],
  ["table 5", 5 as TableId, "ept", "0000001000005107"],
  // Present, writable, user; accessed, dirty: 0x007 + 0x060.
  ["4 KiB leaf", leaf(1, 0x12345), "npt", "0000000012345067"],
  ["2 MiB leaf", leaf(2, 0x200), "npt", "00000000002000e7"],
  ["1 GiB leaf", leaf(3, 0x40000), "npt", "00000000400000e7"],
  ["table 5", 5 as TableId, "npt", "0000001000005027"],
])("%s, %o, in the form of %s", (_, target, format, value) => {
  expect(sptePrinted(target, format)).toBe(value);
});
