// SPDX-License-Identifier: GPL-2.0-only
// stat as posted in v10: tmpfs is asked about an inode that is not its own.
//
// Models    restrictedmem_getattr() in mm/restrictedmem.c, variant V10
// Left out  what becomes of the read: it may crash the host, and a viewer sees that it was made (T-s)

import { type Path, step } from "../../../sim/gate.ts";
import type { RestrictedmemEnv } from "../env.ts";
import type { RestrictedmemList } from "./file.ts";

/**
 * Passes the shim's path to tmpfs, which takes what lies around that inode for its own fields. Size and blocks are the
 * shim's: none, whatever the inner file holds.
 *
 * Gates: the answer.
 */
export function* restrictedmemGetattr(env: RestrictedmemEnv, { name }: RestrictedmemList): Path<void> {
  yield* step("v10 stat: hand the shim's path to tmpfs", () =>
    env.emit({ type: "stat.answered", file: name, size: 0n, blocks: 0, wildRead: true }),
  );
}
