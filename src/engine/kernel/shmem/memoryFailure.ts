// SPDX-License-Identifier: GPL-2.0-only
// The machine has found a page bad.
//
// Models    what memory_failure() leaves behind of a page that tmpfs keeps: a mark. Nobody here looks at it.

import type { Pgoff } from "../../units.ts";
import { findPage, type ShmemFile } from "./file.ts";
import type { HostMemory } from "./memory.ts";
import { poison } from "./tags.ts";

/** Marks page `index` of `file`. Returns whether it was there; a hole has nothing to mark. */
export function memoryFailure(memory: HostMemory, file: ShmemFile, index: Pgoff): boolean {
  const pfn = findPage(file, index);
  if (pfn === null) return false;
  poison(memory, pfn);
  return true;
}
