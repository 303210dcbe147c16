// SPDX-License-Identifier: GPL-2.0-only
// The gfns that open brackets hold off: a fault on one of them is sent back.

import type { Kvm } from "../../engine/index.ts";
import { gfnsText, gfnText } from "../text/number.ts";

/** Gfns [start, end) that no fault may map now. */
export interface HeldOff {
  readonly start: bigint;
  readonly end: bigint;
  /** mmu_invalidate_in_progress. */
  readonly count: number;
  /** No range is tracked, and every gfn is held off. */
  readonly all: boolean;
}

/** What `kvm` holds off, or null. */
export function heldOff({
  mmuInvalidateInProgress: count,
  mmuInvalidateRange: range,
}: Pick<Kvm, "mmuInvalidateInProgress" | "mmuInvalidateRange">): HeldOff | null {
  if (count === 0) return null;
  if (range === null) return { start: 0n, end: 2n ** 64n, count, all: true };
  return range.start < range.end ? { ...range, count, all: false } : null;
}

/** `gfn 0x5`, `gfns 0x0–0x7`, `every gfn`; one that wrapped around reaches `beyond all of the VM`. */
export function heldText({ start, end, all }: HeldOff): string {
  if (all) return "every gfn";
  return isBeyond(end) ? `from gfn ${gfnText(start)} to beyond all of the VM` : gfnsText(start, end);
}

/** No VM has so many gfns: a sum has wrapped around (T-o, T-ah). */
const isBeyond = (end: bigint): boolean => end > 2n ** 50n;
