// SPDX-License-Identifier: GPL-2.0-only
// A guest's page: found, or allocated. tmpfs' "find or allocate" looks at no i_size (T-n) and at no poison.
//
// Models    shmem_get_folio() with SGP_WRITE, and what restrictedmem_get_page() does with the answer

import type { Errno } from "../../errno.ts";
import type { Pfn } from "../../units.ts";
import { addFolio, fillHoles } from "./addPages.ts";
import { blocksLeft } from "./blocks.ts";
import { type CachedFolio, findFolio, type ShmemFile } from "./file.ts";
import { getFolio, refsOf } from "./folios.ts";
import { pagesOf } from "./frames.ts";
import { type FolioOrder, framesLeft, type HostMemory } from "./memory.ts";

/** Pages that a file can have: its size in bytes is below 2^63. */
const FILE_PAGES_MAX = 2 ** 51;

/** Whether a file can have pages [start, end). Indices below 0 are the kernel's unsigned ones from 2^64 - 2^51 on. */
export const isWithinReach = (start: number, end: number): boolean => start >= 0 && end <= FILE_PAGES_MAX;

/** The frame of the page and the order of its folio, which the caller has a reference to; or why there is none. */
export type GotPage =
  | {
      readonly ok: true;
      readonly pfn: Pfn;
      readonly order: FolioOrder;
      /** The folio's references, the caller's included. */
      readonly refs: number;
    }
  | { readonly ok: false; readonly errno: Errno };

export type GotPages =
  | { readonly ok: true; readonly pfns: readonly Pfn[] }
  | { readonly ok: false; readonly errno: Errno };

/**
 * The page `index` of `file`, with a reference that the caller puts back.
 *
 * Returns: EFBIG for an index that no file reaches (T-ah), ENOMEM, ENOSPC.
 */
export function getPage(memory: HostMemory, file: ShmemFile, index: number): GotPage {
  if (!isWithinReach(index, index + 1)) return { ok: false, errno: "EFBIG" };
  let folio = findFolio(file, index);
  if (folio === null) {
    const added = addFolio(memory, file, index);
    if (!added.ok) return added;
    folio = added.folio;
  }
  keep(file, (first) => first === folio.first);
  getFolio(memory, folio.pfn);
  return { ok: true, ...pageOf(folio, index), refs: refsOf(memory, folio.pfn) };
}

/**
 * The frames of pages [start, end), as many calls of getPage() that give their references back would leave them.
 *
 * Returns: EFBIG where one lies at an index that no file reaches (T-ah), ENOMEM, ENOSPC, and then nothing that was added
 *          here stays.
 */
export function getPages(memory: HostMemory, file: ShmemFile, start: number, end: number): GotPages {
  if (!isWithinReach(start, end)) return { ok: false, errno: "EFBIG" };
  const pfns: Pfn[] = [];
  const filled = fillHoles(memory, file, start, end, (pfn) => pfns.push(pfn));
  if (!filled.ok) return filled;
  keep(file, (first) => first < end && first + pagesOf(findFolio(file, first)?.order ?? 0) > start);
  return { ok: true, pfns };
}

/** Who got a page has made it up to date: an allocation under way that fails does not take it back any more. */
function keep(file: ShmemFile, got: (first: number) => boolean): void {
  if (file.adding.length > 0) file.adding = file.adding.filter((first) => !got(first));
}

const pageOf = ({ first, order, pfn }: CachedFolio, index: number) => ({
  pfn: (pfn + index - first) as Pfn,
  order,
});

/** Whether getPage() could succeed now, if no allocation is made to fail. */
export const couldGetPage = (memory: HostMemory, file: ShmemFile, index: number): boolean =>
  isWithinReach(index, index + 1) &&
  (findFolio(file, index) !== null || (framesLeft(memory) > 0 && blocksLeft(memory) > 0));
