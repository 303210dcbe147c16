// SPDX-License-Identifier: GPL-2.0-only
// The host's page frames: which are free, and how often each has been freed.
//
// Models    the page allocator, as far as a stale mapping can be told from a living one
// Left out  zones, orders, watermarks. A viewer sees no fragmentation and no reclaim.

import { assert } from "../../assert.ts";
import type { Pfn } from "../../units.ts";

/** Plain data. A pfn's generation grows each time it is freed; what remembers an older one is stale. */
export interface HostMemory {
  /** By pfn. */
  generation: number[];
  /** Frames to hand out again, the one freed last on top. */
  free: Pfn[];
}

/** 16 GiB. Beyond it an allocation is -ENOMEM: a scenario may ask for 2^51 pages, the viewer's browser has none. */
export const FRAMES_MAX = 2 ** 22;

export const newMemory = (): HostMemory => ({ generation: [], free: [] });

export const copyMemory = (memory: HostMemory): HostMemory => ({
  generation: memory.generation.slice(),
  free: memory.free.slice(),
});

/** How many frames could still be handed out. */
export const framesLeft = (memory: HostMemory) => FRAMES_MAX - memory.generation.length + memory.free.length;

/** Hands out a frame. The caller has looked at framesLeft(). */
export function allocFrame(memory: HostMemory): Pfn {
  assert(framesLeft(memory) > 0, "a frame is taken from a host that has none left");
  return memory.free.pop() ?? ((memory.generation.push(0) - 1) as Pfn);
}

/** Takes a frame back; its generation grows. */
export function freeFrame(memory: HostMemory, pfn: Pfn): void {
  memory.generation[pfn] = generationOf(memory, pfn) + 1;
  memory.free.push(pfn);
}

/** How often `pfn` has been freed. */
export function generationOf(memory: HostMemory, pfn: Pfn): number {
  const generation = memory.generation[pfn];
  assert(
    generation !== undefined,
    `pfn ${pfn} was never handed out; the host has ${memory.generation.length}`,
  );
  return generation;
}
