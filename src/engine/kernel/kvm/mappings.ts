// SPDX-License-Identifier: GPL-2.0-only
// Guest mappings: which gfn maps to which frame, and to which life of that frame.
//
// Models    the leaves of the second-level tables
// Left out  levels, large leaves, TLBs. A viewer sees one mark a gfn.

import { assert } from "../../assert.ts";
import type { Pfn } from "../../units.ts";
import { generationOf, type HostMemory } from "../shmem/memory.ts";
import { runsOf } from "../shmem/runs.ts";
import type { PageRange } from "../shmem/events.ts";
import {
  XA_INDEX_MAX,
  xaEraseEach,
  xaLoad,
  xaMkValue,
  xaStoreEach,
  xaToValue,
  xaVisits,
} from "../xarray/index.ts";
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
  return entry === 0 ? null : mappingIn(entry);
}

/** Installs the leaves of gfn [gfn, gfn + pfns.length), where there are none, on the frames as they live now. */
export function installMappings(kvm: Kvm, memory: HostMemory, gfn: number, pfns: readonly Pfn[]): void {
  xaStoreEach(kvm.mappings, gfn, gfn + pfns.length - 1, (index) => {
    const pfn = pfns[index - gfn] as Pfn;
    assert(pfn < PFN_SPAN, () => `pfn ${pfn} does not fit below ${PFN_SPAN}`);
    return xaMkValue(generationOf(memory, pfn) * PFN_SPAN + pfn);
  });
}

/** The runs of gfns of [start, end) that are not mapped, half open, ascending. */
export function unmappedRuns(kvm: Kvm, start: number, end: number): PageRange[] {
  const runs: PageRange[] = [];
  let from = start;
  for (const { index } of xaVisits(kvm.mappings, start, end - 1)) {
    if (index > from) runs.push([from, index]);
    from = index + 1;
  }
  if (from < end) runs.push([from, end]);
  return runs;
}

/** The mappings of gfn [start, end) in order. */
export const mappingsIn = (kvm: Kvm, start: number, end: number): ({ gfn: number } & Mapping)[] =>
  xaVisits(kvm.mappings, start, end - 1).map(({ index, entry }) => ({
    gfn: index,
    ...mappingIn(entry),
  }));

/** Makes the leaves of `range` non-present. Returns the runs of gfns that were mapped, and how many. */
export function zapMappings(kvm: Kvm, range: GfnRange): { sptes: number; zapped: PageRange[] } {
  const gfns: number[] = [];
  // A wrapped range (T-o) ends far above any gfn that can be mapped.
  const last = Math.min(Number(range.end - 1n), XA_INDEX_MAX);
  xaEraseEach(kvm.mappings, Number(range.start), last, (index) => gfns.push(index));
  return { sptes: gfns.length, zapped: runsOf(gfns) };
}

/** The mapping that an entry of `kvm.mappings` stands for. */
export function mappingIn(entry: number): Mapping {
  const packed = xaToValue(entry);
  return { pfn: (packed % PFN_SPAN) as Pfn, generation: Math.floor(packed / PFN_SPAN) };
}
