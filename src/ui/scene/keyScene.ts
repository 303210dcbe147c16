// SPDX-License-Identifier: GPL-2.0-only
// What the marks mean: each one as it is drawn in the rows, beside its word.

import { hatchCircle } from "./hatch.ts";
import type { Mark } from "./mark.ts";

export interface KeyEntry {
  readonly word: string;
  /** In a box of 20 by 20 pixels. */
  readonly marks: readonly Mark[];
}

const disc = (look: Mark["look"]): Mark => ({ shape: "circle", key: look, look, cx: 10, cy: 10, r: 8.5 });
const cell = (look: Mark["look"]): Mark => ({
  ...{ shape: "rect", key: look, look, x: 4.5, y: 1.5, width: 12, height: 17 },
});

export const KEY: readonly KeyEntry[] = [
  { word: "needed", marks: [disc("needed")] },
  {
    word: "wasted",
    marks: [disc("wasted"), { shape: "path", key: "hatch", look: "hatch", d: hatchCircle(10, 10, 7.5) }],
  },
  { word: "not called", marks: [disc("notCalled")] },
  { word: "page", marks: [cell("allocated")] },
  { word: "hole", marks: [cell("hole")] },
  { word: "freed", marks: [cell("freed"), { shape: "path", key: "slash", look: "slash", d: "M7 15L14 5" }] },
  { word: "zapped", marks: [{ shape: "path", key: "zapped", look: "zapped", d: "M6 6l8 8m0-8l-8 8" }] },
  {
    word: "punched",
    marks: [
      cell("allocated"),
      { shape: "rect", key: "cut", look: "cutEdge", x: 4.5, y: 15.5, width: 12, height: 4 },
    ],
  },
  {
    word: "look-up",
    marks: [{ shape: "rect", key: "lookup", look: "lookup", x: 4, y: 1, width: 13, height: 18, rx: 2 }],
  },
  {
    word: "refused",
    marks: [{ shape: "rect", key: "refused", look: "slotRefused", x: 1, y: 4, width: 18, height: 12, rx: 2 }],
  },
  {
    word: "unpaired",
    marks: [
      { shape: "rect", key: "unpaired", look: "broken", x: 1.5, y: 3.5, width: 17, height: 13, rx: 6.5 },
      { shape: "rect", key: "start", look: "needed", x: 6, y: 6, width: 8, height: 8 },
    ],
  },
  { word: "stale", marks: [{ shape: "path", key: "stale", look: "stale", d: "M10 4l6 6-6 6-6-6z" }] },
];
