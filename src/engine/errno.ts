// SPDX-License-Identifier: GPL-2.0-only
// What a kernel path returns. A refusal is part of the story, so it is a value and never an exception.

/** The errno names that the modelled paths can return, with their numbers on x86-64. */
export const ERRNO = {
  EPERM: 1,
  EINTR: 4,
  EIO: 5,
  EBADF: 9,
  ENOMEM: 12,
  EEXIST: 17,
  ENODEV: 19,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  ETXTBSY: 26,
  EFBIG: 27,
  ENOSPC: 28,
  ESPIPE: 29,
  ENOSYS: 38,
  EOPNOTSUPP: 95,
} as const;

export type Errno = keyof typeof ERRNO;

export type Result = { readonly ok: true } | { readonly ok: false; readonly errno: Errno };

export const OK: Result = { ok: true };

/** `fail("EINVAL")` is what the kernel writes as `return -EINVAL`. */
export const fail = (errno: Errno): Result => ({ ok: false, errno });
