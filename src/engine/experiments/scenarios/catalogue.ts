// SPDX-License-Identifier: GPL-2.0-only
// The built-in scenarios by name, in the order of the picker.

import type { ScenarioDocument } from "./document.ts";
import { tA12, tAAll, tAMany } from "./tA.ts";
import { tB1, tB2 } from "./tB.ts";
import { tC1, tC2, tC3 } from "./tC.ts";
import { tD } from "./tD.ts";
import { tF } from "./tF.ts";
import { tH } from "./tH.ts";

/** A scenario that is written in code, or one that is fetched from `public/scenarios` when it is chosen. */
export type BuiltIn = { readonly name: string; readonly title: string } & (
  | { readonly document: () => ScenarioDocument }
  | { readonly file: string }
);

const inCode = (name: string, title: string, document: () => ScenarioDocument): BuiltIn => ({
  name,
  title,
  document,
});

export const BUILT_INS: readonly BuiltIn[] = [
  inCode("t-a-12", "Punch [18, 22): 64 pages, 12 memslots", tA12),
  inCode("t-a-512", "One page of 512 memslots", tAMany(512)),
  inCode("t-a-4096", "One page of 4,096 memslots", tAMany(4_096)),
  inCode("t-a-all", "The whole file of 4,096 memslots", tAAll),
  inCode("t-b1", "A lost end", tB1),
  inCode("t-b2", "A lost start", tB2),
  inCode("t-c1", "A neighbour refused", tC1),
  inCode("t-c2", "Neighbours called for nothing", tC2),
  inCode("t-c3", "One memslot called twice", tC3),
  inCode("t-d", "One binding, three entries", tD),
  inCode("t-f", "A shared binding refused", tF),
  inCode("t-h", "Two punches at once", tH),
  { name: "q35-boot", title: "A real machine boots: QEMU q35, 43 memslot calls", file: "q35-boot.json" },
];

/** The built-in of that name, or null. */
export const builtIn = (name: string): BuiltIn | null =>
  BUILT_INS.find((known) => known.name === name) ?? null;
