// SPDX-License-Identifier: GPL-2.0-only
// What a process and the host may have open, and how large a file of the process may be.

/** Descriptors 0, 1 and 2 are the process's own. */
export const FDS_TAKEN = 3;

/** The host counts the inner file and the shim. */
export const FILES_EACH = 2;

/** What is beyond the process and the host; null where nothing is. */
export interface Limits {
  /** RLIMIT_NOFILE: every descriptor is below it. */
  readonly fds: number | null;
  /** file-max: as many files the host has, inner files and shims counted. */
  readonly files: number | null;
  /** RLIMIT_FSIZE, in bytes. */
  readonly fsize: bigint | null;
  /** Pages that the host may use: a memory cgroup. */
  readonly memory: number | null;
  /** Pages that the tmpfs mount of the inner files may hold. The kernel's own has no such limit. */
  readonly mount: number | null;
}

export const NO_LIMITS: Limits = { fds: null, files: null, fsize: null, memory: null, mount: null };
