// SPDX-License-Identifier: GPL-2.0-only
// What the tmpfs file tells. Page ranges are half-open pairs [start, end).

import type { SyncEvent } from "../sync/events.ts";
import type { HostMemory } from "./memory.ts";

export type PageRange = readonly [start: number, end: number];

export type ShmemEvent =
  /** fallocate() added `pages` pages; those already there stay. */
  | { type: "shmem.allocated"; file: string; start: number; end: number; pages: number }
  /** A hole was punched: `freed` lists the pages that were there. */
  | {
      type: "shmem.punched";
      file: string;
      start: number;
      end: number;
      pages: number;
      freed: readonly PageRange[];
    };

/** What the shmem paths may touch. */
export interface ShmemEnv {
  readonly task: string;
  readonly memory: HostMemory;
  emit(event: ShmemEvent | SyncEvent): void;
}
