// SPDX-License-Identifier: GPL-2.0-only
// A restrictedmem file comes into being: a descriptor, an inner tmpfs file, the metadata, the shim in front. What was
// made is taken back where a later part cannot be.
//
// Models    memfd_restricted(), restrictedmem_file_create() in mm/restrictedmem.c, both designs
// Left out  the mode bits of the inner file; the replaced table of the inner mapping's operations (REVIEW's full tree)

import { fail, OK, type Result } from "../../errno.ts";
import { call, type Path, step } from "../../sim/gate.ts";
import type { CreateEnv } from "./env.ts";
import type { FilePart } from "./events.ts";

/**
 * Makes the file called `name`, of size 0, and opens it for reading and writing.
 *
 * Context: may sleep. Takes no lock; nobody else can find the file before its descriptor is installed.
 * Gates:   one for each part that is made, and one for each that is taken back.
 * Returns: EINVAL for any flag; EMFILE where the process may have no further descriptor; ENOSPC where tmpfs gets no
 *          inode, and ENFILE or ENOMEM where the host gives no file; ENOMEM for the metadata and for the shim's inode.
 */
export function* memfdRestricted(env: CreateEnv, name: string, flags: number): Path<Result> {
  if (flags !== 0) return fail("EINVAL");
  const fd = yield* step("memfd: reserve a descriptor", () => make(env, name, "fd", env.fds.reserve(name)));
  if (!fd.ok) return fd;
  // Nothing is accounted for in advance: what a guest will touch is not known.
  const inner = yield* step("memfd: make the inner file, of size 0", () =>
    make(env, name, "inner", env.mayAllocate() ? env.fds.allocFile() : fail("ENOSPC")),
  );
  if (!inner.ok) return yield* giveFdBack(env, name, inner);
  const file = yield* call("memfd: put a shim in front of it", restrictedmemFileCreate(env, name));
  if (!file.ok) {
    yield* step("memfd: put the inner file again", () => {
      env.fds.freeFile();
      undo(env, name, "inner");
    });
    return yield* giveFdBack(env, name, file);
  }
  yield* step("memfd: install the descriptor", () => {
    const number = env.fds.install(name);
    env.emit({ type: "file.created", file: name, fd: number });
  });
  return OK;
}

/** The metadata, the shim's inode and file, and what is asked of the inner mapping. Leaves nothing where it fails. */
function* restrictedmemFileCreate(env: CreateEnv, name: string): Path<Result> {
  const metadata = yield* step("memfd: allocate the metadata", () =>
    make(env, name, "metadata", env.mayAllocate() ? OK : fail("ENOMEM")),
  );
  if (!metadata.ok) return metadata;
  const shim = yield* step("memfd: make the shim's inode and its file", () =>
    make(env, name, "shim", env.mayAllocate() ? env.fds.allocFile() : fail("ENOMEM")),
  );
  if (!shim.ok) {
    yield* step("memfd: free the metadata again", () => undo(env, name, "metadata"));
    return shim;
  }
  yield* step("memfd: have the inner pages neither swapped nor moved", () => make(env, name, "mapping", OK));
  return OK;
}

function* giveFdBack(env: CreateEnv, name: string, failed: Result): Path<Result> {
  yield* step("memfd: give the descriptor back", () => {
    env.fds.giveBack(name);
    undo(env, name, "fd");
  });
  return failed;
}

/** Tells what became of `part`, and hands `result` on. */
function make(env: CreateEnv, file: string, part: FilePart, result: Result): Result {
  env.emit({ type: "create.stepped", file, part, outcome: result.ok ? "made" : "failed" });
  return result;
}

const undo = (env: CreateEnv, file: string, part: FilePart) =>
  env.emit({ type: "create.stepped", file, part, outcome: "undone" });
