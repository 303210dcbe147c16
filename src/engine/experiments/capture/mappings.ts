// SPDX-License-Identifier: GPL-2.0-only
// Which part of which file lies at which user address: what ties a memslot's userspace_addr to (file, page).
//
// Counted in pages: the last page of a 64-bit address space is a number below 2^52, and so is exact.

import { type Pgoff, pgoff } from "../../units.ts";
import type { CapturedFile } from "./file.ts";
import { type Ranges, rangeAt, withRange } from "./ranges.ts";

/** At page `p` of the address space lies page `p + shift` of the file. */
export interface FileMapping {
  readonly file: CapturedFile;
  readonly shift: number;
}

/**
 * The mappings with `mapping` at pages [start, end), in place of all that lay there. It becomes one with a neighbour
 * that it continues, as in the kernel: a slot may lie over both.
 */
export function withMapping(
  mappings: Ranges<FileMapping>,
  start: number,
  end: number,
  mapping: FileMapping,
  since: number,
): Ranges<FileMapping> {
  const left = rangeAt(mappings, start - 1);
  const right = rangeAt(mappings, end);
  return withRange(mappings, {
    start: left !== null && isSame(left.value, mapping) ? left.start : start,
    end: right !== null && isSame(right.value, mapping) ? right.end : end,
    value: mapping,
    since,
  });
}

const isSame = (a: FileMapping, b: FileMapping) => a.file === b.file && a.shift === b.shift;

/**
 * The file and file page that lie at page `start`, where one mapping holds all pages up to `end`; else null. A slot of
 * which only a part is the file's is none that could be bound.
 */
export function fileAt(
  mappings: Ranges<FileMapping>,
  start: number,
  end: number,
): { readonly file: CapturedFile; readonly pgoff: Pgoff } | null {
  const range = rangeAt(mappings, start);
  if (range === null || range.end < end) return null;
  return { file: range.value.file, pgoff: pgoff(start + range.value.shift) };
}
