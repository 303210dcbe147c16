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
  "t-b2-5": "A lost start, and the next punch",
  "t-b3": "A lost end and a lost start",
  "t-b4": "A freed page that is still mapped",
  "t-c1": "A neighbour refused",
  "t-c2": "Neighbours called for nothing",
  "t-c3": "One memslot called twice",
  "t-d": "One binding, three entries",
  "t-e1": "A hole beyond the end of the file",
  "t-e4": "A range that would wrap around",
  "t-f": "A shared binding refused",
  "t-h": "Two punches at once",
  "t-l1": "A punch inside a fault",
  "t-l1-off": "A punch inside a fault, without the sequence test",
  "t-l2": "A fault inside a punch",
  "t-l2-off": "A fault inside a punch, without the count test",
  "t-l3": "A fault elsewhere, sent back for nothing",
  "t-l4": "Two memslots far apart, one tracked range",
  "t-l5": "A cached translation",
  "t-l5-off": "A cached translation, without the flush",
  "t-l5-4": "Four vCPUs, one flush",
  "t-m1": "One page of a 2 MiB leaf",
  "t-m2": "One page of a 1 GiB leaf",
  "t-m3": "A large page that cannot be split",
  "t-m4": "A large leaf over the hole",
  "t-n": "Pages beyond the size",
  "t-o": "A sum that wraps around",
  "t-p": "A size of 100 bytes",
  "t-q": "An error that becomes a loop",
  "t-r": "A bind that binds nothing",
  "t-u": "A bad page that nobody hears of",
  "t-ah": "An offset of 2^63 bytes",
  "t-user": "User space is refused",
  "q35-boot": "A real machine: QEMU q35 boots",
  "q35-balloon": "A real machine: 8,632 holes of a QEMU q35",
} as const;

export type BuiltInName = keyof typeof TITLES;

/** The names, in the order of the picker. */
export const BUILT_IN_NAMES = Object.keys(TITLES) as readonly BuiltInName[];
