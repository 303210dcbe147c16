// SPDX-License-Identifier: GPL-2.0-only
// The host's memory: how many frames it has, how many are in use, and what makes an allocation fail.
//
// Models    the page allocator and a memory cgroup, as far as guests and their files can tell
// Left out  zones, watermarks, reclaim, compaction: what was broken into small pieces stays so

/** Frames that lie in one block, those of a 2 MiB folio: the folios of a block are all of one order. */
export const BLOCK_SHIFT = 9;
export const BLOCK_FRAMES = 2 ** BLOCK_SHIFT;

/** Numbers a frame; frames.ts says which. */
export const FRAME_WORDS = 4;

/** log2 of the pages of a folio: 4 KiB, 2 MiB, 1 GiB. */
export type FolioOrder = 0 | 9 | 18;

/** Plain data. Blocks are shared with copies until either side writes there, as the nodes of an xarray are. */
export interface HostMemory {
  /** How many frames the host has. */
  readonly frames: number;
  /** FRAME_WORDS numbers a frame. Written through blockToWrite() alone. */
  blocks: Int32Array[];
  /** By block: 1 where no copy has it too. */
  own: number[];
  /** By block: the order of the folios that it holds or is part of. */
  orders: FolioOrder[];
  /** The free frame that is handed out next, or NO_FRAME; each free frame names the one after it. */
  freeHead: number;
  /** Free folios of order 9 and 18, each its pfn divided by its pages. The last of a list is handed out first. */
  free9: number[];
  free18: number[];
  /** Frames that somebody has a reference to. */
  framesUsed: number;
  /** Frames that nobody uses and nobody will: a page found bad is not handed out again. */
  framesRetired: number;
  /** The frames found bad, used or not. */
  poisoned: number[];
  /** Frames that may be in use at once, as a memory cgroup counts them. */
  limit: number | null;
  /** Pages that the tmpfs mount may hold, in all files together, and those that it holds. */
  blocksMax: number | null;
  blocksUsed: number;
  /** Allocations so far, from 1, and the ordinals of those that are made to fail. */
  tries: number;
  fails: number[];
  /** Who has written to frames; a frame's tag is 1 + an index into it. */
  writers: string[];
}

/** 16 GiB. Beyond it an allocation is -ENOMEM: a scenario may ask for 2^51 pages, the viewer's browser has none. */
export const FRAMES_MAX = 2 ** 22;

/** No frame: the end of the list of free ones. */
export const NO_FRAME = -1;

const GIB_FRAMES = 2 ** 18;

/** A host with `frames` frames, none of which is in use. */
export const newMemory = (frames = FRAMES_MAX): HostMemory => ({
  ...{ frames, blocks: [], own: [], orders: [] },
  ...{ freeHead: NO_FRAME, free9: [], free18: descending(Math.ceil(frames / GIB_FRAMES)) },
  ...{ framesUsed: 0, framesRetired: 0, poisoned: [] },
  ...{ limit: null, blocksMax: null, blocksUsed: 0, tries: 0, fails: [], writers: [] },
});

/** A copy: whatever becomes of a frame in one is not seen in the other. */
export function copyMemory(memory: HostMemory): HostMemory {
  memory.own.fill(0);
  return {
    ...memory,
    blocks: memory.blocks.slice(),
    own: memory.own.slice(),
    orders: memory.orders.slice(),
    free9: memory.free9.slice(),
    free18: memory.free18.slice(),
    poisoned: memory.poisoned.slice(),
    fails: memory.fails.slice(),
    writers: memory.writers.slice(),
  };
}

/** How many frames could still come into use, one by one. */
export function framesLeft({ frames, framesUsed, framesRetired, limit }: HostMemory): number {
  const free = frames - framesUsed - framesRetired;
  return limit === null ? free : Math.min(free, Math.max(0, limit - framesUsed));
}

/** Counts an allocation of any kind. False where it is one of those that are made to fail. */
export function mayAllocate(memory: HostMemory): boolean {
  memory.tries++;
  return memory.fails.length === 0 || !memory.fails.includes(memory.tries);
}

/** How many allocations from now on can't be ones that are made to fail. */
export const triesBeforeFail = ({ tries, fails }: HostMemory): number =>
  Math.min(...fails.filter((fail) => fail > tries)) - tries - 1;

/** `count` numbers from `count - 1` down to 0: a list that hands out the lowest first. */
const descending = (count: number): number[] => Array.from({ length: count }, (_, k) => count - 1 - k);
