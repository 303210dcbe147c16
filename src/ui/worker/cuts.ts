// SPDX-License-Identifier: GPL-2.0-only
// A recording's memslots, and what it would cost with more of them.

import {
  cutBilling,
  cutTrouble,
  drain,
  type OperationDocument,
  type ScenarioDocument,
  scenarioOf,
  taskOf,
  VARIANTS,
} from "../../engine/index.ts";
import type { Cuts, SlotRange } from "./protocol.ts";

export function cutsOf(document: ScenarioDocument, sizes: readonly number[]): Cuts {
  const scenario = scenarioOf(document);
  return {
    slots: slotsLeft([...(document.setup ?? []), ...taskOf(document)[1]]),
    sizes: sizes.map((slots) => {
      const trouble = cutTrouble(scenario, slots);
      const bills =
        trouble === null ? VARIANTS.map((variant) => drain(cutBilling(scenario, variant, slots))) : [];
      return { slots, bills, trouble };
    }),
  };
}

/** The memslots that are there after `operations`. */
function slotsLeft(operations: readonly OperationDocument[]): SlotRange[] {
  const live = new Map<string, SlotRange>();
  for (const operation of operations) {
    if (operation.op !== "createSlot" && operation.op !== "deleteSlot") continue;
    const id = `${operation.vm}/${operation.slot}`;
    live.delete(id);
    if (operation.op === "deleteSlot" || operation.file === undefined || operation.pgoff === undefined)
      continue;
    const { file, pgoff, pages } = operation;
    live.set(id, { file, start: pgoff, end: pgoff + pages });
  }
  return [...live.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start));
}
