// SPDX-License-Identifier: GPL-2.0-only
// Could the paths here have left memory and file like this? If not, ours is broken.
//
// Holds   that frames add up; I12 (a page in the cache has a reference, a free one has none) as far as a file can tell

import { assert, ModelBug } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import { xaCheck, xaEntries, xaToPointer } from "../xarray/index.ts";
import type { ShmemFile } from "./file.ts";
import { headOf, orderOf, refsOf } from "./folios.ts";
import { frameWord, pagesOf, WORD_REFS } from "./frames.ts";
import { BLOCK_FRAMES, type HostMemory, NO_FRAME } from "./memory.ts";

/** Throws ModelBug unless every frame is in use, on one free list, or retired. Looks at each frame that there is. */
export function memoryCheck(memory: HostMemory): void {
  const { frames, framesUsed, framesRetired } = memory;
  const free = new Uint8Array(frames);
  const claim = (first: number, pages: number) => {
    for (let pfn = first; pfn < Math.min(first + pages, frames); pfn++) {
      // No assert(): its message would be made ready for each of millions of frames.
      if (free[pfn] === 1) throw new ModelBug(`pfn ${pfn}: on the free lists twice`);
      if (refsOf(memory, pfn as Pfn) > 0) throw new ModelBug(`pfn ${pfn}: free, with references`);
      free[pfn] = 1;
    }
  };
  for (let pfn = memory.freeHead; pfn !== NO_FRAME; pfn = -2 - frameWord(memory, pfn, WORD_REFS))
    claim(pfn, 1);
  for (const block of memory.free9) claim(block * BLOCK_FRAMES, BLOCK_FRAMES);
  for (const gib of memory.free18) claim(gib * pagesOf(18), pagesOf(18));
  let used = 0;
  let unused = 0;
  for (let pfn = 0; pfn < frames; pfn++) {
    if (free[pfn] === 1) continue;
    if (refsOf(memory, pfn as Pfn) > 0) used++;
    else unused++;
  }
  assert(used === framesUsed, () => `${used} frames have references, ${framesUsed} are counted`);
  assert(unused === framesRetired, () => `${unused} frames are nowhere, ${framesRetired} are retired`);
}

/** Throws ModelBug unless the file's pages are folios in use, each whole and where its order allows. */
export function shmemFileCheck(memory: HostMemory, file: ShmemFile): void {
  xaCheck(file.iPages);
  let pages = 0;
  for (const { first, last, entry } of xaEntries(file.iPages)) {
    const pfn = xaToPointer(entry) as Pfn;
    const size = pagesOf(orderOf(memory, pfn));
    assert(headOf(memory, pfn) === pfn, () => `page ${first}: pfn ${pfn} is not the first of its folio`);
    assert(refsOf(memory, pfn) > 0, () => `page ${first}: pfn ${pfn} is free (I12)`);
    assert(first % size === 0, () => `page ${first}: a folio of ${size} pages is not aligned`);
    assert(
      last - first + 1 === size,
      () => `page ${first}: entry ends at ${last}, the folio has ${size} pages`,
    );
    pages += size;
  }
  assert(pages === file.nrpages, () => `${pages} pages in the cache, ${file.nrpages} are counted`);
}
