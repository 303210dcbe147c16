// SPDX-License-Identifier: GPL-2.0-only
// A page of an inner file is bad, and whose it is shall hear of it.
//
// Models    restrictedmem_error_page() in mm/restrictedmem.c, variant REVIEW (full tree): what the inner mapping answers
//           where memory_failure() wants the page removed
// Left out  what follows a shim that was found: error() for each entry in the range, under the spinlock, upon which
//           KVM sends a SIGBUS to whoever runs there, with the address of gfn 0 (T-x). It is never reached (T-v).

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
  yield* spinLock(env, env.inodeListLock, "review error page: take the lock of the superblock's inodes");
  yield* step("review error page: look among them for the shim", () => {
    // The inodes are on the list by now, but one whose use count is not zero is passed over: each file that is there
    // has one (T-v).
    const listed = env.shimInodes();
    env.emit({ type: "inodes.searched", file, index, listed, inUse: listed });
  });
  yield* spinUnlock(env, env.inodeListLock, "review error page: give the lock of the inodes back");
}
