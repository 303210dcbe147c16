// SPDX-License-Identifier: GPL-2.0-only
// FNV-1a with 32 bits: a short name for a long text, the same one in every JavaScript engine.

/** What the hash of no text at all starts from. */
export const FNV_OFFSET_BASIS = 0x811c9dc5;

const FNV_PRIME = 0x01000193;

/** The hash of a whole text, as eight lower-case hex digits. The text must be ASCII, one byte a character. */
export const fnv1a32 = (text: string): string => fnvHex(fnvStep(FNV_OFFSET_BASIS, text));

/**
 * Goes on from `hash` with more of the text; start from FNV_OFFSET_BASIS. Hashing a text in pieces gives
 * what hashing it at once gives. Of a character beyond ASCII only the low byte counts.
 */
export function fnvStep(hash: number, text: string): number {
  let h = hash;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ (text.charCodeAt(i) & 0xff), FNV_PRIME);
  return h >>> 0;
}

/** A hash as it is written: eight lower-case hex digits. */
export const fnvHex = (hash: number): string => (hash >>> 0).toString(16).padStart(8, "0");
