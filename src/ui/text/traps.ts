// SPDX-License-Identifier: GPL-2.0-only
// The traps that built-in scenarios name as the cause of a finding, each in a sentence or two. Ids with a T- are those of
// the sources that were read; Lab- is what this project found by itself.

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
  "T-b3": {
    text: "A slot that is deleted and made again between the walks loses an end, and its successor a start: the sum is right by luck.",
    confidence: ["S"],
  },
  "T-b4": {
    text: "A slot that registers between the start walk and the freeing can map a page that is about to go: neither the count nor the sequence number knows of the punch.",
    confidence: ["D"],
  },
  "T-l1": {
    text: "Without the sequence number a fault cannot tell that a whole punch has come and gone since it got its page.",
    confidence: ["S", "D"],
  },
  "T-l2": {
    text: "Without the count a fault that began after the zap cannot tell that the pages are just being freed.",
    confidence: ["S", "D"],
  },
  "T-l5": {
    text: "Without a flush before the freeing a vCPU in the guest goes on using what it has cached.",
    confidence: ["S", "D"],
  },
  "T-n": {
    text: "Neither tying a slot to the file nor getting a page looks at the size of the file.",
    confidence: ["S", "D"],
  },
  "T-q": {
    text: "Whatever errno the file answers, KVM sends the guest back to fault again.",
    confidence: ["S", "D"],
  },
  "T-r": {
    text: "The store of a binding can run out of memory, and bind does not look: the slot is there, and no page of it is bound.",
    confidence: ["S", "D"],
  },
  "T-ah": {
    text: "An offset from 2^63 on passes v10's checks, and is kept as a negative number.",
    confidence: ["S", "D"],
  },
  "T-c": {
    text: "An xarray call wants the last index, and is handed the end, which is the index after it: each binding takes one page too many.",
    confidence: ["S", "M"],
  },
  "Lab-1": {
    text: "The last test of a fault asks for one gfn, and a large leaf maps others too: it can cover a hole that is just being punched. This project derived it, and knows of nobody else who names it.",
    confidence: ["D"],
  },
};

/** What trap `id` is, or null where no built-in scenario names it. */
export const trapById = (id: string): Trap | null => TRAPS[id] ?? null;
