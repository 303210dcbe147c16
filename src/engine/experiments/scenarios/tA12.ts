// SPDX-License-Identifier: GPL-2.0-only
// T-a: the list calls every memslot of the file, the xarray only those that the hole meets.

import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

/** Half-open page ranges of the twelve slots; pages 52 and 53 belong to none. */
const TWELVE: readonly (readonly [number, number])[] = [
  [0, 4],
  [4, 12],
  [12, 16],
  [16, 24],
  [24, 26],
  [26, 32],
  [32, 36],
  [36, 38],
  [38, 44],
  [44, 52],
  [54, 58],
  [58, 64],
];

/** Where the guest's memory begins: page 0 of the file is gfn 0x100000. */
export const GFN_BASE = 0x100000;

const allocate = (ranges: readonly (readonly [number, number])[]): OperationDocument[] =>
  ranges.map(([start, end]) => ({ op: "allocate", file: "f0", start, end }));

/** 64 pages, 12 memslots, four pages punched out of slot 3. Small enough to see every mark. */
export const tA12 = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-a-12"],
  about:
    "A hole of four pages lies inside memslot 3. The list asks all twelve memslots, twice; the xarray finds the one that is bound there.",
  files: { f0: { pages: 64 } },
  vms: { vm0: {} },
  setup: [
    // Registered from the last to the first: the list puts the newest at its head, so it is walked left to right.
    ...TWELVE.map(
      ([start, end], slot): OperationDocument => ({
        op: "createSlot",
        vm: "vm0",
        slot,
        gfn: GFN_BASE + start,
        pages: end - start,
        file: "f0",
        pgoff: start,
      }),
    ).reverse(),
    ...allocate([
      [0, 10],
      [12, 29],
      [31, 48],
      [50, 52],
      [54, 62],
    ]),
    // What the guest has touched: all that is allocated but for pages 5, 6, 46 and 47.
    ...(
      [
        [0, 5],
        [7, 10],
        [12, 29],
        [31, 46],
        [50, 52],
        [54, 62],
      ] as const
    ).map(
      ([start, end]): OperationDocument => ({
        op: "map",
        vm: "vm0",
        gfn: GFN_BASE + start,
        pages: end - start,
      }),
    ),
  ],
  tasks: { P: [{ op: "punch", file: "f0", start: 18, end: 22 }] },
  show: ["v10", "review"],
  expect: {
    v10: {
      findings: [],
      startCallbacks: 12,
      endCallbacks: 12,
      startHits: 1,
      endHits: 1,
      wasted: 22,
      pagesFreed: 4,
    },
    review: {
      findings: [],
      startCallbacks: 1,
      endCallbacks: 1,
      startHits: 1,
      endHits: 1,
      wasted: 0,
      pagesFreed: 4,
    },
  },
});
