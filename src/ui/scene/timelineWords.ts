// SPDX-License-Identifier: GPL-2.0-only
// Words in a lane where nothing else stands; where no wording fits they are left out, since the lane's sentence
// says the same to whoever reads it.

/** Pixels between words and what they belong to. */
export const BESIDE = 8;

/** The room for words in one lane. */
export interface Room {
  /** Pixels; words begin and end between 0 and this. */
  readonly width: number;
  readonly taken: { readonly from: number; readonly to: number }[];
}

export interface Placed {
  readonly x: number;
  readonly anchor: "start" | "end";
  readonly text: string;
}

/** About how wide `text` is in the timeline's type, in pixels; a little more rather than less. */
export const wordsWidth = (text: string): number =>
  text.length * 6.5 + (text.match(/[A-Z]/g)?.length ?? 0) * 0.7;

/**
 * Puts the first of `texts` that fits right of `right` or, if not there, left of `left`, and takes its room. Null
 * where none fits.
 */
export function placeWords(room: Room, left: number, right: number, texts: readonly string[]): Placed | null {
  for (const text of texts) {
    const wide = wordsWidth(text);
    const spots = [
      { anchor: "start", x: right + BESIDE, from: right + BESIDE },
      { anchor: "end", x: left - BESIDE, from: left - BESIDE - wide },
    ] as const;
    for (const { anchor, x, from } of spots) {
      const to = from + wide;
      if (from < 0 || to > room.width || room.taken.some((span) => span.from < to && from < span.to))
        continue;
      room.taken.push({ from, to });
      return { x, anchor, text };
    }
  }
  return null;
}
