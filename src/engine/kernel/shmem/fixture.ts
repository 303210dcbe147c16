// SPDX-License-Identifier: GPL-2.0-only
// For tests: a host with one file `f0`, checked after each call.

import type { Result } from "../../errno.ts";
import { drive } from "../../sim/drive.ts";
import type { Path } from "../../sim/gate.ts";
import { bytesOf, loff, type Pfn, pgoff } from "../../units.ts";
import type { SyncEvent } from "../sync/events.ts";
import { memoryCheck, shmemFileCheck } from "./check.ts";
import type { ShmemEnv, ShmemEvent } from "./events.ts";
import { FALLOC_FL, PUNCH_MODE } from "./falloc.ts";
import { shmemFallocate } from "./fallocate.ts";
import { findPage, newShmemFile, pagesIn, type ShmemFile } from "./file.ts";
import { type FolioOrder, type HostMemory, newMemory } from "./memory.ts";

export type Told = ShmemEvent | SyncEvent;

/** A call does all its work in one step, and nothing holds it up. */
export const WHOLE = { pagesPerStep: null, fsizeMax: null, signalPending: () => false };

interface Setting {
  /** i_size. */
  readonly pages?: number | undefined;
  readonly frames?: number | undefined;
  readonly order?: FolioOrder;
  /** What differs from an environment in which nothing holds a call up. */
  readonly env?: Partial<ShmemEnv>;
}

export interface ShmemHost {
  readonly memory: HostMemory;
  readonly file: ShmemFile;
  /** What the last call told. */
  readonly told: Told[];
  env(emit: (event: Told) => void): ShmemEnv;
  fallocate(mode: number, offset: bigint, len: bigint): Result;
  /** Pages [start, end), with KEEP_SIZE if nothing else is said. */
  allocate(start: number, end: number, mode?: number): Result;
  punch(start: number, end: number): Result;
  /** The same as paths, for tasks that meet. */
  allocating(start: number, end: number): (emit: (event: Told) => void) => Path<Result>;
  punching(start: number, end: number): (emit: (event: Told) => void) => Path<Result>;
  /** The pages that are there. */
  pages(): number[];
  pfn(index: number): Pfn;
  check(): void;
}

export function shmemHost({ pages = 0, frames = 4096, order = 0, env: more = {} }: Setting = {}): ShmemHost {
  const memory = newMemory(frames);
  const file = newShmemFile("f0", bytesOf(pages), order);
  const env = (emit: (event: Told) => void): ShmemEnv => ({ task: "T", memory, ...WHOLE, ...more, emit });
  const inPages = (mode: number, start: number, end: number) => (emit: (event: Told) => void) =>
    shmemFallocate(env(emit), "f0", file, mode, bytesOf(start), loff(bytesOf(end) - bytesOf(start)));
  const run = (path: (emit: (event: Told) => void) => Path<Result>): Result => {
    host.told.length = 0;
    const result = drive(path((event) => host.told.push(event)));
    host.check();
    return result;
  };
  const host: ShmemHost = {
    ...{ memory, file, told: [], env },
    fallocate: (mode, offset, len) =>
      run((emit) => shmemFallocate(env(emit), "f0", file, mode, loff(offset), loff(len))),
    allocating: (start, end) => inPages(FALLOC_FL.KEEP_SIZE, start, end),
    punching: (start, end) => inPages(PUNCH_MODE, start, end),
    allocate: (start, end, mode = FALLOC_FL.KEEP_SIZE) => run(inPages(mode, start, end)),
    punch: (start, end) => run(host.punching(start, end)),
    pages: () => pagesIn(file, 0, 2 ** 51),
    pfn: (index) => findPage(file, pgoff(index)) as Pfn,
    check() {
      memoryCheck(memory);
      shmemFileCheck(memory, file);
    },
  };
  return host;
}

/** What was told, without the locks. */
export const work = (told: readonly Told[]): Told[] => told.filter(({ type }) => type.startsWith("shmem."));
