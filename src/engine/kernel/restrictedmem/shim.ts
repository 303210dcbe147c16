// SPDX-License-Identifier: GPL-2.0-only
// The outer file and its inode: what a descriptor, a memslot and a call under way refer to. The pages, and the size
// that counts, belong to the inner file.
//
// Left out  the outer inode's own i_size, which stays 0 [D]; a count of references: who refers to the file is looked up

import type { ShmemFile } from "../shmem/file.ts";
import { copyLock, type Lock, newLock } from "../sync/lock.ts";

/** Plain data. */
export interface Shim {
  /** The outer inode's i_rwsem, `f0/shim->lock`. */
  inodeLock: Lock;
  /** Calls under way that came by a descriptor: each keeps the file until it returns. */
  calls: number;
  /** Nobody refers to the file any more, and somebody is about to release it. */
  dying: boolean;
}

/** What the two designs' files have in common. */
export interface ShimmedFile {
  readonly name: string;
  readonly shim: Shim;
  readonly memfd: ShmemFile;
}

export const newShim = (name: string): Shim => ({
  inodeLock: newLock(`${name}/shim->lock`),
  calls: 0,
  dying: false,
});

export const copyShim = (shim: Shim): Shim => ({ ...shim, inodeLock: copyLock(shim.inodeLock) });
