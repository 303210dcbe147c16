// SPDX-License-Identifier: GPL-2.0-only
// What KVM tells: memslots, the callbacks that reach them, brackets, zaps. gfn ranges are half-open; a bracket's
// may exceed 2^53 (T-o), hence bigints.

import type { PageRange } from "../shmem/events.ts";

/** On an ordinary notifier's bracket, which is the VM's own: the memslot is the one that led to it. */
interface Ordinary {
  readonly ordinary?: true;
}

/** A memslot as events name it: `vm0/3`. `notifier` tells its object from an earlier one of the same name. */
interface OfMemslot {
  readonly memslot: string;
  readonly notifier: number;
}

export type KvmEvent =
  | ({ type: "slot.visible"; gfn: number; pages: number } & OfMemslot)
  | ({ type: "slot.invisible"; gfn: number; pages: number } & OfMemslot)
  | ({ type: "slot.freed" } & OfMemslot)
  /** A callback was entered for file pages [start, end). `hit`: it passed the skip test and the clamp. */
  | ({ type: "notifier.start"; start: number; end: number; hit: boolean } & OfMemslot)
  | ({ type: "notifier.end"; start: number; end: number; hit: boolean } & OfMemslot)
  /** begin() and range_add(): the count after it, what was added, and the tracked range after it. */
  | ({
      type: "bracket.begun";
      vm: string;
      count: number;
      start: bigint;
      end: bigint;
      range: readonly [bigint, bigint];
    } & Ordinary &
      OfMemslot)
  /** end(): seq and count after it; `range` null where no range was added since the last begin (I7). */
  | ({
      type: "bracket.ended";
      vm: string;
      count: number;
      seq: number;
      range: readonly [bigint, bigint] | null;
    } & Ordinary &
      OfMemslot)
  /** The guest touched [start, end): file pages added, mappings added. */
  | { type: "guest.mapped"; vm: string; start: number; end: number; allocated: number; mapped: number }
  /** The guest may not map now: the gfn lies in the range of an open bracket. Nothing changed. */
  | {
      type: "guest.refused";
      vm: string;
      start: number;
      end: number;
      count: number;
      range: readonly [bigint, bigint] | null;
    }
  /** Mappings of [start, end) were made non-present; `zapped` lists the gfns that were mapped. */
  | {
      type: "spte.zapped";
      vm: string;
      start: bigint;
      end: bigint;
      sptes: number;
      zapped: readonly PageRange[];
    }
  | { type: "tlb.flushed"; vm: string };
