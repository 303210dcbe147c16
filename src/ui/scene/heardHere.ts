// SPDX-License-Identifier: GPL-2.0-only
// The calls of the shown operation by where their memslots lie: those in the window one by one and by column, those
// outside of it counted. Like told.ts it listens to new steps only: a walk over thousands costs a little each step.

import type { LabEvent, Memslot, Play } from "../../engine/index.ts";
import { type Axis, CELLS, clipped, xOf } from "./axis.ts";
import { changesIn } from "./changes.ts";
import { type Frame, shownSteps } from "./frame.ts";
import { pagesOf, visibleMemslots } from "./memslots.ts";

/** What the memslots under one mark have heard; sums where they are several. */
export interface Heard {
  /** The memslot object; of several the leftmost one. */
  notifier: number;
  readonly memslot: string;
  /** Pixels from the strip's left edge to the middle of the memslot's part of the window. */
  middle: number;
  starts: number;
  ends: number;
  startHit: boolean;
  endHit: boolean;
  memslots: number;
}

/** To be read while drawing and not to be kept. */
export interface HeardHere {
  /** In the order in which they were called first. */
  readonly here: ReadonlyMap<number, Readonly<Heard>>;
  /** By column of the axis, the same calls summed up. */
  readonly columns: readonly (Readonly<Heard> | null)[];
  /** Memslots of the window whose calls had something to do. */
  readonly needed: number;
  /** Memslots of the file that lie outside of the window and were called. */
  readonly elsewhere: number;
  /** Visible memslots of the file that were not called. */
  readonly spared: number;
  /** How many calls of the window were heard. */
  readonly heard: number;
}

interface State {
  readonly axis: Axis;
  readonly operation: number;
  readonly changes: number;
  /** Steps up to this index into the recording have been listened to. */
  end: number;
  /** Null for a memslot that does not lie in the window. */
  readonly seen: Map<number, Heard | null>;
  readonly here: Map<number, Heard>;
  readonly columns: (Heard | null)[];
  needed: number;
  elsewhere: number;
  spared: number;
  heard: number;
}

const stateOf = new WeakMap<Play, State>();

/** What the operation of `frame` has told the memslots by its step. */
export function heardHere(axis: Axis, frame: Frame): HeardHere {
  const { first, end } = shownSteps(frame);
  const changes = changesIn(frame, "memslots");
  const visible = visibleMemslots(frame, axis.file);
  let state = stateOf.get(frame.play);
  if (
    state === undefined ||
    state.axis !== axis ||
    state.operation !== frame.operation ||
    state.changes !== changes ||
    state.end > end
  ) {
    state = {
      ...{ axis, operation: frame.operation, changes, end: first, seen: new Map(), here: new Map() },
      ...{ columns: Array<null>(CELLS).fill(null), needed: 0, elsewhere: 0 },
      ...{ spared: visible.memslots.length, heard: 0 },
    };
    stateOf.set(frame.play, state);
  }
  for (; state.end < end; state.end++)
    for (const event of frame.play.recording.steps[state.end]!.events)
      if (event.type === "notifier.start" || event.type === "notifier.end") {
        if (!state.seen.has(event.notifier)) place(state, frame, event, visible.ids);
        hear(state, event);
      }
  return state;
}

type Called = Extract<LabEvent, { type: "notifier.start" | "notifier.end" }>;

function place(
  state: State,
  { world }: Frame,
  { notifier, memslot: name }: Called,
  visible: ReadonlySet<number>,
) {
  const { axis, seen, here, columns } = state;
  if (visible.has(notifier)) state.spared--;
  const memslot = world.memslots[notifier];
  const isOfFile = memslot !== undefined && memslot.file === axis.file;
  const middle = isOfFile ? middleOf(axis, memslot) : null;
  if (isOfFile && middle === null) state.elsewhere++;
  const nothing = { starts: 0, ends: 0, startHit: false, endHit: false, memslots: 1 };
  const heard = middle === null ? null : { notifier, memslot: name, middle, ...nothing };
  seen.set(notifier, heard);
  if (heard === null) return;
  here.set(notifier, heard);
  const column = columnOf(axis, heard);
  const sum = columns[column];
  if (!sum) {
    columns[column] = { ...heard };
    return;
  }
  sum.memslots++;
  if (heard.middle >= sum.middle) return;
  sum.middle = heard.middle;
  sum.notifier = notifier;
}

function hear(state: State, { type, notifier, hit }: Called): void {
  const own = state.seen.get(notifier);
  if (!own) return;
  state.heard++;
  if (hit && !own.startHit && !own.endHit) state.needed++;
  for (const heard of [own, state.columns[columnOf(state.axis, own)]!])
    if (type === "notifier.start") {
      heard.starts++;
      heard.startHit ||= hit;
    } else {
      heard.ends++;
      heard.endHit ||= hit;
    }
}

const middleOf = (axis: Axis, memslot: Memslot): number | null => {
  const span = clipped(pagesOf(memslot), axis);
  return span === null ? null : (xOf(axis, span.start) + xOf(axis, span.end)) / 2;
};

const columnOf = (axis: Axis, { middle }: Heard) => Math.min(CELLS - 1, Math.floor(middle / axis.cell));
