// SPDX-License-Identifier: GPL-2.0-only
// Which block of a memory map is which file of the log. The map has names and no files, the log files and no names;
// what they share are sizes.
//
// Exact sizes first; then the larger blocks before the smaller, each to the smallest file that holds it. A file whose
// size the log does not tell is at least as large as what was reached of it, and takes a larger block where no other
// file holds it; one of which nothing was reached takes none. Equal ones meet in the order in which they were made.

import { type CapturedFile, fileName, reaches, sizeIsKnown, sizeOf } from "./file.ts";
import type { MapBlock } from "./mtree.ts";

export type BlocksMatched =
  | { readonly ok: true; readonly fileOf: ReadonlyMap<MapBlock, CapturedFile> }
  | { readonly ok: false; readonly problem: string };

/** Gives each block a file, as long as there is one. A block that is larger than all files belongs to another machine. */
export function matchBlocks(blocks: readonly MapBlock[], files: readonly CapturedFile[]): BlocksMatched {
  if (files.length === 0) return { ok: false, problem: NO_FILE };
  const descending = [...blocks].sort((a, b) => compare(b.bytes, a.bytes));
  const largest = descending[0];
  const held = (block: MapBlock) => files.some((file) => mayBeLarger(file) || sizeOf(file) >= block.bytes);
  if (largest !== undefined && !held(largest)) return { ok: false, problem: tooLarge(largest, files) };

  const fileOf = new Map<MapBlock, CapturedFile>();
  const taken = new Set<CapturedFile>();
  const give = (block: MapBlock, file: CapturedFile) => {
    fileOf.set(block, file);
    taken.add(file);
  };
  matchExact(blocks, files, give);
  matchBySize(
    descending.filter((block) => !fileOf.has(block)),
    files.filter((file) => !taken.has(file)),
    give,
  );
  return { ok: true, fileOf };
}

const mayBeLarger = (file: CapturedFile) => !sizeIsKnown(file) && file.reach > 0n;

type Give = (block: MapBlock, file: CapturedFile) => void;

function matchExact(blocks: readonly MapBlock[], files: readonly CapturedFile[], give: Give) {
  const ofSize = new Map<bigint, CapturedFile[]>();
  for (const file of [...files].reverse()) {
    const size = sizeOf(file);
    const same = ofSize.get(size);
    if (same === undefined) ofSize.set(size, [file]);
    else same.push(file);
  }
  for (const block of blocks) {
    const file = ofSize.get(block.bytes)?.pop();
    if (file !== undefined) give(block, file);
  }
}

/** Both from the largest down: the files that hold a block are then a stack with the smallest and first made on top. */
function matchBySize(descending: readonly MapBlock[], files: readonly CapturedFile[], give: Give) {
  const waiting = [...files].sort((a, b) => compare(sizeOf(a), sizeOf(b)) || a.index! - b.index!);
  const unknown = files
    .filter(mayBeLarger)
    .sort((a, b) => compare(sizeOf(a), sizeOf(b)) || b.index! - a.index!);
  const holding: CapturedFile[] = [];
  const stretched = new Set<CapturedFile>();
  for (const block of descending) {
    while (waiting.length > 0 && sizeOf(waiting.at(-1)!) >= block.bytes) {
      const file = waiting.pop()!;
      if (!stretched.has(file)) holding.push(file);
    }
    let file = holding.pop();
    // With none left that holds it, all of unknown size that do are gone; the next one is the largest of the others.
    while (file === undefined && unknown.length > 0) {
      const next = unknown.pop()!;
      if (sizeOf(next) < block.bytes) file = next;
    }
    if (file === undefined) continue;
    if (sizeOf(file) < block.bytes) {
      stretched.add(file);
      reaches(file, block.bytes);
    }
    give(block, file);
  }
}

const compare = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

const NO_FILE =
  "the memory map cannot be used: the log has no file in which guest memory could lie; " +
  "record QEMU from its start, with memory-backend-memfd or memory-backend-file,share=on";

function tooLarge(block: MapBlock, files: readonly CapturedFile[]): string {
  const named = [...files].sort((a, b) => compare(sizeOf(b), sizeOf(a))).slice(0, 5);
  const sizes = named.map((file) => `${fileName(file.index!)}: ${sizeOf(file)}`).join(", ");
  const more = files.length > named.length ? ` and ${files.length - named.length} smaller ones` : "";
  return (
    `the block "${block.name.slice(0, 64)}" of the memory map has ${block.bytes} bytes and is larger than every file ` +
    `of the log (${sizes}${more}); expected a file of at least that size; take map and log from the same run of QEMU`
  );
}
