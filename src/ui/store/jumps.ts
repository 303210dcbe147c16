// SPDX-License-Identifier: GPL-2.0-only
// Where there is something to jump to: every time of one kind, found in the events of both shown designs.

import { FALLOC_FL, type LabEvent, type Play } from "../../engine/index.ts";
import { bisectLeft, bisectRight } from "../scene/bisect.ts";
import { type Both, type SharedClock, timeMax } from "./clock.ts";

/**
 * What a jump leads to: a punch that begins, a call that its memslot needed, a broken invariant, or a step in which
 * a design does anything but call for nothing.
 */
export type JumpKind = "punch" | "needed" | "finding" | "notWasted";

/** Times of each kind on the shared clock, ascending, each once. */
type Jumps = Readonly<Record<JumpKind, readonly number[]>>;

interface Played {
  readonly plays: Both<Play>;
  readonly clock: SharedClock;
  /** The one design that is shown, or null for both. */
  readonly only: 0 | 1 | null;
}

/** The time of the next (+1) or previous (-1) `kind` seen from `time`, over all operations; null where there is none. */
export function jumpTime(played: Played, kind: JumpKind, time: number, by: 1 | -1): number | null {
  const times = jumpsOf(played)[kind];
  return times[by > 0 ? bisectRight(times, time) : bisectLeft(times, time) - 1] ?? null;
}

/**
 * Where one step leads from `time`: the next time, or with `skip` the next that is not wasted in every design. Where
 * nothing more is worth a stop that is the end of the run, and going back its beginning.
 */
export function stepTime(played: Played, time: number, by: 1 | -1, skip: boolean): number {
  if (!skip) return time + by;
  return jumpTime(played, "notWasted", time, by) ?? (by > 0 ? timeMax(played.clock) : 0);
}

/** Indexed once for each clock, which is another one for other plays: a run may have 65,000 steps. */
const indexed = new WeakMap<SharedClock, Jumps>();

function jumpsOf(played: Played): Jumps {
  let jumps = indexed.get(played.clock);
  if (jumps === undefined) {
    jumps = index(played);
    indexed.set(played.clock, jumps);
  }
  return jumps;
}

function index({ plays, clock, only }: Played): Jumps {
  const found: Record<JumpKind, Set<number>> = {
    punch: new Set(),
    needed: new Set(),
    finding: new Set(),
    notWasted: new Set(),
  };
  for (const design of only === null ? ([0, 1] as const) : [only]) {
    const { recording, findings } = plays[design];
    const broken = new Set(findings.map(({ step }) => step));
    if (broken.has(0)) found.finding.add(0); // the set-up broke it
    for (const [k, { first, last }] of clock.operations[design].entries())
      for (let step = first; step <= last; step++) {
        const time = (clock.begins[k] ?? 0) + step - first + 1;
        const events = recording.steps[step - 1]?.events ?? [];
        if (events.some(beginsPunch)) found.punch.add(time);
        if (events.some(isNeeded)) found.needed.add(time);
        if (broken.has(step)) found.finding.add(time);
        if (broken.has(step) || !events.every(isWasted)) found.notWasted.add(time);
      }
  }
  const sorted = (kind: JumpKind) => [...found[kind]].sort((a, b) => a - b);
  return {
    punch: sorted("punch"),
    needed: sorted("needed"),
    finding: sorted("finding"),
    notWasted: sorted("notWasted"),
  };
}

const beginsPunch = (event: LabEvent) =>
  event.type === "fallocate.entered" && (event.mode & FALLOC_FL.PUNCH_HOLE) !== 0;

const isNeeded = (event: LabEvent) => "hit" in event && event.hit;

/** A call for nothing, or what a walk reads on its way from one call to the next. */
function isWasted(event: LabEvent): boolean {
  switch (event.type) {
    case "notifier.start":
    case "notifier.end":
      return !event.hit;
    case "list.read":
    case "xarray.read":
    case "walk.ended":
      return true;
    default:
      return false;
  }
}
