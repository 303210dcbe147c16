// SPDX-License-Identifier: GPL-2.0-only
// Which part of which file lies at which user address: what ties a memslot's userspace_addr to (file, page).

import { type Pgoff, pgoffOf } from "../../units.ts";

/** User addresses [start, end) show file `file` from byte `offset` on. Page aligned, all three. */
export interface FileMapping {
  readonly start: bigint;
  readonly end: bigint;
  readonly file: number;
  readonly offset: bigint;
}

/** True where some mapping lies in part inside [start, end). */
export const overlapsMapping = (mappings: readonly FileMapping[], start: bigint, end: bigint) =>
  mappings.some((mapping) => mapping.start < end && start < mapping.end);

/** The mappings without [start, end): what munmap(2) leaves, and what mmap(2) makes room by. */
export function withoutRange(mappings: readonly FileMapping[], start: bigint, end: bigint): FileMapping[] {
  return mappings.flatMap((mapping) => {
    if (mapping.end <= start || end <= mapping.start) return [mapping];
    const left = { ...mapping, end: start };
    const right = { ...mapping, start: end, offset: mapping.offset + (end - mapping.start) };
    return [left, right].filter((part) => part.start < part.end);
  });
}

/**
 * The file and file page that lie at `address`, where one mapping holds all `length` bytes from there on; else null.
 * A slot of which only a part is the file's is none that could be bound.
 */
export function fileAt(
  mappings: readonly FileMapping[],
  address: bigint,
  length: bigint,
): { readonly file: number; readonly pgoff: Pgoff } | null {
  const mapping = mappings.find((each) => each.start <= address && address + length <= each.end);
  if (mapping === undefined) return null;
  return { file: mapping.file, pgoff: pgoffOf(address - mapping.start + mapping.offset) };
}
