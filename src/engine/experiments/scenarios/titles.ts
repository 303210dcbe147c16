// SPDX-License-Identifier: GPL-2.0-only
// The built-in scenarios by name and title, in the order of the picker. Apart from their documents: a list of them
// needs none, and the page fetches all but the first when one is chosen.

export const TITLES = {
  "t-a-12": "Punch [18, 22): 64 pages, 12 memslots",
  "t-a-512": "One page of 512 memslots",
  "t-a-4096": "One page of 4,096 memslots",
  "t-a-32764": "Four pages of 32,764 memslots",
  "t-a-all": "The whole file of 4,096 memslots",
  "t-b1": "A lost end",
  "t-b2": "A lost start",
  "t-c1": "A neighbour refused",
  "t-c2": "Neighbours called for nothing",
  "t-c3": "One memslot called twice",
  "t-d": "One binding, three entries",
  "t-f": "A shared binding refused",
  "t-h": "Two punches at once",
  "q35-boot": "A real machine: QEMU q35 boots",
  "q35-balloon": "A real machine: 8,632 holes of a QEMU q35",
} as const;

export type BuiltInName = keyof typeof TITLES;

/** The names, in the order of the picker. */
export const BUILT_IN_NAMES = Object.keys(TITLES) as readonly BuiltInName[];
