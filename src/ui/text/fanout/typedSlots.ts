// SPDX-License-Identifier: GPL-2.0-only
// A list of memslots as somebody types it: `512 x 100, 1024`.

export type TypedSlots =
  | { readonly ok: true; readonly sizes: readonly number[] }
  /** What is wrong, and what was expected. */
  | { readonly ok: false; readonly says: string };

/** So many are read and played in a moment. */
export const TYPED_SLOTS_MAX = 4096;

/** Of a list that no link can hold. */
export const TYPED_TOO_LONG =
  "This list is too long for a link: whoever opens one is asked for the list again.";

const PAGES_MAX = 2 ** 28;

/** Sizes in pages, each with how often it comes. Never throws. */
export function typedSlots(text: string): TypedSlots {
  const sizes: number[] = [];
  for (const part of text.split(/[,;\n]+/)) {
    if (part.trim() === "") continue;
    const [, pages, times = "1"] = /^\s*(\d{1,9})\s*(?:[x×*]\s*(\d{1,5}))?\s*$/.exec(part) ?? [];
    if (pages === undefined || Number(pages) < 1 || Number(pages) > PAGES_MAX || Number(times) < 1)
      return {
        ok: false,
        says: `"${part.trim().slice(0, 30)}" cannot be read. Expected pages, and how many such memslots, as in 512 x 100.`,
      };
    if (sizes.length + Number(times) > TYPED_SLOTS_MAX)
      return {
        ok: false,
        says: `At most ${TYPED_SLOTS_MAX} memslots can be typed; the sweep above goes further.`,
      };
    for (let k = 0; k < Number(times); k++) sizes.push(Number(pages));
  }
  return sizes.length === 0
    ? { ok: false, says: "Expected pages of each memslot, as in 512 x 100, 1024." }
    : { ok: true, sizes };
}
