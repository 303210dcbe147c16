// SPDX-License-Identifier: GPL-2.0-only
// The house: which room a file stands in, which floor the room is on, and what it may import.
import type { Import } from "./imports.ts";
import { isTest } from "./source.ts";

/** One floor after another, the lowest first. What a pattern matches of a path is the name of the room. */
const ENGINE_FLOORS: readonly RegExp[][] = [
  [/^src\/engine\/(units|errno|assert|fnv)(\.test)?\.ts$/],
  [/^src\/engine\/sim\//],
  [/^src\/engine\/kernel\/(xarray|sync|coco)\//],
  [/^src\/engine\/kernel\/(tdp|shmem)\//],
  [/^src\/engine\/kernel\/kvm\//],
  [/^src\/engine\/kernel\/restrictedmem\/((v10|review)\/)?/, /^src\/engine\/kernel\/guestMemfd\//],
  [/^src\/engine\/experiments\/[^/]+\//],
  [/^src\/engine\/index(\.test)?\.ts$/],
];
const UI_FLOORS: readonly RegExp[][] = [
  [/^src\/ui\/(theme|widgets)\//],
  [/^src\/ui\/(scene|text)\//],
  [/^src\/ui\/(store|worker)\//],
  [/^src\/ui\/player\//],
  [/^src\/ui\/panels\/[^/]+\//],
  [/^src\/ui\/views\/[^/]+\//, /^src\/ui\/views\/[^/]+$/],
  [/^src\/ui\/[^/]+$/],
];
const CLI_FLOORS: readonly RegExp[][] = [[/^src\/cli\//]];

/** What the rest of the house may take from each part: a pattern of paths, or nothing. */
const PARTS = [
  { folder: "src/engine/", floors: ENGINE_FLOORS, door: "src/engine/index.ts" },
  { folder: "src/cli/", floors: CLI_FLOORS, door: null },
  { folder: "src/ui/", floors: UI_FLOORS, door: null },
] as const;

export interface Place {
  folder: string;
  /** Only this file may be imported from other parts of the house. */
  door: string | null;
  room: string;
  /** 0 is the lowest of its part. */
  floor: number;
}

/** Where `path` stands, or null where the house has no such room. */
export function placeOf(path: string): Place | null {
  for (const { folder, floors, door } of PARTS) {
    if (!path.startsWith(folder)) continue;
    for (const [floor, patterns] of floors.entries()) {
      for (const pattern of patterns) {
        const room = pattern.exec(path)?.[0];
        if (room !== undefined) return { folder, door, room, floor };
      }
    }
  }
  return null;
}

const RESTRICTEDMEM = "src/engine/kernel/restrictedmem/";

/** Why one file of ours may not import another, or null where it may. */
export function complaintAboutImport({ from, to }: Import): string | null {
  const a = placeOf(from);
  const b = placeOf(to);
  const says = (why: string) => `${from} imports ${to}: ${why}`;
  if (a === null) return `${from} stands in no room of the house`;
  if (b === null) return isTest(from) && !to.startsWith("src/") ? null : says("that is no room of the house");
  if (a.folder !== b.folder) {
    if (to !== b.door)
      return says(b.door === null ? "no part but its own may" : `only ${b.door} is open to others`);
    return /^src\/ui\/(theme|widgets)\//.test(from) ? says("tokens and widgets know no engine") : null;
  }
  const variants = [a.room, b.room].map((room) => room.slice(RESTRICTEDMEM.length)).sort();
  if (a.room.startsWith(RESTRICTEDMEM) && variants.join() === "review/,v10/")
    return says("the designs never meet");
  return a.floor < b.floor ? says("a room imports from below, never from above") : null;
}
