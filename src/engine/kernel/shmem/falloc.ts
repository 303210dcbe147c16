// SPDX-License-Identifier: GPL-2.0-only
// The mode bits of fallocate(2), as in include/uapi/linux/falloc.h.

export const FALLOC_FL = {
  KEEP_SIZE: 0x01,
  PUNCH_HOLE: 0x02,
  NO_HIDE_STALE: 0x04,
  COLLAPSE_RANGE: 0x08,
  ZERO_RANGE: 0x10,
  INSERT_RANGE: 0x20,
  UNSHARE_RANGE: 0x40,
} as const;

/** The mode that user space gives to punch a hole. */
export const PUNCH_MODE = FALLOC_FL.PUNCH_HOLE | FALLOC_FL.KEEP_SIZE;
