// SPDX-License-Identifier: GPL-2.0-only
// The last reference to a file is gone.
//
// Models    restrictedmem_release() in mm/restrictedmem.c, and what follows when the inner file is put, both designs
// Left out  the xarray that REVIEW destroys: it goes with the metadata

import { type Path, step } from "../../sim/gate.ts";
import { shmemEvictInode } from "../shmem/evict.ts";
import type { RestrictedmemEnv } from "./env.ts";
import type { ShimmedFile } from "./shim.ts";

/**
 * Puts the inner file, which frees all of its pages, and frees the metadata. Tells no notifier: a memslot that had one
 * here held the file.
 *
 * Context: may sleep. Takes no lock, since nobody else can find the file. Gates: one step.
 */
export function* restrictedmemRelease(env: RestrictedmemEnv, { name, memfd }: ShimmedFile): Path<void> {
  yield* step("release: put the inner file with all its pages, free the metadata", () => {
    const { freed, mapped } = shmemEvictInode(env.memory, memfd);
    const pages = freed.reduce((sum, [start, end]) => sum + end - start, 0);
    env.emit({ type: "file.released", file: name, pages, freed, ...(mapped.length > 0 && { mapped }) });
  });
}
