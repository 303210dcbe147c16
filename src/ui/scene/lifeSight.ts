// SPDX-License-Identifier: GPL-2.0-only
// What can be seen of one page of a file after a step: its frame, what became of the frames that it had before, and
// which guests still come to them.

import {
  findFolio,
  generationOf,
  isPoisoned,
  type LabEvent,
  type LeafLevel,
  type Pfn,
  type Play,
  refsOf,
  tagOf,
  tdpLeavesIn,
  tlbFind,
  type World,
  writerOf,
  xaEntries,
  xaToPointer,
} from "../../engine/index.ts";

/** A page of a file, and where the guests have it: the gfns of all memslots that ever reached it. */
export interface Followed {
  readonly file: string;
  readonly page: number;
  readonly gfns: readonly { readonly vm: string; readonly gfn: number }[];
}

/** A page of some file. */
export interface PageName {
  readonly file: string;
  readonly page: number;
}

/** A frame that is the page's, or was. */
export interface FrameSight {
  readonly pfn: Pfn;
  /** How often it had been freed when the page got it, and how often it has been by now. */
  readonly generation: number;
  readonly generationNow: number;
  readonly refs: number;
  /** Who wrote it last; null where it holds zeroes. */
  readonly writer: string | null;
  /** The machine has found it bad: once free, nobody is given it again. */
  readonly isBad: boolean;
  /** Whose it has become since the page lost it; null of the page's own and of a free one. */
  readonly taker: PageName | null;
}

/** A translation by which a guest comes to a frame that is or was the page's. */
export interface Reach {
  readonly vm: string;
  /** The vCPU that has it cached where the tables lead there no more; null where they do. */
  readonly vcpu: string | null;
  readonly gfn: number;
  readonly level: LeafLevel;
  readonly frame: FrameSight;
}

export interface Sight {
  /** The page's own frame; null in a hole. */
  readonly frame: FrameSight | null;
  /** Of the folio that the page is part of, or was last: 0, 9, 18. */
  readonly order: number;
  /** The two frames that the page had last, the latest at the end, and before them those that a guest still comes to. */
  readonly frames: readonly FrameSight[];
  readonly reaches: readonly Reach[];
}

/** Page `page` of `file`, to be followed through `play`. */
export function followed({ memslots }: Play, file: string, page: number): Followed {
  const all = memslots
    .filter((slot) => slot.file === file && slot.pgoff <= page && page < slot.pgoff + slot.npages)
    .map(({ vm, baseGfn, pgoff }) => ({ vm, gfn: baseGfn + page - pgoff }));
  return { file, page, gfns: [...new Map(all.map((at) => [`${at.vm} ${at.gfn}`, at])).values()] };
}

/** The guest reads another page than the file's. */
export const isStale = ({ frame }: Reach): boolean => frame.generationNow !== frame.generation;

/** The page as it is in `world`, after a step that told `events`; `before` is how it was seen before that step. */
export function sightOf(
  world: World,
  own: Followed,
  before: Sight | null,
  events: readonly LabEvent[],
): Sight {
  const memfd = world.files[own.file]?.memfd;
  const folio = memfd === undefined ? null : findFolio(memfd, own.page);
  const pfn = folio === null ? null : ((folio.pfn + own.page - folio.first) as Pfn);
  const known = (before?.frames ?? []).map((frame) => frameNow(world, own, frame, pfn, events));
  const last = known.at(-1);
  const isNew = pfn !== null && (last?.pfn !== pfn || last.generation !== last.generationNow);
  const frames = isNew ? [...known, newFrame(world, pfn)] : known;
  const reaches = own.gfns.flatMap(({ vm, gfn }) => reachesAt(world, vm, gfn, frames));
  return {
    frame: pfn === null ? null : (frames.at(-1) ?? null),
    order: folio?.order ?? before?.order ?? 0,
    frames: frames.filter((frame, k) => k >= frames.length - 2 || reaches.some((at) => at.frame === frame)),
    reaches,
  };
}

function newFrame({ memory }: World, pfn: Pfn): FrameSight {
  const generation = generationOf(memory, pfn);
  const writer = writerOf(memory, tagOf(memory, pfn));
  const isBad = isPoisoned(memory, pfn);
  return {
    pfn,
    generation,
    generationNow: generation,
    refs: refsOf(memory, pfn),
    writer,
    isBad,
    taker: null,
  };
}

function frameNow(
  world: World,
  own: Followed,
  before: FrameSight,
  pfn: Pfn | null,
  events: readonly LabEvent[],
): FrameSight {
  const now = newFrame(world, before.pfn);
  const isGone = now.generation !== before.generation;
  const taker =
    !isGone || now.refs === 0
      ? null
      : pfn === before.pfn
        ? { file: own.file, page: own.page }
        : ((now.generation === before.generationNow ? before.taker : null) ??
          takerOf(world, before.pfn, events));
  return { ...now, generation: before.generation, generationNow: now.generation, taker };
}

/** The page that got frame `pfn` in a step that told `events`, as far as these say where to look. */
function takerOf(world: World, pfn: Pfn, events: readonly LabEvent[]): PageName | null {
  for (const { file, start, end } of events.flatMap((event) => givenBy(world, event))) {
    const memfd = world.files[file]?.memfd;
    if (memfd === undefined) continue;
    for (const { first, last, entry } of xaEntries(memfd.iPages, start, end - 1)) {
      const into = pfn - xaToPointer(entry);
      if (into >= 0 && into <= last - first) return { file, page: first + into };
    }
  }
  return null;
}

/** File pages [start, end) that may have come into being with `event`. */
function givenBy(world: World, event: LabEvent): { file: string; start: number; end: number }[] {
  switch (event.type) {
    case "page.got":
      return [{ file: event.file, start: event.index, end: event.index + 1 }];
    case "shmem.allocated":
    case "pages.assumed":
      return [event];
    case "guest.mapped":
      return (world.vms[event.vm]?.slotsByGfn ?? []).flatMap((id) => {
        const { file = null, baseGfn = 0, npages = 0, pgoff = 0 } = world.memslots[id] ?? {};
        const start = Math.max(event.start, baseGfn) - baseGfn + pgoff;
        const end = Math.min(event.end, baseGfn + npages) - baseGfn + pgoff;
        return file === null || start >= end ? [] : [{ file, start, end }];
      });
    default:
      return [];
  }
}

function reachesAt(world: World, vm: string, gfn: number, frames: readonly FrameSight[]): Reach[] {
  const kvm = world.vms[vm];
  if (kvm === undefined) return [];
  const reach = (leaf: Leaf | null | undefined, vcpu: string | null): Reach[] => {
    const pfn = leaf ? leaf.pfn + gfn - leaf.gfn : null;
    const frame = frames.find((own) => own.pfn === pfn && own.generation === leaf?.generation);
    return leaf && frame ? [{ vm, vcpu, gfn, level: leaf.level, frame }] : [];
  };
  const mapped = reach(tdpLeavesIn(kvm.tdp, gfn, gfn + 1)[0], null);
  // One that flushes before it enters the guest again uses nothing of what it has cached.
  const cached = kvm.vcpus
    .filter(({ flushRequested, state }) => !flushRequested || state === "guest")
    .flatMap(({ id, tlb }) => reach(tlbFind(tlb, gfn), `${vm}/vcpu${id}`))
    .filter(({ frame }) => mapped[0]?.frame !== frame);
  return [...mapped, ...cached];
}

type Leaf = ReturnType<typeof tdpLeavesIn>[number];
