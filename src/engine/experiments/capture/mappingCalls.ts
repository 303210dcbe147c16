// SPDX-License-Identifier: GPL-2.0-only
// mmap and munmap: where in user space the files lie.
//
// Left out: mremap(2); a mapping that was moved is still looked for at its old place.

import { isPageAligned, LOFF_MAX, PAGE_SIZE } from "../../units.ts";
import { addressOf, fdOf, integerOf } from "./args.ts";
import type { CallReader } from "./call.ts";
import { overlapsMapping, withoutRange } from "./mappings.ts";
import { fileOfFd } from "./vmm.ts";

/**
 * `mmap(addr, length, prot, flags, fd, offset) = addr`. Whatever was mapped where it landed is gone, also by an anonymous
 * mapping: the kernel puts nothing over a live mapping unless MAP_FIXED told it to.
 */
export const mmap: CallReader = {
  concerns(vmm, { args, result }) {
    if (fileOfFd(vmm, fdOf(args[4])) !== null) return true;
    const range = rangeOf(result ?? undefined, args[1]);
    return range !== null && overlapsMapping(vmm.mappings, range.start, range.end);
  },
  take(vmm, { args, result }) {
    const range = rangeOf(result ?? undefined, args[1]);
    if (range === null) return "its address and length are not a range of pages";
    const file = fileOfFd(vmm, fdOf(args[4]));
    const offset = integerOf(args[5]);
    if (file !== null) {
      if (offset === null || offset < 0n || !isPageAligned(offset))
        return "its offset is not a page of the file";
      // file_mmap_ok() refuses these with EOVERFLOW.
      if (offset + range.end - range.start > LOFF_MAX) return "it ends behind the last byte a file can have";
    }
    vmm.mappings = withoutRange(vmm.mappings, range.start, range.end);
    if (file !== null) vmm.mappings.push({ ...range, file, offset: offset! });
    return null;
  },
};

/** `munmap(addr, length) = 0`. */
export const munmap: CallReader = {
  concerns(vmm, { args }) {
    const range = rangeOf(args[0], args[1]);
    return range !== null && overlapsMapping(vmm.mappings, range.start, range.end);
  },
  take(vmm, { args }) {
    const range = rangeOf(args[0], args[1])!;
    vmm.mappings = withoutRange(vmm.mappings, range.start, range.end);
    return null;
  },
};

/** [start, end) in bytes, the end rounded up to a page as the kernel does; null unless both fit 64 bits. */
function rangeOf(address: string | undefined, length: string | undefined) {
  const start = addressOf(address);
  const bytes = integerOf(length);
  if (start === null || bytes === null || start < 0n || bytes <= 0n || !isPageAligned(start)) return null;
  const end = start + ((bytes + PAGE_SIZE - 1n) / PAGE_SIZE) * PAGE_SIZE;
  return end > 2n ** 64n ? null : { start, end };
}
