// SPDX-License-Identifier: GPL-2.0-only
// memfd_create, ftruncate, fallocate and close: the files that guest memory lies in.
//
// Left out: dup(2) and files opened by path. A descriptor made that way is not known to be a file of ours.

import { isPageAligned, LOFF_MAX, pgoffOf } from "../../units.ts";
import { fdOf, integerOf } from "./args.ts";
import type { Call, CallReader } from "./call.ts";
import { fileName, fileOfFd, type Vmm } from "./vmm.ts";

/** `memfd_create(name, flags) = fd`. The descriptor's number may have been another's before, with or without a close. */
export const memfdCreate: CallReader = {
  concerns: () => true,
  take(vmm, { result }) {
    const fd = fdOf(result ?? undefined);
    if (fd === null) return "its result is not a file descriptor";
    vmm.fds.set(fd, { kind: "file", index: vmm.files.push({ bytes: 0n }) - 1 });
    return null;
  },
};

/**
 * `ftruncate(fd, length) = 0`. The largest length stands for the file in the scenario, whose files do not shrink: a slot
 * created before a shrink must still find its pages.
 */
export const ftruncate: CallReader = {
  concerns: speaksOfFile,
  take(vmm, { args }) {
    const bytes = integerOf(args[1]);
    if (bytes === null || bytes < 0n || bytes > LOFF_MAX) return "its length is not a file size";
    const file = vmm.files[fileOfFd(vmm, fdOf(args[0]))!]!;
    if (bytes > file.bytes) file.bytes = bytes;
    return null;
  },
};

/** `fallocate(fd, mode, offset, len) = 0`: a punch, or an allocation. In pages where it is whole pages, else in bytes. */
export const fallocate: CallReader = {
  concerns: speaksOfFile,
  take(vmm, { args }) {
    const offset = integerOf(args[2]);
    const len = integerOf(args[3]);
    if (offset === null || len === null || offset < 0n || len <= 0n || offset + len > LOFF_MAX) {
      return "offset and length are not a range of a file";
    }
    const mode = MODES.get(args[1] ?? "");
    if (mode === undefined) return `mode ${args[1]} is neither an allocation nor PUNCH_HOLE|KEEP_SIZE`;
    const file = fileName(fileOfFd(vmm, fdOf(args[0]))!);
    if (mode.op === "punch") vmm.punches++;
    vmm.operations.push({ op: mode.op, file, ...rangeOf(offset, len), ...mode.flags });
    return null;
  },
};

/** `close(fd) = 0`. Mappings of the file, and what was made of a VM, stay. */
export const close: CallReader = {
  concerns: (vmm, { args }) => vmm.fds.has(fdOf(args[0]) ?? -1),
  take(vmm, { args }) {
    vmm.fds.delete(fdOf(args[0])!);
    return null;
  },
};

function speaksOfFile(vmm: Vmm, { args }: Call) {
  return fileOfFd(vmm, fdOf(args[0])) !== null;
}

interface FallocateMode {
  readonly op: "allocate" | "punch";
  /** The scenario's `mode`, where it is not the one that `op` stands for by itself. */
  readonly flags: { readonly mode?: "KEEP_SIZE" };
}

const ALLOCATE_KEEP_SIZE: FallocateMode = { op: "allocate", flags: { mode: "KEEP_SIZE" } };
const PUNCH: FallocateMode = { op: "punch", flags: {} };

/** By the mode as strace prints it, or by its number. A hole is punched with KEEP_SIZE or not at all. */
const MODES: ReadonlyMap<string, FallocateMode> = new Map([
  ["0", { op: "allocate", flags: {} }],
  ["FALLOC_FL_KEEP_SIZE", ALLOCATE_KEEP_SIZE],
  ["0x1", ALLOCATE_KEEP_SIZE],
  ["FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE", PUNCH],
  ["0x3", PUNCH],
]);

function rangeOf(offset: bigint, len: bigint) {
  if (isPageAligned(offset) && isPageAligned(len))
    return { start: pgoffOf(offset), end: pgoffOf(offset + len) };
  return { offset: jsonOf(offset), len: jsonOf(len) };
}

/** Digits in a string where a JSON number would lose some of them. */
const jsonOf = (n: bigint) => (n < 2n ** 53n ? Number(n) : String(n));
