// SPDX-License-Identifier: GPL-2.0-only
// What is written down of each frame, and where.

import { assert } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import { BLOCK_FRAMES, BLOCK_SHIFT, FRAME_WORDS, type FolioOrder, type HostMemory } from "./memory.ts";

/**
 * The words of a frame. WORD_REFS of the first frame of a folio in use counts its references, and is 0 in its other
 * frames; of a free frame of order 0 it names the next free one, below zero: freeLists.ts.
 */
export const WORD_GENERATION = 0;
export const WORD_REFS = 1;
export const WORD_TAG = 2;
export const WORD_MAPS = 3;

/** How many frames a folio has, by order. */
export const pagesOf = (order: FolioOrder): number => (order === 0 ? 1 : order === 9 ? 512 : 262_144);

/** How often `pfn` has been freed: what remembers an older number is stale. */
export function generationOf(memory: HostMemory, pfn: Pfn): number {
  const block = memory.blocks[blockOf(pfn)];
  assert(block !== undefined && block !== UNTOUCHED, () => `pfn ${pfn} was never handed out`);
  return block[wordOf(pfn) + WORD_GENERATION] as number;
}

/** One word of `pfn`; 0 for a frame that was never handed out. */
export const frameWord = (memory: HostMemory, pfn: number, word: number): number =>
  memory.blocks[blockOf(pfn)]?.[wordOf(pfn) + word] ?? 0;

export function setFrameWord(memory: HostMemory, pfn: number, word: number, value: number): void {
  blockToWrite(memory, blockOf(pfn))[wordOf(pfn) + word] = value;
}

/** Sets one word of frames [start, end). */
export function fillWord(memory: HostMemory, start: number, end: number, word: number, value: number): void {
  eachBlock(memory, start, end, (words, from, to) => {
    for (let at = from + word; at < to; at += FRAME_WORDS) words[at] = value;
  });
}

/** Adds `by` to one word of frames [start, end). */
export function addToWord(memory: HostMemory, start: number, end: number, word: number, by: number): void {
  eachBlock(memory, start, end, (words, from, to) => {
    for (let at = from + word; at < to; at += FRAME_WORDS) words[at] = (words[at] as number) + by;
  });
}

// Shifts are exact here, and this is where millions of pages spend their time: a host has far fewer than 2^31 frames.

export const blockOf = (pfn: number) => pfn >> BLOCK_SHIFT;

/** Where in its block the words of `pfn` begin. */
export const wordOf = (pfn: number) => (pfn & (BLOCK_FRAMES - 1)) * FRAME_WORDS;

/** Stands for every block of which no frame was ever handed out. All copies of all hosts share it. */
const UNTOUCHED = new Int32Array(BLOCK_FRAMES * FRAME_WORDS);

/** The words of block `k`, to write to: a copy of its own where others have it too. */
export function blockToWrite(memory: HostMemory, k: number): Int32Array {
  const { blocks, own, orders } = memory;
  if (own[k] === 1) return blocks[k] as Int32Array;
  for (let made = blocks.length; made <= k; made++) {
    blocks.push(UNTOUCHED);
    own.push(0);
    orders.push(0);
  }
  const copy = (blocks[k] as Int32Array).slice();
  blocks[k] = copy;
  own[k] = 1;
  return copy;
}

/** Visits the blocks of frames [start, end), each with the words from where to where are theirs. */
function eachBlock(
  memory: HostMemory,
  start: number,
  end: number,
  visit: (words: Int32Array, from: number, to: number) => void,
): void {
  for (let pfn = start; pfn < end; ) {
    const k = blockOf(pfn);
    const past = Math.min(end, (k + 1) * BLOCK_FRAMES);
    visit(blockToWrite(memory, k), wordOf(pfn), wordOf(pfn) + (past - pfn) * FRAME_WORDS);
    pfn = past;
  }
}
