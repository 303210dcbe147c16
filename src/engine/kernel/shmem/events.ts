// SPDX-License-Identifier: GPL-2.0-only
// What the tmpfs file tells. Page ranges are half-open pairs [start, end), lists of them ascend.

import type { SyncEvent } from "../sync/events.ts";
import type { HostMemory } from "./memory.ts";

export type PageRange = readonly [start: number, end: number];

export type ShmemEvent =
  /** fallocate() has seen to [start, end) and added `pages` pages; those already there stay. */
  | {
      type: "shmem.allocated";
      file: string;
      start: number;
      end: number;
      pages: number;
      /** How many folios of each order above 0; only where there are any. */
      orders?: { readonly 9: number; readonly 18: number };
    }
  /** The pages `freed` of [start, end), `pages` in all, have left the page cache. */
  | ({
      type: "shmem.punched";
      file: string;
      start: number;
      end: number;
      pages: number;
      freed: readonly PageRange[];
    } & PunchDetails)
  /** Task `to` has a signal: SIGXFSZ where its file would have grown beyond the limit of the process. */
  | { type: "signal.sent"; signal: "SIGXFSZ" | "SIGINT"; to: string };

/** What not every punch has to tell; a list that would be empty is left out. */
export interface PunchDetails {
  /** Those of `freed` that are not free yet: somebody still has a reference. */
  readonly held?: readonly PageRange[];
  /** Those of `freed` that some leaf still mapped when they left. */
  readonly mapped?: readonly PageRange[];
  /** Pages zeroed in folios that lay in the hole in part only. */
  readonly zeroed?: readonly PageRange[];
  /** Such folios, by first index: those that were split, and those that stayed whole since somebody holds them. */
  readonly split?: readonly number[];
  readonly whole?: readonly number[];
  /** Others may run now, and then more of the hole is freed. */
  readonly more?: true;
  /** No hole: an allocation has failed, and takes back what it had added. */
  readonly undone?: true;
}

/** What the shmem paths may touch. */
export interface ShmemEnv {
  readonly task: string;
  readonly memory: HostMemory;
  /** How many pages are added or dropped at most before another task may run, a folio always whole. Null: all. */
  readonly pagesPerStep: number | null;
  /** RLIMIT_FSIZE in bytes; null where there is none. */
  readonly fsizeMax: bigint | null;
  /** Whether a signal waits for the caller. */
  signalPending(): boolean;
  emit(event: ShmemEvent | SyncEvent): void;
}
