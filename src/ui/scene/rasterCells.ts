// SPDX-License-Identifier: GPL-2.0-only
// The states of thousands of notifiers, one cell each in list order, kept from step to step: a step changes a few of
// them, and whoever paints is told which.

import type { LabEvent, Play } from "../../engine/index.ts";
import { changesIn } from "./changes.ts";
import { type Frame, shownSteps } from "./frame.ts";
import { latestWalk } from "./listScene.ts";
import { type Call, toldBy, type Walk, wasNeeded } from "./told.ts";

/** In the order of their numbers: not called, called by an earlier walk only, called for nothing, called and hit. */
export const CELL_STATES = ["ahead", "earlier", "wasted", "needed"] as const;
export type CellState = (typeof CELL_STATES)[number];

/** To be read while drawing and not to be kept; but as long as it is the same object, `changed` has only grown. */
export interface RasterCells {
  /** The notifiers in list order, head first. */
  readonly notifiers: readonly number[];
  /** The place of a notifier in that order. */
  readonly placeOf: ReadonlyMap<number, number>;
  /** By place: an index into CELL_STATES. */
  readonly states: Uint8Array;
  /** The places whose state has changed, in the order in which that was heard. */
  readonly changed: readonly number[];
  /** The places of the cells that are needed, in the order in which that was heard. */
  readonly needed: readonly number[];
}

interface Kept extends RasterCells {
  readonly file: string;
  readonly operation: number;
  readonly changes: number;
  readonly walk: Walk | null;
  /** Steps up to this index into the recording have been listened to. */
  end: number;
  readonly changed: number[];
  readonly needed: number[];
}

const keptOf = new WeakMap<Play, Kept>();

/** The cells of `file`, which keeps a list, after the step of `frame`. */
export function rasterCells(file: string, frame: Frame): RasterCells {
  const { end } = shownSteps(frame);
  const walk = latestWalk(frame, file);
  const changes = changesIn(frame, "bindings");
  let cells = keptOf.get(frame.play);
  if (
    cells === undefined ||
    cells.file !== file ||
    cells.operation !== frame.operation ||
    cells.changes !== changes ||
    // Another walk shows what it has come to itself, and what earlier ones did.
    cells.walk !== walk ||
    cells.end > end
  ) {
    cells = cellsNow(file, frame, changes, walk);
    keptOf.set(frame.play, cells);
    return cells;
  }
  const { calls } = toldBy(frame);
  for (; cells.end < end; cells.end++)
    for (const event of frame.play.recording.steps[cells.end]!.events) {
      const notifier = toldNotifier(event);
      if (notifier !== null) hear(cells, calls.get(notifier), notifier);
    }
  return cells;
}

function cellsNow(file: string, frame: Frame, changes: number, walk: Walk | null): Kept {
  const list = frame.world.files[file];
  const notifiers = list?.keeps === "list" ? list.notifiers.slice() : [];
  const { calls } = toldBy(frame);
  const states = Uint8Array.from(notifiers, (id) => CELL_STATES.indexOf(stateOf(calls.get(id), walk)));
  const needed = placesNeeded(states);
  return {
    ...{ file, operation: frame.operation, changes, walk, end: shownSteps(frame).end, notifiers, states },
    ...{ placeOf: new Map(notifiers.map((id, k) => [id, k])), changed: [], needed },
  };
}

const NEEDED = CELL_STATES.indexOf("needed");

const placesNeeded = (states: Uint8Array): number[] => {
  const places: number[] = [];
  for (const [k, state] of states.entries()) if (state === NEEDED) places.push(k);
  return places;
};

function hear(cells: Kept, call: Call | undefined, notifier: number): void {
  const place = cells.placeOf.get(notifier);
  if (place === undefined) return;
  const state = CELL_STATES.indexOf(stateOf(call, cells.walk));
  if (cells.states[place] === state) return;
  cells.states[place] = state;
  cells.changed.push(place);
  if (state === NEEDED) cells.needed.push(place);
}

/** What a notifier's cell shows while `walk` is the one that is shown. */
export function stateOf(call: Call | undefined, walk: Walk | null): CellState {
  if (call === undefined) return "ahead";
  if (wasNeeded(call)) return "needed";
  return walk === null || walk.came.has(call.notifier) ? "wasted" : "earlier";
}

/** The notifier whose cell `event` may change. */
function toldNotifier(event: LabEvent): number | null {
  switch (event.type) {
    case "list.read":
    case "notifier.start":
    case "notifier.end":
      return event.notifier;
    default:
      return null;
  }
}
