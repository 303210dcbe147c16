// SPDX-License-Identifier: GPL-2.0-only
// What is counted as numbers, as a scenario that can be watched: a point of a sweep, or memslots of given sizes.

import type { OperationDocument, ScenarioDocument } from "../scenarios/document.ts";
import { FORMAT } from "../scenarios/format.ts";
import { endToEnd, holeIn } from "./layout.ts";
import type { SweepCase } from "./sweep.ts";

const FILE = "f0";

/** One slot [start, end) of the file, which is also where it lies in its guest. */
const createSlot = (vm: string, slot: number, start: number, end: number): OperationDocument => ({
  ...{ op: "createSlot", vm, slot, gfn: start },
  ...{ pages: end - start, file: FILE, pgoff: start },
});

/** The machine of `wanted` with `slots` memslots, whose task punches the case's holes; as in a sweep all pages are there and mapped. */
export function pointDocument(wanted: SweepCase, slots: number, title: string): ScenarioDocument {
  const { slotPages, alignment, vms, holes } = wanted;
  const layout = endToEnd(slots, slotPages, alignment);
  return {
    ...{ format: FORMAT, title },
    files: { [FILE]: { pages: layout.startOf(slots) } },
    vms: Object.fromEntries(Array.from({ length: vms }, (_, k) => [`vm${k}`, {}])),
    setup: Array.from({ length: slots }, (_, k) =>
      createSlot(`vm${k % vms}`, Math.floor(k / vms), layout.startOf(k), layout.startOf(k + 1)),
    ),
    tasks: {
      P: holes.map((size): OperationDocument => ({ op: "punch", file: FILE, ...holeIn(layout, size) })),
    },
    ...{ assumed: ["present", "mapped"], show: ["v10", "review"] },
  };
}

/** Memslots of `sizes` pages end to end; the first page of each is punched, one after the other. */
export function slotsDocument(sizes: readonly number[], title: string): ScenarioDocument {
  const starts = [0];
  for (const pages of sizes) starts.push((starts.at(-1) as number) + pages);
  const startOf = (k: number) => starts[k] as number;
  return {
    ...{ format: FORMAT, title },
    files: { [FILE]: { pages: startOf(sizes.length) } },
    vms: { vm0: {} },
    setup: sizes.map((_, k) => createSlot("vm0", k, startOf(k), startOf(k + 1))),
    tasks: {
      P: sizes.map(
        (_, k): OperationDocument => ({
          ...{ op: "punch", file: FILE, start: startOf(k), end: startOf(k) + 1 },
        }),
      ),
    },
    ...{ assumed: ["present", "mapped"], show: ["v10", "review"] },
  };
}
