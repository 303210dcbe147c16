// SPDX-License-Identifier: GPL-2.0-only
// What the VFS checks of an fallocate(2) before any file sees it.
//
// Models    vfs_fallocate() in fs/open.c, of the 6.1 time [S]
// Left out  security modules, and that a descriptor may be of no regular file

import { type Errno, fail, OK, type Result } from "../../errno.ts";
import { FALLOC_FL } from "../../kernel/shmem/falloc.ts";
import { LOFF_MAX, type Loff } from "../../units.ts";

/** What a descriptor refers to, as far as the checks look at it. */
export interface FdState {
  readonly writable: boolean;
  readonly regular: boolean;
  readonly immutable: boolean;
  readonly appendOnly: boolean;
  readonly swapFile: boolean;
}

/** The descriptor that memfd_restricted() returns: read and write, of a regular file with no flags. */
export const SHIM_FD: FdState = {
  writable: true,
  regular: true,
  immutable: false,
  appendOnly: false,
  swapFile: false,
};

const KNOWN = Object.values(FALLOC_FL).reduce((all, bit) => all | bit, 0) & ~FALLOC_FL.NO_HIDE_STALE;

/**
 * The checks in their order: the descriptor, the range, the mode, the file, the end of the range. `fd` is null where
 * it is not open.
 *
 * Returns: EBADF where it is not open; EINVAL for a negative offset or an empty or negative length; EOPNOTSUPP or EINVAL
 *          for the mode; EBADF where it is not writable; EPERM for an immutable file, and for an append-only one unless
 *          pages are merely added; ETXTBSY for a swap file; EFBIG where offset + len exceeds 2^63 - 1. So an end page is
 *          at most 2^51 - 1 in a punch, and nothing wraps.
 */
export function vfsFallocateChecks(fd: FdState | null, mode: number, offset: Loff, len: Loff): Result {
  if (fd === null) return fail("EBADF");
  if (offset < 0n || len <= 0n) return fail("EINVAL");
  const refused = modeRefused(mode);
  if (refused !== null) return fail(refused);
  if (!fd.writable) return fail("EBADF");
  if (fd.immutable || (fd.appendOnly && mode & ~FALLOC_FL.KEEP_SIZE)) return fail("EPERM");
  if (fd.swapFile) return fail("ETXTBSY");
  return offset + len > LOFF_MAX ? fail("EFBIG") : OK;
}

function modeRefused(mode: number): Errno | null {
  const { KEEP_SIZE, PUNCH_HOLE, COLLAPSE_RANGE, ZERO_RANGE, INSERT_RANGE, UNSHARE_RANGE } = FALLOC_FL;
  if (mode & ~KNOWN) return "EOPNOTSUPP";
  if (mode & PUNCH_HOLE && mode & ZERO_RANGE) return "EOPNOTSUPP";
  if (mode & PUNCH_HOLE && !(mode & KEEP_SIZE)) return "EOPNOTSUPP";
  // These three must stand alone; a combination is a caller's mistake, hence the other errno.
  if (mode & COLLAPSE_RANGE && mode !== COLLAPSE_RANGE) return "EINVAL";
  if (mode & INSERT_RANGE && mode !== INSERT_RANGE) return "EINVAL";
  if (mode & UNSHARE_RANGE && mode & ~(UNSHARE_RANGE | KEEP_SIZE)) return "EINVAL";
  return null;
}
