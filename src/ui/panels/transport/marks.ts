// SPDX-License-Identifier: GPL-2.0-only
// The marks along the scrubber: where a call had something to do, where pages were freed, where something broke.

import type { LabEvent, Play } from "../../../engine/index.ts";
import { type SharedClock, timeMax, timeOfStep } from "../../store/clock.ts";

/** In order of rank: where several fall together the first one is drawn. */
const MARK_KINDS = ["violation", "cut", "needed"] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

export interface ScrubberMark {
  readonly kind: MarkKind;
  /** Where it stands on the line: 0 is its left end, 1 the right one. */
  readonly at: number;
}

/** So many places are told apart at most; a mark is about three pixels wide. */
const PLACES_MAX = 256;

/** The marks of one design, from left to right, at most one a place. */
export function scrubberMarks(play: Play, clock: SharedClock, design: 0 | 1): ScrubberMark[] {
  const end = timeMax(clock);
  const places = Math.min(end, PLACES_MAX);
  const best = new Map<number, MarkKind>();
  const mark = (step: number, kind: MarkKind): void => {
    const place = Math.round((timeOfStep(clock, design, step) / end) * places);
    const other = best.get(place);
    if (other === undefined || MARK_KINDS.indexOf(kind) < MARK_KINDS.indexOf(other)) best.set(place, kind);
  };
  if (end === 0) return [];
  for (const [k, { events }] of play.recording.steps.entries())
    for (const event of events) {
      const kind = kindOf(event);
      if (kind !== null) mark(k + 1, kind);
    }
  for (const { step } of play.findings) mark(step, "violation");
  return [...best].map(([place, kind]) => ({ kind, at: place / places })).sort((a, b) => a.at - b.at);
}

function kindOf(event: LabEvent): MarkKind | null {
  switch (event.type) {
    case "notifier.start":
    case "notifier.end":
      return event.hit ? "needed" : null;
    case "shmem.punched":
      return event.pages > 0 ? "cut" : null;
    case "bind.refused":
      return "violation";
    default:
      return null;
  }
}
