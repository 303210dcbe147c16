// SPDX-License-Identifier: GPL-2.0-only
// stat as the review's tree has it: tmpfs is asked about its own inode.
//
// Models    restrictedmem_getattr() in mm/restrictedmem.c, variant REVIEW

import { type Path, step } from "../../../sim/gate.ts";
import { shmemGetattr } from "../../shmem/getattr.ts";
import type { RestrictedmemEnv } from "../env.ts";
import type { RestrictedmemXarray } from "./file.ts";

/** Passes the inner path to tmpfs: the size is the inner one, the blocks are those of its pages. Gates: the answer. */
export function* restrictedmemGetattr(
  env: RestrictedmemEnv,
  { name, memfd }: RestrictedmemXarray,
): Path<void> {
  yield* step("review stat: hand the inner path to tmpfs", () =>
    env.emit({ type: "stat.answered", file: name, ...shmemGetattr(memfd), wildRead: false }),
  );
}
