// SPDX-License-Identifier: GPL-2.0-only
// Pages come into a file: a folio at a time, or all the holes of a range.
//
// Models    shmem_alloc_and_acct_folio() in mm/shmem.c
// Left out  that folios of order 18 are no kernel's tmpfs of that time; freeing what lies beyond i_size before -ENOSPC

import type { Errno } from "../../errno.ts";
import type { Pfn } from "../../units.ts";
import {
  XA_NULL,
  xaErase,
  xaFind,
  xaMkPointer,
  xaStoreEach,
  xaStoreOrder,
  xaToPointer,
} from "../xarray/index.ts";
import { acctBlocks, blocksLeft } from "./blocks.ts";
import { type CachedFolio, countHoles, endOf, findFolio, type ShmemFile } from "./file.ts";
import { allocFolio, putFolio } from "./folios.ts";
import { pagesOf } from "./frames.ts";
import { type FolioOrder, framesLeft, type HostMemory, triesBeforeFail } from "./memory.ts";

/** A folio that was added, or why none could be. */
export type AddedFolio =
  | { readonly ok: true; readonly folio: CachedFolio }
  | { readonly ok: false; readonly errno: Errno };

/** How many folios were added, by order; or why not all could be. */
export type Filled =
  | { readonly ok: true; readonly added: Record<FolioOrder, number> }
  | { readonly ok: false; readonly errno: Errno };

/** None, by order. */
export const NO_FOLIOS: Readonly<Record<FolioOrder, number>> = { 0: 0, 9: 0, 18: 0 };

/** From an order to the one that is tried where it can't be had. */
const NEXT_ORDER = { 18: 9, 9: 0, 0: null } as const;

/** The largest folio that could be added for page `index`, a hole: its pages are all holes. */
export function orderFor(file: ShmemFile, index: number): FolioOrder {
  let order = file.order;
  while (order > 0) {
    const first = firstOf(index, order);
    if (xaFind(file.iPages, first, first + pagesOf(order) - 1) === null) break;
    order = NEXT_ORDER[order] ?? 0;
  }
  return order;
}

/**
 * Adds the folio for page `index`, a hole, the largest that can be had.
 *
 * Returns: ENOSPC where the mount may hold no page more, ENOMEM where the host gives no frame. Nothing is added then.
 */
export function addFolio(memory: HostMemory, file: ShmemFile, index: number): AddedFolio {
  let errno: Errno = "ENOMEM";
  for (let order: FolioOrder | null = orderFor(file, index); order !== null; order = NEXT_ORDER[order]) {
    const pages = pagesOf(order);
    if (pages > blocksLeft(memory)) {
      errno = "ENOSPC";
      continue;
    }
    errno = "ENOMEM";
    const pfn = allocFolio(memory, order);
    if (pfn === null) continue;
    const folio = { first: firstOf(index, order), order, pfn };
    xaStoreOrder(file.iPages, folio.first, order, xaMkPointer(pfn));
    acctBlocks(memory, file, pages);
    return { ok: true, folio };
  }
  return { ok: false, errno };
}

/** Takes folios, which were added in this order, out of the cache again. */
export function removeFolios(memory: HostMemory, file: ShmemFile, folios: readonly CachedFolio[]): void {
  // The last one first: then the next allocation is given the same frames as this one.
  for (const { first, order, pfn } of [...folios].reverse()) {
    xaErase(file.iPages, first);
    acctBlocks(memory, file, -pagesOf(order));
    putFolio(memory, pfn);
  }
}

/**
 * Adds what is missing of pages [start, end), and tells `visit` the frame of each page in order.
 *
 * Returns: the errno of the first page that can't be had, and then nothing has been added and nothing told.
 */
export function fillHoles(
  memory: HostMemory,
  file: ShmemFile,
  start: number,
  end: number,
  visit: (pfn: Pfn) => void,
): Filled {
  const [frames, mount] = [framesLeft(memory), blocksLeft(memory)];
  const beforeFail = triesBeforeFail(memory);
  const room = Math.min(frames, mount, beforeFail);
  // Pages that are there already need no frame; they are counted only where it matters.
  const fits = end - start <= room || countHoles(file, start, end) <= room;
  // It is known how this ends: the kernel would fill the host first, and then free it. Large folios may fall back to
  // smaller ones on the way, and count otherwise; the count matters where an allocation is still to fail.
  if (!fits && (file.order === 0 || beforeFail === Number.POSITIVE_INFINITY)) {
    const full = mount === room;
    if (beforeFail !== Number.POSITIVE_INFINITY) memory.tries += full ? room : room + 1;
    return { ok: false, errno: full ? "ENOSPC" : "ENOMEM" };
  }
  return fits && file.order === 0
    ? fillWithPages(memory, file, start, end, visit)
    : fillWithFolios(memory, file, start, end, visit);
}

/** As fillHoles(), for a file of single pages that can all be had. */
function fillWithPages(
  memory: HostMemory,
  file: ShmemFile,
  start: number,
  end: number,
  visit: (pfn: Pfn) => void,
): Filled {
  let pages = 0;
  xaStoreEach(file.iPages, start, end - 1, (_, old) => {
    let entry = old;
    if (old === XA_NULL) {
      entry = xaMkPointer(allocFolio(memory, 0) as Pfn);
      pages++;
    }
    visit(xaToPointer(entry) as Pfn);
    return entry;
  });
  acctBlocks(memory, file, pages);
  return { ok: true, added: { ...NO_FOLIOS, 0: pages } };
}

function fillWithFolios(
  memory: HostMemory,
  file: ShmemFile,
  start: number,
  end: number,
  visit: (pfn: Pfn) => void,
): Filled {
  const mine: CachedFolio[] = [];
  const all: CachedFolio[] = [];
  const added = { ...NO_FOLIOS };
  for (let index = start; index < end; ) {
    let folio = findFolio(file, index);
    if (folio === null) {
      const answer = addFolio(memory, file, index);
      if (!answer.ok) {
        removeFolios(memory, file, mine);
        return answer;
      }
      folio = answer.folio;
      mine.push(folio);
      added[folio.order]++;
    }
    all.push(folio);
    index = endOf(folio);
  }
  for (const folio of all)
    for (let index = Math.max(folio.first, start); index < Math.min(endOf(folio), end); index++)
      visit((folio.pfn + index - folio.first) as Pfn);
  return { ok: true, added };
}

const firstOf = (index: number, order: FolioOrder): number => index - (index % pagesOf(order));
