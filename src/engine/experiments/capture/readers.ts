// SPDX-License-Identifier: GPL-2.0-only
// Which system calls are read, and by what.

import { type CallReader, NOT_OURS, type Outcome } from "./call.ts";
import { close, closeRange, dup, dup2, dup3, fcntl } from "./fdCalls.ts";
import { creat, fallocate, ftruncate, memfdCreate, open, openat, openat2 } from "./fileCalls.ts";
import { ioctl } from "./kvmCalls.ts";
import { mmap, mremap, munmap } from "./mappingCalls.ts";
import { birth, execve } from "./processCalls.ts";

/** The calls that can be ours, or say whose the others are, by name; the names of 32-bit processes too. */
export const READERS: ReadonlyMap<string, CallReader> = new Map([
  ["ioctl", ioctl],
  ["memfd_create", memfdCreate],
  ["ftruncate", ftruncate],
  ["ftruncate64", ftruncate],
  ["fallocate", fallocate],
  ["mmap", mmap],
  ["mmap2", mmap],
  ["munmap", munmap],
  ["mremap", mremap],
  ["close", close],
  ["close_range", closeRange],
  ["dup", dup],
  ["dup2", dup2],
  ["dup3", dup3],
  ["fcntl", fcntl],
  ["fcntl64", fcntl],
  ["open", open],
  ["openat", openat],
  ["openat2", openat2],
  ["creat", creat],
  ["fork", birth],
  ["vfork", birth],
  ["clone", birth],
  ["clone3", birth],
  ["execve", execve],
]);

/** The calls that speak of guest memory more often than not, so that half of one is missed. */
const MISSED: ReadonlySet<CallReader> = new Set([
  ioctl,
  memfdCreate,
  ftruncate,
  fallocate,
  mmap,
  munmap,
  mremap,
  close,
]);

/** The second half of a call, where the log begins in between or has lost the first. */
export function beginningMissing(name: string): Outcome {
  const reader = READERS.get(name);
  if (reader === undefined || !MISSED.has(reader)) return NOT_OURS;
  return { kind: "unread", reason: `the beginning of this ${name} is not in the log` };
}
