// SPDX-License-Identifier: GPL-2.0-only
// Which steps of a play changed what, so that a scene is computed again only where something it shows has changed.
// It is read off the recording, once a play, and never guessed from the world.

import type { LabEvent, Operation, Play } from "../../engine/index.ts";
import { bisectRight } from "./bisect.ts";
import type { Frame } from "./frame.ts";

/**
 * `memslots`: which there are, where they lie, who shows them. `bindings`: list and xarray. `pages`: of the files,
 * and with them the generations of the frames. `mappings`: of the guests.
 */
export type Changing = "memslots" | "bindings" | "pages" | "mappings";

type Changes = Readonly<Record<Changing, readonly number[]>>;

const changesOf = new WeakMap<Play, Changes>();

/** How many steps up to the shown one have changed `what`: where it is the same number, `what` is the same. */
export function changesIn({ play, step }: Frame, what: Changing): number {
  let changes = changesOf.get(play);
  if (changes === undefined) {
    changes = readChanges(play);
    changesOf.set(play, changes);
  }
  return bisectRight(changes[what], step);
}

/** Operations that change memslots do so in steps that tell nothing of it; each of their steps counts. */
const OF_MEMSLOTS: ReadonlySet<Operation["op"]> = new Set(["createSlot", "deleteSlot", "bind", "unbind"]);

function readChanges({ scenario, recording }: Play): Changes {
  const changes: Record<Changing, number[]> = { memslots: [], bindings: [], pages: [], mappings: [] };
  const tasks = [...scenario.tasks.values()];
  for (const [k, { task, operation, events }] of recording.steps.entries()) {
    const touched = new Set(events.flatMap(touchedBy));
    const op = tasks[task]?.[operation]?.op;
    if (op !== undefined && OF_MEMSLOTS.has(op)) touched.add("memslots");
    for (const what of touched) changes[what].push(k + 1);
  }
  return changes;
}

function touchedBy({ type }: LabEvent): Changing[] {
  switch (type) {
    case "notifier.registered":
    case "notifier.unregistered":
    case "notifier.bound":
    case "notifier.unbound":
      return ["bindings"];
    case "file.created":
    case "file.released":
      return ["bindings", "pages"];
    case "shmem.allocated":
    case "shmem.punched":
    case "page.got":
    case "page.put":
    case "poison.entered":
      return ["pages"];
    case "guest.mapped":
    case "pages.assumed":
      return ["pages", "mappings"];
    case "spte.zapped":
    case "spte.installed":
      return ["mappings"];
    default:
      return [];
  }
}
