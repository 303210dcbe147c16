// SPDX-License-Identifier: GPL-2.0-only
// The work of a punch: folios that lie whole in the hole leave the cache; of those that reach over an edge the part in
// the hole is zeroed, and leaves too if the folio can be split (T-m3).
//
// Models    shmem_undo_range() in mm/shmem.c for a hole
// Left out  its second look at pages that come in behind its back; parts of a page, which would be zeroed

import { OK } from "../../errno.ts";
import type { Pfn } from "../../units.ts";
import {
  xaEraseEach,
  xaErase,
  xaFind,
  xaFindAfter,
  xaMkPointer,
  xaStoreEach,
  xaToPointer,
} from "../xarray/index.ts";
import { acctBlocks } from "./blocks.ts";
import type { ShmemEnv } from "./events.ts";
import { type CachedFolio, endOf, findFolio, type ShmemFile } from "./file.ts";
import { orderOf, putFolio, splitFolio } from "./folios.ts";
import { fillWord, pagesOf, WORD_TAG } from "./frames.ts";
import type { HostMemory } from "./memory.ts";
import { newPart, type Part, partAfter, tellPunched, widen } from "./punchPart.ts";
import { pushRun } from "./runs.ts";
import { mapsOf } from "./tags.ts";
import type { AskedPages, Work } from "./work.ts";

/**
 * Drops pages [start, end), those that lie whole in the hole; where there are none, `end` may lie below `start`.
 *
 * Context: the inner inode lock is held for writing.
 * Returns: OK. A page that somebody else has a reference to leaves the cache, and is free when that is put back.
 */
export function* punching(env: ShmemEnv, file: ShmemFile, { name, start, end }: AskedPages): Work {
  const { memory } = env;
  let part: Part | null = null;
  const [from, to] = insideOf(file, start, end);
  for (let at = from; at < to && xaFind(file.iPages, at, to - 1) !== null; ) {
    part = yield* partAfter(env, name, part);
    const stop = stopAfter(memory, file, at, to, env.pagesPerStep ?? Number.POSITIVE_INFINITY);
    dropFolios(memory, file, at, stop, part);
    widen(part, at, stop);
    at = stop;
  }
  let before = -1;
  for (const edge of end > start ? [start, end - 1] : []) {
    const folio = findFolio(file, edge);
    if (folio === null || isInside(folio, start, end) || folio.first === before) continue;
    before = folio.first;
    part = yield* partAfter(env, name, part);
    const [first, past] = [Math.max(folio.first, start), Math.min(endOf(folio), end)];
    dropPartOf(memory, file, folio, first, past, part);
    widen(part, first, past);
  }
  const whole = part === null || env.pagesPerStep === null;
  tellPunched(env, name, { ...(part ?? newPart()), ...(whole ? { start, end } : {}) });
  return OK;
}

/** [start, end) without folios that reach over an edge of it. */
function insideOf(file: ShmemFile, start: number, end: number): readonly [from: number, to: number] {
  if (end <= start) return [start, end];
  const [head, tail] = [findFolio(file, start), findFolio(file, end - 1)];
  return [
    head === null || head.first === start ? start : endOf(head),
    tail === null || endOf(tail) === end ? end : tail.first,
  ];
}

const isInside = (folio: CachedFolio, start: number, end: number): boolean =>
  folio.first >= start && endOf(folio) <= end;

/** Where to stop from `start` on: at the folio with which there would be more than `pagesMax` pages, or at `end`. */
function stopAfter(
  memory: HostMemory,
  file: ShmemFile,
  start: number,
  end: number,
  pagesMax: number,
): number {
  if (end - start <= pagesMax) return end;
  let pages = 0;
  for (
    let at = xaFind(file.iPages, start, end - 1);
    at !== null;
    at = xaFindAfter(file.iPages, at.index, end - 1)
  ) {
    const more = pagesOf(orderOf(memory, xaToPointer(at.entry) as Pfn));
    if (pages > 0 && pages + more > pagesMax) return at.index;
    pages += more;
  }
  return end;
}

/** All folios that touch [start, end) lie in it, and leave the cache. */
function dropFolios(memory: HostMemory, file: ShmemFile, start: number, end: number, part: Part): void {
  xaEraseEach(file.iPages, start, end - 1, (first, entry) => {
    const pfn = xaToPointer(entry) as Pfn;
    const pages = pagesOf(orderOf(memory, pfn));
    for (let k = 0; k < pages; k++)
      if (mapsOf(memory, (pfn + k) as Pfn) > 0) pushRun(part.mapped, first + k, first + k + 1);
    if (putFolio(memory, pfn) > 0) pushRun(part.held, first, first + pages);
    pushRun(part.freed, first, first + pages);
    part.pages += pages;
    acctBlocks(memory, file, -pages);
  });
}

/** Of `folio` the pages [start, end) are zeroed, whoever owns them, and then leave it if nobody else holds it. */
function dropPartOf(
  memory: HostMemory,
  file: ShmemFile,
  { first, order, pfn }: CachedFolio,
  start: number,
  end: number,
  part: Part,
): void {
  fillWord(memory, pfn + start - first, pfn + end - first, WORD_TAG, 0);
  pushRun(part.zeroed, start, end);
  if (!splitFolio(memory, pfn)) {
    part.whole.push(first);
    return;
  }
  part.split.push(first);
  xaErase(file.iPages, first);
  xaStoreEach(file.iPages, first, first + pagesOf(order) - 1, (index) => xaMkPointer(pfn + index - first));
  dropFolios(memory, file, start, end, part);
}
