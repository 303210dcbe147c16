// SPDX-License-Identifier: GPL-2.0-only
// A page of an inner file is bad, and whose it is shall hear of it.
//
// Models    restrictedmem_error_page() in mm/restrictedmem.c, variant V10, called where memory_failure() cleans the
//           page cache
// Left out  what follows a shim that was found: error() of every notifier, upon which each vCPU of their VMs exits with
//           KVM_EXIT_SHUTDOWN. It is never reached (T-u).

import { type Path, step } from "../../../sim/gate.ts";
import type { Pgoff } from "../../../units.ts";
import { spinLock, spinUnlock } from "../../sync/spinlock.ts";
import type { ErrorEnv } from "../env.ts";

/**
 * Looks for the shim in front of the inner file of `file`, of which page `index` is bad.
 *
 * Gates: the spinlock, the search, the spinlock.
 */
export function* restrictedmemErrorPage(env: ErrorEnv, file: string, index: Pgoff): Path<void> {
  yield* spinLock(env, env.inodeListLock, "v10 error page: take the lock of the superblock's inodes");
  yield* step("v10 error page: look among them for the shim", () => {
    // alloc_anon_inode() puts an inode on no superblock's list: there is nothing to look through (T-u).
    env.emit({ type: "inodes.searched", file, index, listed: 0, inUse: 0 });
  });
  yield* spinUnlock(env, env.inodeListLock, "v10 error page: give the lock of the inodes back");
}
