// SPDX-License-Identifier: GPL-2.0-only
// The host's page frames: which are free, and how often each has been freed.
//
// Models    the page allocator, as far as a stale mapping can be told from a living one
// Left out  zones, orders, watermarks. A viewer sees no fragmentation and no reclaim.

import { assert } from "../../assert.ts";
import type { Pfn } from "../../units.ts";

/** Frames that lie in one block: as an xarray's nodes, they are shared with copies until either side writes there. */
const BLOCK_FRAMES = 512;

/** The end of the list of free frames. */
const NO_FRAME = -1;

/** Plain data. A pfn's generation grows each time it is freed; what remembers an older one is stale. */
export interface HostMemory {
  /** How many frames the host has. */
  readonly frames: number;
  /** Two numbers a frame: its generation, and while it is free the next free one. Written through blockToWrite() alone. */
  blocks: Int32Array[];
  /** By block: 1 where no copy has it too. */
  own: number[];
  /** Frames below this one have been handed out at least once. */
  framesMade: number;
  /** Frames to hand out again: the one freed last, and how many. */
  freeHead: number;
  framesFree: number;
}

/** 16 GiB. Beyond it an allocation is -ENOMEM: a scenario may ask for 2^51 pages, the viewer's browser has none. */
export const FRAMES_MAX = 2 ** 22;

/** A host with `frames` frames, none of which is in use. */
export const newMemory = (frames = FRAMES_MAX): HostMemory => ({
  ...{ frames, blocks: [], own: [], framesMade: 0, freeHead: NO_FRAME, framesFree: 0 },
});

/** A copy: whatever becomes of a frame in one is not seen in the other. */
export function copyMemory(memory: HostMemory): HostMemory {
  memory.own.fill(0);
  return { ...memory, blocks: memory.blocks.slice(), own: memory.own.slice() };
}

/** How many frames could still be handed out. */
export const framesLeft = (memory: HostMemory) => memory.frames - memory.framesMade + memory.framesFree;

/** Hands out a frame, the one freed last where there is any. The caller has looked at framesLeft(). */
export function allocFrame(memory: HostMemory): Pfn {
  assert(framesLeft(memory) > 0, "a frame is taken from a host that has none left");
  const pfn = memory.freeHead;
  if (pfn !== NO_FRAME) {
    const next = memory.blocks[blockOf(pfn)]?.[wordOf(pfn) + 1];
    memory.freeHead = next ?? NO_FRAME;
    memory.framesFree--;
    return pfn as Pfn;
  }
  if (memory.framesMade % BLOCK_FRAMES === 0) {
    memory.blocks.push(new Int32Array(2 * BLOCK_FRAMES));
    memory.own.push(1);
  }
  return memory.framesMade++ as Pfn;
}

/** Takes a frame back; its generation grows. */
export function freeFrame(memory: HostMemory, pfn: Pfn): void {
  const generation = generationOf(memory, pfn);
  const words = blockToWrite(memory, blockOf(pfn));
  words[wordOf(pfn)] = generation + 1;
  words[wordOf(pfn) + 1] = memory.freeHead;
  memory.freeHead = pfn;
  memory.framesFree++;
}

/** How often `pfn` has been freed. */
export function generationOf(memory: HostMemory, pfn: Pfn): number {
  assert(pfn < memory.framesMade, () => `pfn ${pfn} was never handed out; the host has ${memory.framesMade}`);
  return memory.blocks[blockOf(pfn)]?.[wordOf(pfn)] ?? 0;
}

const blockOf = (pfn: number) => Math.floor(pfn / BLOCK_FRAMES);
const wordOf = (pfn: number) => (pfn % BLOCK_FRAMES) * 2;

function blockToWrite(memory: HostMemory, k: number): Int32Array {
  const block = memory.blocks[k] as Int32Array;
  if (memory.own[k] === 1) return block;
  memory.own[k] = 1;
  const copy = block.slice();
  memory.blocks[k] = copy;
  return copy;
}
