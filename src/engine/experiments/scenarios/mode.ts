// SPDX-License-Identifier: GPL-2.0-only
// The mode of an fallocate, as a scenario writes it and as a person reads it.

import { FALLOC_FL } from "../../kernel/shmem/falloc.ts";

/**
 * `PUNCH_HOLE|KEEP_SIZE` or a number as bits, or null where a name is unknown. What modeText() writes is read; an
 * empty string is 0.
 */
export function parseMode(mode: string | number): number | null {
  if (typeof mode === "number") return mode;
  let bits = 0;
  for (const word of mode.split("|").map((part) => part.trim())) {
    const bit = bitsOf(word);
    if (bit === null) return null;
    bits |= bit;
  }
  return bits;
}

function bitsOf(word: string): number | null {
  if (word === "" || word === "0") return 0;
  if (/^0x[0-7]?[0-9a-f]{1,7}$/.test(word)) return Number(word);
  const name = word.replace(/^FALLOC_FL_/, "");
  return Object.hasOwn(FALLOC_FL, name) ? FALLOC_FL[name as keyof typeof FALLOC_FL] : null;
}

/** The bits by name; what has no name is shown in hexadecimal, and 0 as `0`. */
export function modeText(mode: number): string {
  const names = Object.entries(FALLOC_FL).filter(([, bit]) => mode & bit);
  const rest = names.reduce((left, [, bit]) => left & ~bit, mode);
  const words = names.map(([name]) => name);
  if (rest !== 0) words.push(`0x${rest.toString(16)}`);
  return words.join("|") || "0";
}
