// SPDX-License-Identifier: GPL-2.0-only
// The machine has found a page bad.
//
// Models    what memory_failure() leaves behind of a page that tmpfs keeps: a mark. It stays in the cache and mapped, and
//           getting a page does not look at the mark; once it is free nobody is given it again.
// Left out  that a large folio is split first; the machine check of a guest that goes on to touch the page

import type { Pfn, Pgoff } from "../../units.ts";
import { findPage, type ShmemFile } from "./file.ts";
import type { HostMemory } from "./memory.ts";
import { poison } from "./tags.ts";

/** Marks page `index` of `file`. Returns its frame, or null: a hole has nothing to mark. */
export function memoryFailure(memory: HostMemory, file: ShmemFile, index: Pgoff): Pfn | null {
  const pfn = findPage(file, index);
  if (pfn !== null) poison(memory, pfn);
  return pfn;
}
