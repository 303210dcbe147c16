// SPDX-License-Identifier: GPL-2.0-only
// mmap, munmap and mremap: where in user space the files lie.
//
// Left out: mprotect(2), and private mappings, of which a guest's writes stay its own; both count as they were made.

import { LOFF_MAX, PAGE_SHIFT, PAGE_SIZE } from "../../units.ts";
import { type Call, type CallReader, NOT_OURS, ours, succeeded } from "./call.ts";
import { fileOf } from "./descriptors.ts";
import { type CapturedFile, holdsGuestMemory, reaches } from "./file.ts";
import { withMapping } from "./mappings.ts";
import { overlaps, rangeAt, withoutRange } from "./ranges.ts";
import { addressOf, flagsOf, integerOf } from "./values.ts";
import type { Vmm } from "./vmm.ts";

const PROT = { PROT_WRITE: 2 };
const MAP = { MAP_SHARED: 1, MAP_PRIVATE: 2, MAP_SHARED_VALIDATE: 3, MAP_ANONYMOUS: 0x20 };
const MREMAP = { MREMAP_MAYMOVE: 1, MREMAP_FIXED: 2, MREMAP_DONTUNMAP: 4 };

/**
 * `mmap(addr, length, prot, flags, fd, offset) = addr`. Whatever was mapped where it landed is gone, also by an anonymous
 * mapping: the kernel puts nothing over a live mapping unless MAP_FIXED told it to.
 */
export const mmap: CallReader = (vmm, call) => {
  const { space } = call.caller;
  const range = pagesAt(call.result, call.args[1]);
  const file = fileMapped(vmm, call);
  if (file === null && (range === null || !overlaps(space.mappings, range.start, range.end))) return NOT_OURS;
  return ours(call, () => {
    if (range === null) return "its address and length are not a range of pages";
    if (file === null) {
      space.mappings = withoutRange(space.mappings, range.start, range.end);
      return null;
    }
    const pgoff = pageOf(integerOf(call.args[5]));
    if (pgoff === null) return "its offset is not a page of the file";
    const end = BigInt(pgoff + (range.end - range.start)) << PAGE_SHIFT;
    // file_mmap_ok() refuses these with EOVERFLOW.
    if (end > LOFF_MAX) return "it ends behind the last byte a file can have";
    reaches(file, end);
    const mapping = { file, shift: pgoff - range.start };
    space.mappings = withMapping(space.mappings, range.start, range.end, mapping, call.ended);
    return null;
  });
};

/** The file that is mapped; one opened by path only where guests could write to it through this mapping. */
function fileMapped(vmm: Vmm, call: Call): CapturedFile | null {
  const flags = flagsOf(call.args[3], MAP) ?? 0;
  if ((flags & MAP.MAP_ANONYMOUS) !== 0) return null;
  const file = fileOf(vmm, call, call.args[4]);
  if (file === null || file.index !== null) return file;
  const writable = ((flagsOf(call.args[2], PROT) ?? 0) & PROT.PROT_WRITE) !== 0;
  const shared = (flags & MAP.MAP_SHARED) !== 0;
  if (!shared || !writable || !succeeded(call)) return null;
  holdsGuestMemory(vmm, file);
  return file;
}

/** `munmap(addr, length) = 0`. */
export const munmap: CallReader = (_vmm, call) => {
  const { space } = call.caller;
  const range = pagesAt(call.args[0], call.args[1]);
  if (range === null || !overlaps(space.mappings, range.start, range.end)) return NOT_OURS;
  return ours(call, () => {
    space.mappings = withoutRange(space.mappings, range.start, range.end, call.begun);
    return null;
  });
};

/**
 * `mremap(old, oldLength, newLength, flags[, new]) = addr`: a mapping that moves, grows or shrinks. It is one mapping;
 * that newer kernels move several at once is left out. An old length of 0 leaves the old place as it is.
 */
export const mremap: CallReader = (_vmm, call) => {
  const { space } = call.caller;
  const from = pagesAt(call.args[0], call.args[1], 0n);
  const to = pagesAt(call.result, call.args[2]);
  if (from === null) return NOT_OURS;
  const mapping = rangeAt(space.mappings, from.start)?.value ?? null;
  const covers = to !== null && overlaps(space.mappings, to.start, to.end);
  if (mapping === null && !covers && !overlaps(space.mappings, from.start, from.end)) return NOT_OURS;
  return ours(call, () => {
    if (to === null) return "its address and length are not a range of pages";
    const keepsOld = ((flagsOf(call.args[3], MREMAP) ?? 0) & MREMAP.MREMAP_DONTUNMAP) !== 0;
    if (!keepsOld) space.mappings = withoutRange(space.mappings, from.start, from.end, call.begun);
    space.mappings = withoutRange(space.mappings, to.start, to.end);
    if (mapping === null) return null;
    const shift = mapping.shift + from.start - to.start;
    const end = BigInt(to.end + shift) << PAGE_SHIFT;
    if (end > LOFF_MAX) return "it ends behind the last byte a file can have";
    reaches(mapping.file, end);
    space.mappings = withMapping(space.mappings, to.start, to.end, { file: mapping.file, shift }, call.ended);
    return null;
  });
};

/** Pages [start, end), the end rounded up as the kernel does; null unless both fit 64 bits and there are some. */
function pagesAt(address: string | null | undefined, length: string | undefined, lengthMin = 1n) {
  const start = pageOf(addressOf(address ?? undefined));
  const bytes = integerOf(length);
  if (start === null || bytes === null || bytes < lengthMin) return null;
  const end = start + Number((bytes + PAGE_SIZE - 1n) >> PAGE_SHIFT);
  return end > PAGES_END ? null : { start, end };
}

/** The page that begins at byte `n` of an address space or a file; null where none does. */
const pageOf = (n: bigint | null) =>
  n === null || n < 0n || n >= 2n ** 64n || (n & (PAGE_SIZE - 1n)) !== 0n ? null : Number(n >> PAGE_SHIFT);

const PAGES_END = 2 ** 52;
