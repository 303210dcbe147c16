// SPDX-License-Identifier: GPL-2.0-only
// The calls of the shown operation by where their memslots lie: those in the window one by one and by column, those
// outside of it counted. Like told.ts it listens to new steps only: a walk over thousands costs a little each step.

import type { LabEvent, Memslot, Play } from "../../engine/index.ts";
import { type Axis, CELLS, clipped } from "./axis.ts";
import { changesIn } from "./changes.ts";
import { type Frame, shownSteps } from "./frame.ts";
import { isWrapped, pagesOf, visibleMemslots } from "./memslots.ts";

/** What the memslots under one mark have heard; sums where they are several. */
export interface Heard {
  /** The memslot object; of several the leftmost one. */
  notifier: number;
  readonly memslot: string;
  /** The page in the middle of the memslot's part of the window, which may be half a one. */
  middle: number;
  starts: number;
  ends: number;
  startHit: boolean;
  endHit: boolean;
  /** It was told to zap, and nothing of the hole is in it. */
  wrapped: boolean;
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
  /** Memslots of the file that lie outside of the window and were called; and whether one of them wrapped. */
  readonly elsewhere: number;
  readonly wrappedElsewhere: boolean;
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
  /** By memslot object: 1 once it was called. Memslots of other windows and files are seen too, and forgotten. */
  readonly seen: Uint8Array;
  readonly here: Map<number, Heard>;
  readonly columns: (Heard | null)[];
  needed: number;
  elsewhere: number;
  wrappedElsewhere: boolean;
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
    !sameWindow(state.axis, axis) ||
    state.operation !== frame.operation ||
    state.changes !== changes ||
    state.end > end
  ) {
    state = {
      ...{ axis, operation: frame.operation, changes, end: first, here: new Map() },
      ...{ seen: new Uint8Array(frame.world.memslots.length), columns: Array<null>(CELLS).fill(null) },
      ...{ needed: 0, elsewhere: 0, wrappedElsewhere: false, spared: visible.memslots.length, heard: 0 },
    };
    stateOf.set(frame.play, state);
  }
  for (; state.end < end; state.end++)
    for (const event of frame.play.recording.steps[state.end]!.events)
      if (event.type === "notifier.start" || event.type === "notifier.end") {
        if (state.seen[event.notifier] !== 1) place(state, frame, visible.ids, event);
        hear(state, frame, event);
      }
  return state;
}

type Called = Extract<LabEvent, { type: "notifier.start" | "notifier.end" }>;

function place(
  state: State,
  { world }: Frame,
  visible: ReadonlySet<number>,
  { notifier, memslot: name }: Called,
): void {
  const { axis, seen, here, columns } = state;
  seen[notifier] = 1;
  const memslot = world.memslots[notifier];
  if (memslot === undefined) return;
  if (visible.has(notifier)) state.spared--;
  if (memslot.file !== axis.file) return;
  const middle = middleOf(axis, memslot);
  if (middle === null) {
    state.elsewhere++;
    return;
  }
  const nothing = { starts: 0, ends: 0, startHit: false, endHit: false, wrapped: false, memslots: 1 };
  const heard: Heard = { notifier, memslot: name, middle, ...nothing };
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

function hear(state: State, { world }: Frame, event: Called): void {
  const { type, notifier, hit } = event;
  const own = state.here.get(notifier);
  const memslot = world.memslots[notifier];
  const wraps = isWrapped(memslot, event);
  if (!own) {
    state.wrappedElsewhere ||= wraps && memslot?.file === state.axis.file;
    return;
  }
  state.heard++;
  if (hit && !own.startHit && !own.endHit) state.needed++;
  for (const heard of [own, state.columns[columnOf(state.axis, own)]!]) {
    heard.wrapped ||= wraps;
    if (type === "notifier.start") {
      heard.starts++;
      heard.startHit ||= hit;
    } else {
      heard.ends++;
      heard.endHit ||= hit;
    }
  }
}

const middleOf = (axis: Axis, memslot: Memslot): number | null => {
  const span = clipped(pagesOf(memslot), axis);
  return span === null ? null : (span.start + span.end) / 2;
};

const columnOf = (axis: Axis, { middle }: Heard) =>
  Math.min(CELLS - 1, Math.floor((middle - axis.start) / axis.perCell));

/** Whatever the width of a page on the screen. */
const sameWindow = (a: Axis, b: Axis) => a.file === b.file && a.start === b.start && a.end === b.end;
