// SPDX-License-Identifier: GPL-2.0-only
// Whose data a guest finds behind a translation: who wrote there last, and which page the frame is now.

import {
  generationOf,
  isPoisoned,
  type Leaf,
  type Pfn,
  pagesPerLeaf,
  refsOf,
  tagOf,
  type World,
  writerOf,
  xaEntries,
  xaToPointer,
} from "../../engine/index.ts";

/** Past the highest page that a file can have. */
const PAGES_MAX = 2 ** 51;

/** `holds what vm1/vcpu0 wrote` */
function writtenText({ memory }: World, pfn: Pfn): string {
  const writer = writerOf(memory, tagOf(memory, pfn));
  const bad = isPoisoned(memory, pfn) ? "is bad and " : "";
  return `${bad}${writer === null ? "holds zeroes" : `holds what ${writer} wrote`}`;
}

/** The first gfn of `leaf` whose frame was freed since it was made, or null. */
export function freedGfn(world: World, leaf: Leaf): number | null {
  for (let gfn = leaf.gfn; gfn < leaf.gfn + pagesPerLeaf(leaf.level); gfn++)
    if (isFreed(world, leaf, gfn)) return gfn;
  return null;
}

/** The gfns of `leaf` whose frames were freed since it was made, ascending. */
export function freedGfns(world: World, leaf: Leaf): number[] {
  const all = Array.from({ length: pagesPerLeaf(leaf.level) }, (_, k) => leaf.gfn + k);
  return all.filter((gfn) => isFreed(world, leaf, gfn));
}

/** Whether the frame at `gfn` was freed since `leaf` was made. */
export const isFreed = ({ memory }: World, leaf: Leaf, gfn: number): boolean =>
  generationOf(memory, frameAt(leaf, gfn)) !== leaf.generation;

/** `to pfn 5, which holds zeroes`, or `to pfn 5, which was freed, is page 0 of f1 now and holds what vm1/vcpu0 wrote`. */
export function behindText(world: World, leaf: Leaf, gfn: number): string {
  const pfn = frameAt(leaf, gfn);
  const written = writtenText(world, pfn);
  if (!isFreed(world, leaf, gfn)) return `to pfn ${pfn}, which ${written}`;
  const owner = refsOf(world.memory, pfn) === 0 ? "nobody's" : (pageOf(world, pfn) ?? "somebody else's");
  return `to pfn ${pfn}, which was freed, is ${owner} now and ${written}`;
}

const frameAt = (leaf: Leaf, gfn: number): Pfn => (leaf.pfn + gfn - leaf.gfn) as Pfn;

/** `page 0 of f1`, the one that has frame `pfn`; null where no file has it. */
function pageOf({ files }: World, pfn: Pfn): string | null {
  for (const [name, { memfd }] of Object.entries(files))
    for (const { first, last, entry } of xaEntries(memfd.iPages, 0, PAGES_MAX)) {
      const into = pfn - xaToPointer(entry);
      if (into >= 0 && into <= last - first) return `page ${first + into} of ${name}`;
    }
  return null;
}
