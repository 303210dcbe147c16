// SPDX-License-Identifier: GPL-2.0-only
// A present entry as the 64 bits that the processor reads.
//
// Models    what make_spte() and make_nonleaf_spte() set, on a host with accessed and dirty bits
// Left out  bits that the processor ignores and KVM keeps for itself; suppress-#VE, which a base before TDX does not
//           set; the C-bit, whose place differs by processor. Tables have no frames here, so that their addresses are
//           those after the last frame a host can have: id by id, from 2^24.

import { PFN_SPAN, type TableId } from "./entry.ts";
import type { Leaf } from "./level.ts";

export type SpteFormat = "ept" | "npt";

interface SpteBits {
  table: number;
  leaf: number;
  large: number;
}

const EPT = {
  read: 1,
  write: 2,
  execute: 4,
  writeBack: 6 * 8,
  ignorePat: 64,
  large: 128,
  accessed: 256,
  dirty: 512,
};
const NPT = { present: 1, write: 2, user: 4, accessed: 32, dirty: 64, large: 128 };

const BITS: Record<SpteFormat, SpteBits> = {
  ept: {
    table: EPT.read + EPT.write + EPT.execute + EPT.accessed,
    leaf: EPT.read + EPT.write + EPT.execute + EPT.writeBack + EPT.ignorePat + EPT.accessed + EPT.dirty,
    large: EPT.large,
  },
  // Bit 63, no-execute, stays clear. The memory type is the guest's own.
  npt: {
    table: NPT.present + NPT.write + NPT.user + NPT.accessed,
    leaf: NPT.present + NPT.write + NPT.user + NPT.accessed + NPT.dirty,
    large: NPT.large,
  },
};

const FRAME_BYTES = 4096;

/** 16 hexadecimal digits: the entry that holds `leaf`, or that names the table below. */
export function sptePrinted(target: Leaf | TableId, format: SpteFormat): string {
  const { table, leaf, large } = BITS[format];
  const value =
    typeof target === "number"
      ? (PFN_SPAN + target) * FRAME_BYTES + table
      : target.pfn * FRAME_BYTES + leaf + (target.level > 1 ? large : 0);
  return value.toString(16).padStart(16, "0");
}
