// SPDX-License-Identifier: GPL-2.0-only
// Folios: 2^order neighbouring frames, aligned, that are handed out, counted and freed as one.
//
// Models    struct folio and its reference count, as far as guests and their files can tell
// Left out  page locks, and references nobody in this machine takes. A viewer sees whose references keep a page.

import { assert } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import {
  addToWord,
  blockOf,
  blockToWrite,
  fillWord,
  frameWord,
  pagesOf,
  setFrameWord,
  WORD_GENERATION,
  WORD_REFS,
  WORD_TAG,
  wordOf,
} from "./frames.ts";
import { giveFree, takeFrame, takeFree } from "./freeLists.ts";
import { BLOCK_FRAMES, type FolioOrder, type HostMemory, mayAllocate } from "./memory.ts";

/**
 * Hands out a folio with one reference, the page cache's, and nothing but zeroes in it. It counts as one allocation.
 *
 * Leaves that still map the frames are leaves of their former life; they stay counted.
 * Returns: the pfn of its first frame; null, and no frame has changed, where the host has none, where the limit leaves
 *          no room, and where the allocation is made to fail.
 */
export function allocFolio(memory: HostMemory, order: FolioOrder): Pfn | null {
  if (!mayAllocate(memory)) return null;
  const pages = pagesOf(order);
  if (memory.limit !== null && memory.framesUsed + pages > memory.limit) return null;
  const pfn = order === 0 ? takeFrame(memory) : takeFree(memory, order);
  if (pfn === null) return null;
  memory.framesUsed += pages;
  if (order === 0) return pfn as Pfn;
  fillWord(memory, pfn, pfn + pages, WORD_TAG, 0);
  setFrameWord(memory, pfn, WORD_REFS, 1);
  setOrders(memory, pfn, pages, order);
  return pfn as Pfn;
}

/** One reference more to the folio that `pfn` belongs to. */
export function getFolio(memory: HostMemory, pfn: Pfn): void {
  setFrameWord(memory, headOf(memory, pfn), WORD_REFS, refsInUse(memory, pfn) + 1);
}

/**
 * One reference less. With the last one every frame of the folio is free, and its generation grows: what still maps or
 * remembers it is stale. What was written there can be read until the frame is handed out again.
 *
 * Returns: the references left.
 */
export function putFolio(memory: HostMemory, pfn: Pfn): number {
  const head = headOf(memory, pfn);
  const words = blockToWrite(memory, blockOf(head));
  const at = wordOf(head) + WORD_REFS;
  const refs = (words[at] as number) - 1;
  assert(refs >= 0, () => nobodyHas(pfn));
  words[at] = refs;
  if (refs === 0) freeFolio(memory, head, orderOf(memory, pfn));
  return refs;
}

/** How many references the folio of `pfn` has; 0 where the frame is free. */
export const refsOf = (memory: HostMemory, pfn: Pfn): number =>
  Math.max(0, frameWord(memory, headOf(memory, pfn), WORD_REFS));

/** The order of the folio that `pfn` belongs to, or last belonged to. */
export const orderOf = (memory: HostMemory, pfn: Pfn): FolioOrder => memory.orders[blockOf(pfn)] ?? 0;

/** The first frame of the folio that `pfn` belongs to. */
export function headOf(memory: HostMemory, pfn: Pfn): Pfn {
  const order = orderOf(memory, pfn);
  return order === 0 ? pfn : ((pfn - (pfn % pagesOf(order))) as Pfn);
}

/**
 * Makes folios of order 0 of the folio of `pfn`, each with one reference: the page cache has one to each page.
 *
 * Returns: false, and nothing has changed, where there are more references than the caller's own.
 */
export function splitFolio(memory: HostMemory, pfn: Pfn): boolean {
  if (refsInUse(memory, pfn) !== 1) return false;
  const head = headOf(memory, pfn);
  const pages = pagesOf(orderOf(memory, pfn));
  fillWord(memory, head, head + pages, WORD_REFS, 1);
  if (pages > 1) setOrders(memory, head, pages, 0);
  return true;
}

const nobodyHas = (pfn: number): string => `pfn ${pfn} is free: nobody has a reference to it`;

function freeFolio(memory: HostMemory, head: number, order: FolioOrder): void {
  const pages = pagesOf(order);
  if (order === 0) setFrameWord(memory, head, WORD_GENERATION, frameWord(memory, head, WORD_GENERATION) + 1);
  else addToWord(memory, head, head + pages, WORD_GENERATION, 1);
  memory.framesUsed -= pages;
  // A folio with a bad page in it is put aside whole; the kernel would keep its good pages.
  const isBad = (pfn: number) => pfn >= head && pfn < head + pages;
  if (memory.poisoned.length > 0 && memory.poisoned.some(isBad)) memory.framesRetired += pages;
  else giveFree(memory, order, head);
}

function refsInUse(memory: HostMemory, pfn: Pfn): number {
  const refs = refsOf(memory, pfn);
  assert(refs > 0, () => nobodyHas(pfn));
  return refs;
}

/** The blocks of frames [head, head + pages), all whole, hold folios of `order` from now on. */
function setOrders(memory: HostMemory, head: number, pages: number, order: FolioOrder): void {
  memory.orders.fill(order, blockOf(head), blockOf(head) + pages / BLOCK_FRAMES);
}
