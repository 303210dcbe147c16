// SPDX-License-Identifier: GPL-2.0-only
// What the bits of an EPT entry say. sptePrinted() makes them; see the engine's printed.ts for which are modelled.

import { sptePrinted } from "../../engine/index.ts";

/** `0x5377`: the entry that holds `target`, a leaf or the table below. */
export const spteHex = (target: Parameters<typeof sptePrinted>[0]): string =>
  `0x${BigInt(`0x${sptePrinted(target, "ept")}`).toString(16)}`;

const BITS: readonly (readonly [bit: bigint, means: string])[] = [
  [1n << 0n, "read"],
  [1n << 1n, "write"],
  [1n << 2n, "execute"],
  [6n << 3n, "write-back"],
  [1n << 6n, "PAT ignored"],
  [1n << 7n, "large"],
  [1n << 8n, "accessed"],
  [1n << 9n, "dirty"],
];

/** `read, write, execute, accessed`: what is set in the entry that holds `target`. */
export function spteSays(target: Parameters<typeof sptePrinted>[0]): string {
  const value = BigInt(`0x${sptePrinted(target, "ept")}`);
  return BITS.flatMap(([bit, means]) => ((value & bit) === bit ? [means] : [])).join(", ");
}
