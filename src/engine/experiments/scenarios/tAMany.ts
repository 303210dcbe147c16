// SPDX-License-Identifier: GPL-2.0-only
// T-a with many memslots, and the honest case in which the hole spans them all.

import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { TITLES } from "./titles.ts";

const SLOT_PAGES = 512;

/** The page that each slot has, counted from its start. */
const TOUCHED = 188;

/** `slots` memslots end to end, one page touched in each; `hole` is punched. */
function manySlots(slots: number, hole: readonly [number, number]): ScenarioDocument {
  return {
    format: FORMAT,
    title: `One page of ${slots.toLocaleString("en-GB")} memslots`,
    about: "Memslots of 512 pages lie end to end, one page touched in each. One page of slot 1 is punched.",
    files: { f0: { pages: slots * SLOT_PAGES } },
    vms: { vm0: {} },
    setup: endToEnd(slots, SLOT_PAGES, TOUCHED),
    tasks: { P: [punch(...hole)] },
    show: ["v10", "review"],
    expect: oneHit(slots),
  };
}

/** `slots` memslots of `pages` pages end to end; the guest touches page `touched` of each, which allocates it. */
function endToEnd(slots: number, pages: number, touched: number): OperationDocument[] {
  const each = (operation: (slot: number) => OperationDocument) =>
    Array.from({ length: slots }, (_, k) => operation(k));
  return [
    ...each((slot) => ({ op: "createSlot", vm: "vm0", slot, pages, file: "f0", pgoff: slot * pages })),
    ...each((slot) => ({ op: "map", vm: "vm0", gfn: slot * pages + touched, pages: 1 })),
  ];
}

const punch = (start: number, end: number): OperationDocument => ({ op: "punch", file: "f0", start, end });

/** The hole lies in one memslot: the list calls all of them twice, the xarray the one. */
const oneHit = (slots: number): ScenarioDocument["expect"] => ({
  v10: { findings: [], startCallbacks: slots, endCallbacks: slots, startHits: 1, wasted: 2 * slots - 2 },
  review: { findings: [], startCallbacks: 1, endCallbacks: 1, startHits: 1, wasted: 0 },
});

/** `slots` memslots of 512 pages; one page of slot 1 is punched. */
export const tAMany = (slots: number) => (): ScenarioDocument => manySlots(slots, [700, 701]);

/** All the memslots that a VM may have on x86. */
const SLOTS_MAX = 32_764;

/** Pages of each: end to end they fill a file of 2^28 pages, but for the room of four. */
const LARGE_PAGES = 8_192;

/** A memslot near the middle, and the pages of it that are punched: the touched one is among them. */
const HIT = 16_500;
const HOLE = [4_094, 4_098] as const;

/** The x86 limit: a file of 2^28 pages under 32,764 memslots, a few pages of one of them punched. */
export const tALimit = (): ScenarioDocument => ({
  format: FORMAT,
  title: TITLES["t-a-32764"],
  about:
    "As many memslots as x86 allows, of 8,192 pages each, end to end in a file of 2^28 pages. Four pages of slot 16,500 are punched.",
  files: { f0: { pages: 2 ** 28 } },
  vms: { vm0: {} },
  setup: endToEnd(SLOTS_MAX, LARGE_PAGES, LARGE_PAGES / 2),
  tasks: { P: [punch(HIT * LARGE_PAGES + HOLE[0], HIT * LARGE_PAGES + HOLE[1])] },
  show: ["v10", "review"],
  expect: oneHit(SLOTS_MAX),
});

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
    title: TITLES["t-a-all"],
    about: "The hole spans every memslot: both designs call them all, and the xarray saves nothing.",
    expect: { v10: everybody, review: everybody },
  };
};
