// SPDX-License-Identifier: GPL-2.0-only
// The built-in scenarios with what they are made of, in the order of the picker.

import type { ScenarioDocument } from "./document.ts";
import { Q35_BALLOON_FILES, q35Balloon } from "./q35Balloon.ts";
import { tA12 } from "./tA12.ts";
import { tAAll, tALimit, tAMany } from "./tAMany.ts";
import { tB1, tB2 } from "./tB.ts";
import { tB2Guest, tB3, tB4 } from "./tBGuest.ts";
import { tC1, tC2, tC3 } from "./tC.ts";
import { tD } from "./tD.ts";
import { tF } from "./tF.ts";
import { tH } from "./tH.ts";
import { tL1, tL1Off, tL2, tL2Off, tL3, tL4, tL5, tL5Off } from "./tL.ts";
import { tL5Four } from "./tL5Four.ts";
import { tM1, tM2, tM3, tM4 } from "./tM.ts";
import { tAh, tO } from "./tO.ts";
import { tQ } from "./tQ.ts";
import { tR } from "./tR.ts";
import { tE1, tE4, tN, tP } from "./tSize.ts";
import { tU } from "./tU.ts";
import { tUser } from "./tUser.ts";
import { BUILT_IN_NAMES, type BuiltInName, TITLES } from "./titles.ts";

/**
 * A scenario that is written in code; one that is fetched from `public/scenarios` when it is chosen; or a recording,
 * whose log and memory map are read when it is chosen, and `capture.document` makes a scenario of what was read.
 */
type Source =
  | { readonly document: () => ScenarioDocument }
  | { readonly file: string }
  | { readonly capture: CaptureSource };

export interface CaptureSource {
  /** Paths from `public`. */
  readonly log: string;
  readonly map: string;
  document(imported: ScenarioDocument): ScenarioDocument;
}

export type BuiltIn = { readonly name: string; readonly title: string } & Source;

const SOURCES: Record<BuiltInName, Source> = {
  "t-a-12": { document: tA12 },
  "t-a-512": { document: tAMany(512) },
  "t-a-4096": { document: tAMany(4_096) },
  "t-a-32764": { document: tALimit },
  "t-a-all": { document: tAAll },
  "t-b1": { document: tB1 },
  "t-b2": { document: tB2 },
  "t-b2-5": { document: tB2Guest },
  "t-b3": { document: tB3 },
  "t-b4": { document: tB4 },
  "t-c1": { document: tC1 },
  "t-c2": { document: tC2 },
  "t-c3": { document: tC3 },
  "t-d": { document: tD },
  "t-e1": { document: tE1 },
  "t-e4": { document: tE4 },
  "t-f": { document: tF },
  "t-h": { document: tH },
  "t-l1": { document: tL1 },
  "t-l1-off": { document: tL1Off },
  "t-l2": { document: tL2 },
  "t-l2-off": { document: tL2Off },
  "t-l3": { document: tL3 },
  "t-l4": { document: tL4 },
  "t-l5": { document: tL5 },
  "t-l5-off": { document: tL5Off },
  "t-l5-4": { document: tL5Four },
  "t-m1": { document: tM1 },
  "t-m2": { document: tM2 },
  "t-m3": { document: tM3 },
  "t-m4": { document: tM4 },
  "t-n": { document: tN },
  "t-o": { document: tO },
  "t-p": { document: tP },
  "t-q": { document: tQ },
  "t-r": { document: tR },
  "t-u": { document: tU },
  "t-ah": { document: tAh },
  "t-user": { document: tUser },
  "q35-boot": { file: "q35-boot.json" },
  "q35-balloon": { capture: { ...Q35_BALLOON_FILES, document: q35Balloon } },
};

export const BUILT_INS: readonly BuiltIn[] = BUILT_IN_NAMES.map((name) => ({
  name,
  title: TITLES[name],
  ...SOURCES[name],
}));

/** The built-in of that name, or null. */
export const builtIn = (name: string): BuiltIn | null =>
  BUILT_INS.find((known) => known.name === name) ?? null;
