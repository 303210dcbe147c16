// SPDX-License-Identifier: GPL-2.0-only
// What has happened to a page in a step: read off what was to be seen of it before and after, and off what was told.

import type { LabEvent, LeafLevel } from "../../engine/index.ts";
import { countText } from "../text/number.ts";
import type { Said } from "./lifeMoment.ts";
import { type Followed, type FrameSight, isStale, type Reach, type Sight } from "./lifeSight.ts";

/** How the page is when the run begins. */
export function firstOf(now: Sight, isAssumed: boolean): Said[] {
  if (now.frame === null)
    return [{ kind: "hole", text: isAssumed ? "taken to be there, as a recording does not tell" : "a hole" }];
  return [
    { kind: "page", text: `allocated: pfn ${now.frame.pfn}${folioText(now.order)}` },
    ...now.reaches.map((reach) => ({ kind: "mapped" as const, text: mappedText(reach) })),
  ];
}

/** What changed from `before` to `now`, in the order in which it matters. */
export function changesBetween(
  before: Sight,
  now: Sight,
  events: readonly LabEvent[],
  own: Followed,
): Said[] {
  return [
    ...pageChange(before, now, events, own),
    ...lost(before, now, events),
    ...gained(before, now, events),
    ...written(before, now, events),
    ...frameChanges(before, now, own),
    ...stale(before, now),
  ];
}

/** `vm0 still maps it: gfn 5 reads what vm1 wrote`, of a reach that leads to another page than the file's. */
export function staleText({ vm, vcpu, gfn, frame }: Reach): string {
  const who = vcpu === null ? `${vm} still maps it` : `${vcpu} has it cached`;
  return `${who}: gfn ${gfn} reads ${whatIsRead(frame, vm)}`;
}

/** Whose data it is; where it could pass for the guest's own, also on whose page that now is. */
function whatIsRead({ refs, writer, taker }: FrameSight, vm: string): string {
  const data = writer === null ? "zeroes" : `what ${writer} wrote`;
  if (refs === 0) return `a freed page (${data})`;
  if (writer !== null && writer !== vm) return data;
  return `${data} (${taker === null ? "somebody else's page" : `page ${taker.page} of ${taker.file}`})`;
}

const SIZES: Record<LeafLevel, string> = { 1: "4 KiB", 2: "2 MiB", 3: "1 GiB" };

const mappedText = ({ vm, gfn, level }: Reach) => `mapped by ${vm} at gfn ${gfn} (${SIZES[level]})`;

const folioText = (order: number) => (order === 0 ? "" : `, in a folio of ${SIZES[order === 9 ? 2 : 3]}`);

function pageChange(
  before: Sight,
  now: Sight,
  events: readonly LabEvent[],
  { file, page }: Followed,
): Said[] {
  const got = events.find(
    (event) => event.type === "page.got" && event.file === file && event.index === page,
  );
  if (now.frame !== null && before.frame?.pfn !== now.frame.pfn) {
    const name = before.frames.length === 0 ? "allocated" : "new page";
    const by = got === undefined ? folioText(now.order) : ", by a fault";
    const assumed = events.some(({ type }) => type === "pages.assumed") ? ", as assumed" : "";
    return [{ kind: "page", text: `${name}: pfn ${now.frame.pfn}${by}${assumed}` }];
  }
  if (now.frame === null && before.frame !== null) {
    const left = now.frames.at(-1);
    if (left === undefined || left.generationNow !== before.frame.generation)
      return [
        { kind: "freed", text: `left the file: freed, generation ${left?.generationNow ?? 0}` },
        ...retired(left),
      ];
    return [{ kind: "left", text: `left the file, still held: ${countText(left.refs, "reference")}` }];
  }
  const punched = events.find((event) => event.type === "shmem.punched" && event.file === file);
  return [
    ...(got?.type === "page.got"
      ? [{ kind: "held" as const, text: `a fault holds it: ${countText(got.refs, "reference")}` }]
      : []),
    ...(punched?.type === "shmem.punched" && isIn(punched.zeroed, page)
      ? [{ kind: "left" as const, text: "zeroed, not freed: its folio is held" }]
      : []),
    ...(before.order > now.order && now.frame !== null
      ? [{ kind: "left" as const, text: `its folio was split: 4 KiB each` }]
      : []),
  ];
}

const isIn = (runs: readonly (readonly [number, number])[] | undefined, page: number) =>
  runs?.some(([start, end]) => start <= page && page < end) ?? false;

const keyOf = ({ vm, vcpu, gfn, frame }: Reach) =>
  `${vm} ${vcpu ?? ""} ${gfn} ${frame.pfn} ${frame.generation}`;

const without = (some: Sight, other: Sight): Reach[] => {
  const keys = new Set(other.reaches.map(keyOf));
  return some.reaches.filter((reach) => !keys.has(keyOf(reach)));
};

/** Leaves that were zapped, and translations that were dropped; a flush of the whole VM is told by itself. */
function lost(before: Sight, now: Sight, events: readonly LabEvent[]): Said[] {
  const isFlush = events.some(({ type }) => type === "tlb.flushed");
  const cached = without(now, before).filter(({ vcpu }) => vcpu !== null);
  return [
    ...without(before, now).flatMap(({ vm, vcpu, level }): Said[] => {
      if (vcpu !== null) return isFlush ? [] : [{ kind: "flushed", text: `flushed from ${vcpu}` }];
      return [{ kind: "zapped", text: `zapped in ${vm}${level === 1 ? "" : `, all ${SIZES[level]}`}` }];
    }),
    ...cached.map(({ vcpu }): Said => ({ kind: "held", text: `still cached by ${vcpu}` })),
  ];
}

function gained(before: Sight, now: Sight, events: readonly LabEvent[]): Said[] {
  const assumed = events.some(({ type }) => type === "pages.assumed") ? ", as assumed" : "";
  return without(now, before)
    .filter(({ vcpu }) => vcpu === null)
    .map((reach) => ({ kind: "mapped", text: `${mappedText(reach)}${assumed}` }));
}

/** The page was written, while it was the file's. A touch that maps it is a write as well, and said already. */
function written(before: Sight, now: Sight, events: readonly LabEvent[]): Said[] {
  const writer = now.frame?.writer ?? null;
  if (writer === null || before.frame?.pfn !== now.frame?.pfn || before.frame?.writer === writer) return [];
  return events.some(({ type }) => type === "guest.mapped")
    ? []
    : [{ kind: "wrote", text: `written by ${writer}` }];
}

/** A bad frame that is free is put aside. */
const retired = (frame: FrameSight | undefined): Said[] =>
  frame?.isBad ? [{ kind: "bad", text: `pfn ${frame.pfn} is retired: nobody gets it again` }] : [];

/** What became of frames that the page has no more; one that it gets again is its new page, and said already. */
function frameChanges(before: Sight, now: Sight, own: Followed): Said[] {
  return now.frames.flatMap((frame): Said[] => {
    const old = before.frames.find(
      ({ pfn, generation }) => pfn === frame.pfn && generation === frame.generation,
    );
    if (old === undefined) return [];
    const { pfn, generationNow, taker, writer } = frame;
    if (generationNow !== old.generationNow && before.frame !== old)
      return [{ kind: "freed", text: `pfn ${pfn} freed, generation ${generationNow}` }, ...retired(frame)];
    if (taker?.file === own.file && taker.page === own.page) return [];
    if (taker !== null && (old.taker?.file !== taker.file || old.taker.page !== taker.page))
      return [
        {
          kind: "taken",
          text: `pfn ${pfn} now page ${taker.page} of ${taker.file}${writer === null ? "" : `, written by ${writer}`}`,
        },
      ];
    return taker !== null && writer !== null && writer !== old.writer
      ? [{ kind: "taken", text: `pfn ${pfn} written by ${writer}` }]
      : [];
  });
}

/** Where a guest reads another page than the file's, from the moment on that it does, and whenever that changes. */
function stale(before: Sight, now: Sight): Said[] {
  // One line in a list: whose data a freed page has stands above it.
  const text = ({ vm, vcpu, gfn, frame }: Reach) =>
    `${vcpu ?? vm}'s gfn ${gfn} reads ${frame.refs === 0 ? "a freed page" : whatIsRead(frame, vm)}`;
  const told = new Set(before.reaches.filter(isStale).map(text));
  const texts = now.reaches.filter(isStale).map(text);
  return texts.filter((each) => !told.has(each)).map((each) => ({ kind: "stale", text: each }));
}
