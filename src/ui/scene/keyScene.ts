// SPDX-License-Identifier: GPL-2.0-only
// What the marks mean: each one as it is drawn in the rows, beside its word.

import type { LabEvent, Play } from "../../engine/index.ts";
import { hatchCircle } from "./hatch.ts";
import type { Mark } from "./mark.ts";
import { isWrapped } from "./memslots.ts";

export interface KeyEntry {
  readonly word: string;
  /** In a box of 20 by 20 pixels. */
  readonly marks: readonly Mark[];
}

const disc = (look: Mark["look"]): Mark => ({ shape: "circle", key: look, look, cx: 10, cy: 10, r: 8.5 });
const cell = (look: Mark["look"]): Mark => ({
  ...{ shape: "rect", key: look, look, x: 4.5, y: 1.5, width: 12, height: 17 },
});

/** A page's mark that the machine has found its frame bad; `x`, `y` is its middle. */
export const badPath = (x: number, y: number): string => `M${x} ${y - 6}v7m0 2.5v2.5`;

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

/** I1 to I3 are about starts and ends that do not pair. */
export const isUnpaired = ({ invariant }: { readonly invariant: string }): boolean =>
  ["I1", "I2", "I3"].includes(invariant);

/** What most runs have nothing of: it stands in the key of those that do. */
export const KEY_RARE: readonly KeyEntry[] = [
  {
    word: "bad page",
    marks: [
      cell("allocated"),
      { shape: "rect", key: "plate", look: "clear", x: 7, y: 3.5, width: 7, height: 13 },
      { shape: "path", key: "bad", look: "bad", d: badPath(10.5, 10) },
    ],
  },
  {
    word: "wrapped",
    marks: [
      { shape: "rect", key: "wrapped", look: "wrapped", x: 5.5, y: 5.5, width: 9, height: 9 },
      { shape: "rect", key: "core", look: "needed", x: 8.5, y: 8.5, width: 3, height: 3 },
    ],
  },
];

const wordsIn = new WeakMap<Play, ReadonlySet<string>>();

/**
 * The key of `plays`: of KEY_RARE those that one of them has something of, in the place of `unpaired` where none has
 * that, so that the key is no higher for it. Each play is read once.
 */
export function keyOf(plays: readonly Play[]): readonly KeyEntry[] {
  const words = plays.map((play) => {
    const known =
      wordsIn.get(play) ?? new Set(play.recording.steps.flatMap(({ events }) => rareWords(play, events)));
    wordsIn.set(play, known);
    return known;
  });
  const rare = KEY_RARE.filter(({ word }) => words.some((own) => own.has(word)));
  const isPaired = plays.every(({ findings }) => findings.every((found) => !isUnpaired(found)));
  return rare.length === 0
    ? KEY
    : KEY.flatMap((entry) => (entry.word !== "unpaired" ? [entry] : isPaired ? rare : [entry, ...rare]));
}

const rareWords = ({ memslots }: Play, events: readonly LabEvent[]): string[] =>
  events.flatMap((event) => {
    if (event.type === "poison.entered" && event.pfn !== null) return ["bad page"];
    return event.type === "notifier.start" && isWrapped(memslots[event.notifier], event) ? ["wrapped"] : [];
  });
