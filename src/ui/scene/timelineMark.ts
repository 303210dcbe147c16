// SPDX-License-Identifier: GPL-2.0-only
// What the timeline is drawn with. All shapes of one look are one path.

import type { Path, Words } from "./mark.ts";
import type { BinKind, StepKind } from "./timelineSteps.ts";

/** What a mark means; the panel's style sheet gives each look its colour. */
export type TimelineLook =
  | StepKind
  | `bin-${BinKind}`
  | "lane"
  // locks
  | "held"
  | "heldRead"
  | "cap"
  | "inner"
  | "cleared"
  | "dropped"
  | "waiting"
  | "putOff"
  // vCPUs
  | "inGuest"
  | "inFault"
  | "retrying"
  | "outside"
  | "edge"
  | "mayUseStale"
  | "busy"
  | "kick"
  | "request"
  | "flushedIn"
  | "retry"
  | "exit"
  | "dead"
  // in_progress
  | "count"
  | "countBroken"
  // findings
  | "finding"
  | "findingHead"
  // words
  | "note"
  | "lockName"
  | "cutText"
  | "violationText";

/** Pixels; 0,0 is where time 0 meets the top of the timeline. */
export type TimelineMark = { readonly key: string; readonly look: TimelineLook } & (Path | Words);

/** Path data by look, in the order in which the looks were first drawn: the later ones lie on the earlier ones. */
export type Ink = Map<TimelineLook, string[]>;

export function draw(ink: Ink, look: TimelineLook, d: string): void {
  const known = ink.get(look);
  if (known === undefined) ink.set(look, [d]);
  else known.push(d);
}

export const inkMarks = (ink: Ink): TimelineMark[] =>
  [...ink].map(([look, parts]) => ({ shape: "path", key: look, look, d: parts.join("") }));
