// SPDX-License-Identifier: GPL-2.0-only
// The free frames, by order: which is handed out next, and what is broken when none of an order is left.
//
// Every list hands out what was freed last, else the lowest that was not handed out yet. A folio that is freed goes back
// to the list of its own order.

import { BLOCK_FRAMES, type FolioOrder, FRAME_WORDS, type HostMemory, NO_FRAME } from "./memory.ts";
import { blockOf, blockToWrite, pagesOf, WORD_REFS, WORD_TAG, wordOf } from "./frames.ts";

/** 2 MiB folios in 1 GiB. */
const GIB_BLOCKS = 512;

/** Takes a free folio off its list; a larger one is broken where there is none. Null, and nothing changed, without. */
export function takeFree(memory: HostMemory, order: 9 | 18): number | null {
  const list = order === 9 ? memory.free9 : memory.free18;
  if (!topIsWhole(memory, order, list) && !(order === 9 && breakGib(memory, BLOCK_FRAMES))) return null;
  return (list.pop() as number) * pagesOf(order);
}

/** The same for a single frame, which gets one reference and becomes a page of zeroes. */
export function takeFrame(memory: HostMemory): number | null {
  const pfn = memory.freeHead !== NO_FRAME || breakBlock(memory) ? memory.freeHead : NO_FRAME;
  if (pfn === NO_FRAME) return null;
  const words = blockToWrite(memory, blockOf(pfn));
  const at = wordOf(pfn);
  memory.freeHead = linkTo(words[at + WORD_REFS] as number);
  words[at + WORD_REFS] = 1;
  words[at + WORD_TAG] = 0;
  return pfn;
}

/** Puts a folio that nobody refers to on the list of its order. */
export function giveFree(memory: HostMemory, order: FolioOrder, pfn: number): void {
  if (order === 0) {
    blockToWrite(memory, blockOf(pfn))[wordOf(pfn) + WORD_REFS] = linkTo(memory.freeHead);
    memory.freeHead = pfn;
    return;
  }
  (order === 9 ? memory.free9 : memory.free18).push(pfn / pagesOf(order));
}

/** The last pieces of a host may be short: they lie at the bottom of their list, and can only be broken. */
function topIsWhole({ frames }: HostMemory, order: 9 | 18, list: readonly number[]): boolean {
  const top = list.at(-1);
  return top !== undefined && (top + 1) * pagesOf(order) <= frames;
}

/** Makes 2 MiB folios of the 1 GiB that is next, if that has `pagesMin` frames. */
function breakGib({ frames, orders, free9, free18 }: HostMemory, pagesMin: number): boolean {
  const top = free18.at(-1);
  if (top === undefined || frames - top * GIB_BLOCKS * BLOCK_FRAMES < pagesMin) return false;
  free18.pop();
  const first = top * GIB_BLOCKS;
  const end = Math.min(first + GIB_BLOCKS, Math.ceil(frames / BLOCK_FRAMES));
  for (let block = end - 1; block >= first; block--) free9.push(block);
  orders.fill(9, first, end);
  return true;
}

/** Makes single frames of the 2 MiB that are next. */
function breakBlock(memory: HostMemory): boolean {
  if (memory.free9.length === 0 && !breakGib(memory, 1)) return false;
  const block = memory.free9.pop() as number;
  const words = blockToWrite(memory, block);
  memory.orders[block] = 0;
  const first = block * BLOCK_FRAMES;
  const frames = Math.min(BLOCK_FRAMES, memory.frames - first);
  for (let k = 0; k < frames; k++)
    words[k * FRAME_WORDS + WORD_REFS] = linkTo(k + 1 < frames ? first + k + 1 : NO_FRAME);
  memory.freeHead = first;
  return true;
}

/** A free frame's word for the one that follows it, or for none, and back: below zero, so that it looks like no count. */
const linkTo = (pfn: number): number => -2 - pfn;
