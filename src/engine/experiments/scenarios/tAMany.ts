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
      // The touch also allocates the page.
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
    title: TITLES["t-a-all"],
    about: "The hole spans every memslot: both designs call them all, and the xarray saves nothing.",
    expect: { v10: everybody, review: everybody },
  };
};
