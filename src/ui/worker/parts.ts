// SPDX-License-Identifier: GPL-2.0-only
// How much of a recording is played at a time.

import type { OperationDocument, ScenarioDocument } from "../../engine/index.ts";

/** So many steps of the list a part may take: as many as load in a moment. */
const STEPS = 24_000;
const OPERATIONS_MAX = 256;

/** More memslots at once than this nobody waits for. */
export const LIVE_SLOTS_MAX = 65_536;

/** The most memslots that live at once in one file, and in all. */
export function mostSlots({ setup, tasks }: ScenarioDocument): { inFile: number; inAll: number } {
  const fileOf = new Map<string, string>();
  const live = new Map<string, number>();
  let inFile = 0;
  let inAll = 0;
  const see = (operation: OperationDocument) => {
    if (operation.op !== "createSlot" && operation.op !== "deleteSlot") return;
    const slot = `${operation.vm}/${operation.slot}`;
    const before = fileOf.get(slot);
    if (before !== undefined) live.set(before, (live.get(before) ?? 0) - 1);
    fileOf.delete(slot);
    if (operation.op === "deleteSlot") return;
    const file = operation.file ?? "";
    fileOf.set(slot, file);
    const count = (live.get(file) ?? 0) + 1;
    live.set(file, count);
    inFile = Math.max(inFile, count);
    inAll = Math.max(inAll, fileOf.size);
  };
  for (const operation of setup ?? []) see(operation);
  for (const operations of Object.values(tasks)) for (const operation of operations) see(operation);
  return { inFile, inAll };
}

/** How many operations are played at a time where up to `slots` memslots are called by a punch. */
export const partLength = (slots: number): number =>
  Math.max(1, Math.min(OPERATIONS_MAX, Math.floor(STEPS / (12 + 4 * slots))));
