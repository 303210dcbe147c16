// SPDX-License-Identifier: GPL-2.0-only
// The traps that built-in scenarios name as the cause of a finding, each in one sentence.

/** Where a claim about the kernel comes from, by the tag that stands behind it. */
export const CONFIDENCE = {
  S: "read in source code",
  M: "stated on a mailing list",
  D: "derived from the source, not confirmed by a maintainer",
} as const;

export interface Trap {
  readonly text: string;
  readonly confidence: readonly (keyof typeof CONFIDENCE)[];
}

const TRAPS: Readonly<Record<string, Trap>> = {
  "T-b1": {
    text: "The mutex is free between the two walks: a slot that unregisters there never hears the end.",
    confidence: ["S"],
  },
  "T-b2": {
    text: "The mutex is free between the two walks: a slot that registers there hears an end without a start.",
    confidence: ["S"],
  },
  "T-c": {
    text: "An xarray call wants the last index, and is handed the end, which is the index after it: each binding takes one page too many.",
    confidence: ["S", "M"],
  },
};

/** What trap `id` is, or null where no built-in scenario names it. */
export const trapById = (id: string): Trap | null => TRAPS[id] ?? null;
