// SPDX-License-Identifier: GPL-2.0-only
// T-a: the list calls every memslot of the file, the xarray only those that the hole meets.

import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";

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
const GFN_BASE = 0x100000;

const allocate = (ranges: readonly (readonly [number, number])[]): OperationDocument[] =>
  ranges.map(([start, end]) => ({ op: "allocate", file: "f0", start, end }));

/** 64 pages, 12 memslots, four pages punched out of slot 3. Small enough to see every mark. */
export const tA12 = (): ScenarioDocument => ({
  format: FORMAT,
  title: "Punch [18, 22)",
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

const SLOT_PAGES = 512;

/** The page that each slot has, counted from its start. */
const TOUCHED = 188;

/** `slots` memslots end to end, one page touched in each; `hole` is punched. */
function manySlots(slots: number, hole: readonly [number, number]): ScenarioDocument {
  const each = (operation: (slot: number) => OperationDocument) =>
    Array.from({ length: slots }, (_, k) => operation(k));
  return {
    format: FORMAT,
    title: `One page of ${slots.toLocaleString("en-GB")} memslots`,
    about: "Memslots of 512 pages lie end to end, one page touched in each. One page of slot 1 is punched.",
    files: { f0: { pages: slots * SLOT_PAGES } },
    vms: { vm0: {} },
    setup: [
      ...each((slot) => ({
        op: "createSlot",
        vm: "vm0",
        slot,
        pages: SLOT_PAGES,
        file: "f0",
        pgoff: slot * SLOT_PAGES,
      })),
      ...each((slot) => {
        const start = slot * SLOT_PAGES + TOUCHED;
        return { op: "allocate", file: "f0", start, end: start + 1 };
      }),
      ...each((slot) => ({ op: "map", vm: "vm0", gfn: slot * SLOT_PAGES + TOUCHED, pages: 1 })),
    ],
    tasks: { P: [{ op: "punch", file: "f0", start: hole[0], end: hole[1] }] },
    show: ["v10", "review"],
    expect: {
      v10: { findings: [], startCallbacks: slots, endCallbacks: slots, startHits: 1, wasted: 2 * slots - 2 },
      review: { findings: [], startCallbacks: 1, endCallbacks: 1, startHits: 1, wasted: 0 },
    },
  };
}

/** `slots` memslots of 512 pages; one page of slot 1 is punched. */
export const tAMany = (slots: number) => (): ScenarioDocument => manySlots(slots, [700, 701]);

/** The honest case: a punch of the whole file, in which every memslot has to be called anyway. */
export const tAAll = (): ScenarioDocument => {
  const slots = 4_096;
  const everybody = {
    findings: [],
    startCallbacks: slots,
    endCallbacks: slots,
    startHits: slots,
    endHits: slots,
    wasted: 0,
  };
  return {
    ...manySlots(slots, [0, slots * SLOT_PAGES]),
    title: "The whole file of 4,096 memslots",
    about: "The hole spans every memslot: both designs call them all, and the xarray saves nothing.",
    expect: { v10: everybody, review: everybody },
  };
};
