// SPDX-License-Identifier: GPL-2.0-only
// The sign in front of a moment: the mark that the rows have for it, where they have one.

import { KEY, KEY_RARE } from "./keyScene.ts";
import type { MomentKind } from "./lifeMoment.ts";
import type { Mark } from "./mark.ts";

const ofKey = (word: string): readonly Mark[] =>
  [...KEY, ...KEY_RARE].find((entry) => entry.word === word)?.marks ?? [];

const dot = (look: Mark["look"], r: number): readonly Mark[] => [
  { shape: "circle", key: look, look, cx: 10, cy: 10, r },
];
const cell = (look: Mark["look"]): readonly Mark[] => [
  { shape: "rect", key: look, look, x: 4.5, y: 1.5, width: 12, height: 17 },
];
const path = (look: Mark["look"], d: string): readonly Mark[] => [{ shape: "path", key: look, look, d }];

/** In a box of 20 by 20 pixels. */
export const SIGNS: Readonly<Record<MomentKind, readonly Mark[]>> = {
  hole: ofKey("hole"),
  page: ofKey("page"),
  slot: [{ shape: "rect", key: "slot", look: "slot", x: 1.5, y: 4.5, width: 17, height: 11, rx: 2 }],
  mapped: [{ shape: "rect", key: "mapped", look: "mapped", x: 6.5, y: 6.5, width: 7, height: 7 }],
  wrote: dot("dots", 3),
  held: dot("unbound", 4),
  told: dot("needed", 6),
  notTold: dot("notCalled", 6),
  unpaired: ofKey("unpaired"),
  back: path("unbound", "M8 5L4.5 8.5 8 12M4.5 8.5H12a3.5 3.5 0 0 1 0 7H9"),
  zapped: ofKey("zapped"),
  flushed: path("flushed", "M10 4.5l5.5 10h-11z"),
  left: cell("freed"),
  freed: ofKey("freed"),
  bad: ofKey("bad page"),
  taken: [
    ...cell("allocated"),
    { shape: "rect", key: "its", look: "lookup", x: 3, y: 0.5, width: 15, height: 19, rx: 2 },
  ],
  stale: ofKey("stale"),
};
