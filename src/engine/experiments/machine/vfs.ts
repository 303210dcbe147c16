// SPDX-License-Identifier: GPL-2.0-only
// What the VFS checks of an fallocate(2) before any file sees it.
//
// Models    vfs_fallocate() in fs/open.c, of the 6.1 time [S]
// Left out  the checks that an fd of the lab always passes: open, writable, no swap file.

import { type Errno, fail, OK, type Result } from "../../errno.ts";
import { FALLOC_FL } from "../../kernel/shmem/falloc.ts";
import { LOFF_MAX, type Loff } from "../../units.ts";

const KNOWN = Object.values(FALLOC_FL).reduce((all, bit) => all | bit, 0) & ~FALLOC_FL.NO_HIDE_STALE;

/**
 * The checks in their order: the range, the mode, the end of the range.
 *
 * Returns: EINVAL for a negative offset or an empty or negative length; EOPNOTSUPP or EINVAL for the mode; EFBIG
 *          where offset + len exceeds 2^63 - 1. So an end page is at most 2^51 - 1 in a punch, and nothing wraps.
 */
export function vfsFallocateChecks(mode: number, offset: Loff, len: Loff): Result {
  if (offset < 0n || len <= 0n) return fail("EINVAL");
  const refused = modeRefused(mode);
  if (refused !== null) return fail(refused);
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
