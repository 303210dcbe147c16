// SPDX-License-Identifier: GPL-2.0-only
// One entry of a table as a number: nothing, the table below, or a leaf.
//
// Models    what an SPTE says about where to go on; printed.ts gives its bits
// Left out  rights, accessed and dirty bits: a leaf allows everything, as KVM's do for private memory

import { assert } from "../../assert.ts";
import type { Pfn } from "../../units.ts";

declare const table: unique symbol;

/** Names a table of one VM; stays its name until the table is given back. */
export type TableId = number & { readonly [table]: never };

/** 0 is none; odd is a leaf, of which the bit above says whether it is large; any other even one names a table. */
type Spte = number;

export const SPTE_NONE: Spte = 0;

/** As many frames as a host can have at most. With the two bits below, 27 bits are left for the generation. */
export const PFN_SPAN = 2 ** 24;
const GENERATION_SPAN = 2 ** 27;

export const spteOfTable = (id: TableId): Spte => 2 * (id + 1);

/** A leaf; `large`: one that stands above level 1. */
export function spteOfLeaf(pfn: Pfn, generation: number, large: boolean): Spte {
  assert(pfn >= 0 && pfn < PFN_SPAN, () => `pfn ${pfn} does not fit below ${PFN_SPAN}`);
  assert(generation < GENERATION_SPAN, () => `generation ${generation} of pfn ${pfn} ≥ ${GENERATION_SPAN}`);
  return (generation * PFN_SPAN + pfn) * 4 + (large ? 3 : 1);
}

export const spteIsLeaf = (spte: Spte): boolean => spte % 2 === 1;

export const spteIsTable = (spte: Spte): boolean => spte !== SPTE_NONE && spte % 2 === 0;

/** The table that `spte` names, where it names one. */
export const spteTable = (spte: Spte): TableId => (spte / 2 - 1) as TableId;

/** The fields of `spte`, where it is a leaf. */
export const sptePfn = (spte: Spte): Pfn => (Math.floor(spte / 4) % PFN_SPAN) as Pfn;
export const spteGeneration = (spte: Spte): number => Math.floor(spte / 4 / PFN_SPAN);
export const spteIsLarge = (spte: Spte): boolean => spte % 4 === 3;
