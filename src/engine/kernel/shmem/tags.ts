// SPDX-License-Identifier: GPL-2.0-only
// What is known of a frame beside its life: who wrote there last, how many leaves map it, whether it is bad.

import { assert } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import { addToWord, frameWord, setFrameWord, WORD_MAPS, WORD_TAG } from "./frames.ts";
import type { HostMemory } from "./memory.ts";

/** Who wrote the frame last, as a tag; 0 is a page of zeroes. A freed frame keeps it until it is handed out again. */
export const tagOf = (memory: HostMemory, pfn: Pfn): number => frameWord(memory, pfn, WORD_TAG);

export const setTag = (memory: HostMemory, pfn: Pfn, tag: number): void =>
  setFrameWord(memory, pfn, WORD_TAG, tag);

/** The tag of the writer called `name`, who is added where nobody has that name: 1 + its index in memory.writers. */
export function writerTag(memory: HostMemory, name: string): number {
  const at = memory.writers.indexOf(name);
  return at >= 0 ? at + 1 : memory.writers.push(name);
}

/** The writer's name, or null for a page of zeroes. */
export const writerOf = (memory: HostMemory, tag: number): string | null => memory.writers[tag - 1] ?? null;

/** How many leaves of any VM's tables map the frame, those from its former lives included. */
export const mapsOf = (memory: HostMemory, pfn: Pfn): number => frameWord(memory, pfn, WORD_MAPS);

/** A leaf that maps frames [pfn, pfn + pages) has come, or gone. */
export function addMaps(memory: HostMemory, pfn: Pfn, pages: number, by: 1 | -1): void {
  // Leaves of 4 KiB come and go by the thousand.
  if (pages === 1) setFrameWord(memory, pfn, WORD_MAPS, mapsOf(memory, pfn) + by);
  else addToWord(memory, pfn, pfn + pages, WORD_MAPS, by);
  assert(mapsOf(memory, pfn) >= 0, () => `pfn ${pfn}: more leaves have gone than came`);
}

/** Marks the frame bad, for good. It stays where it is; once it is free it is not handed out again. */
export function poison(memory: HostMemory, pfn: Pfn): void {
  if (!isPoisoned(memory, pfn)) memory.poisoned.push(pfn);
}

export const isPoisoned = (memory: HostMemory, pfn: Pfn): boolean => memory.poisoned.includes(pfn);
