// SPDX-License-Identifier: GPL-2.0-only
// Guest mappings: which gfn maps to which frame, and to which life of that frame.
//
// Models    the leaves of the second-level tables
// Left out  levels, large leaves, TLBs. A viewer sees one mark a gfn.

import { assert } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import { runsOf } from "../shmem/runs.ts";
import type { PageRange } from "../shmem/events.ts";
import { XA_INDEX_MAX, xaErase, xaVisits, xaLoad, xaMkValue, xaStore, xaToValue } from "../xarray/index.ts";
import type { GfnRange, Kvm } from "./kvm.ts";

/** A present leaf. A generation older than the frame's own is a mapping of a page that was freed since. */
export interface Mapping {
  readonly pfn: Pfn;
  readonly generation: number;
}

/** Frames are far fewer than 2^24; what is left of a value entry's 51 bits holds the generation. */
const PFN_SPAN = 2 ** 24;

/** The mapping of `gfn`, or null. */
export function mappingOf(kvm: Kvm, gfn: number): Mapping | null {
  const entry = xaLoad(kvm.mappings, gfn);
  return entry === 0 ? null : unpack(entry);
}

/** Installs a leaf where there is none. */
export function installMapping(kvm: Kvm, gfn: number, { pfn, generation }: Mapping): void {
  assert(pfn < PFN_SPAN, `pfn ${pfn} does not fit below ${PFN_SPAN}`);
  xaStore(kvm.mappings, gfn, xaMkValue(generation * PFN_SPAN + pfn));
}

/** The mappings of gfn [start, end) in order. */
export const mappingsIn = (kvm: Kvm, start: number, end: number): ({ gfn: number } & Mapping)[] =>
  xaVisits(kvm.mappings, start, end - 1).map(({ index, entry }) => ({
    gfn: index,
    ...unpack(entry),
  }));

/** Makes the leaves of `range` non-present. Returns the runs of gfns that were mapped, and how many. */
export function zapMappings(kvm: Kvm, range: GfnRange): { sptes: number; zapped: PageRange[] } {
  const gfns: number[] = [];
  // A wrapped range (T-o) ends far above any gfn that can be mapped.
  const last = Math.min(Number(range.end - 1n), XA_INDEX_MAX);
  for (const { index } of xaVisits(kvm.mappings, Number(range.start), last)) {
    xaErase(kvm.mappings, index);
    gfns.push(index);
  }
  return { sptes: gfns.length, zapped: runsOf(gfns) };
}

function unpack(entry: number): Mapping {
  const packed = xaToValue(entry);
  return { pfn: (packed % PFN_SPAN) as Pfn, generation: Math.floor(packed / PFN_SPAN) };
}
