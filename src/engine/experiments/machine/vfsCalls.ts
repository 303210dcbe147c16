// SPDX-License-Identifier: GPL-2.0-only
// What the VFS answers where the shim has no method, and what it checks before it asks one. `fd` is null where the
// descriptor is not open.
//
// Models    ksys_read(), ksys_pread64(), ksys_lseek(), do_mmap(), do_sys_ftruncate(), of the 6.1 time [D; S for the last]
// Left out  the buffer, its length and the address: they are looked at later than what refuses the call here

import { type Errno, fail, OK, type Result } from "../../errno.ts";
import type { Loff } from "../../units.ts";
import type { FdState } from "./vfs.ts";

/** read and write: the shim has neither, which is found out before the length is looked at. */
export const vfsReadWrite = (fd: FdState | null): Errno => (fd === null ? "EBADF" : "EINVAL");

/**
 * pread and pwrite look at the offset before they look for the file. The mode bits that allow a position are set on
 * the inner file, and this is the outer one.
 */
export function vfsPreadPwrite(fd: FdState | null, offset: Loff): Errno {
  if (offset < 0n) return "EINVAL";
  return fd === null ? "EBADF" : "ESPIPE";
}

/** The last of the `whence` values: SEEK_SET, SEEK_CUR, SEEK_END, SEEK_DATA, SEEK_HOLE. */
const SEEK_MAX = 4;

/** lseek: no position to move, whatever the offset; a `whence` that is none is found first. */
export function vfsLlseek(fd: FdState | null, whence: number): Errno {
  if (fd === null) return "EBADF";
  return whence > SEEK_MAX ? "EINVAL" : "ESPIPE";
}

/** mmap: the shim's mount forbids execution, and that is looked at before the method that is missing. */
export function vfsMmap(fd: FdState | null, exec: boolean): Errno {
  if (fd === null) return "EBADF";
  return exec ? "EPERM" : "ENODEV";
}

/**
 * ftruncate, before the inode's lock is taken. A negative length is refused before the descriptor is looked at.
 *
 * Returns: EINVAL for a negative length; EBADF where it is not open; EINVAL where it is not writable or not regular.
 */
export function vfsFtruncateChecks(fd: FdState | null, length: Loff): Result {
  if (length < 0n) return fail("EINVAL");
  if (fd === null) return fail("EBADF");
  return fd.writable && fd.regular ? OK : fail("EINVAL");
}
