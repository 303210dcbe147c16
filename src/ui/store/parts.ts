// SPDX-License-Identifier: GPL-2.0-only
// From part to part of a recording. Fetched with the first recording.

import { endOf, isAfterMore, isBeforeMore } from "./capture.ts";
import { lengthOf, type Moment, timeMax } from "./clock.ts";
import type { LabState, Loaded } from "./labState.ts";
import type { Place } from "./place.ts";

export interface Parts {
  /** A time was wanted from either end of a part that lies beyond it: one step more leads into its neighbour. */
  beyond(wanted: number): void;
  /** Shows step `step` of operation `operation` of the recording. Settles when it is shown, or could not be. */
  goTo(operation: number, step: number): Promise<void>;
}

interface PartsEnv {
  state(): Pick<LabState, "loaded" | "zoom" | "file" | "pinned">;
  goTo(time: number): void;
  /** A place like the one that is shown, at no moment in particular. */
  like(loaded: Loaded): Place;
  /** Shows the part in which `place` lies. */
  open(place: Place): Promise<boolean>;
}

/** The parts of whichever recording is shown. */
export function newParts({ state, goTo, like, open }: PartsEnv): Parts {
  /** Another part is on its way, and after it the one that was asked for last. */
  let turning: { next: Moment | null } | null = null;

  async function turnTo(operation: number, step: number): Promise<void> {
    if (turning !== null) {
      turning.next = { operation, step };
      return;
    }
    const own: { next: Moment | null } = { next: { operation, step } };
    turning = own;
    for (let at = own.next; at !== null; at = own.next) {
      own.next = null;
      const { loaded } = state();
      if (loaded === null || loaded.capture === null || !(await open(placeAt(loaded, at)))) break;
    }
    turning = null;
  }

  /** Another part of the recording; what the viewer chose to see stays as it is. */
  function placeAt(loaded: Loaded, at: Moment): Place {
    const { zoom, file, pinned } = state();
    // A step is of its part; whatever else may be pinned is in all of them.
    const kept = pinned?.startsWith("event:") ? null : pinned;
    return { ...like(loaded), punches: [], at, zoom, file, pinned: kept };
  }

  return {
    beyond(wanted) {
      const { loaded } = state();
      // On the way to another part nobody asks for a neighbour: it is this part that has come to its end.
      if (loaded === null || turning !== null || !Number.isFinite(wanted)) return;
      const { capture, clock } = loaded;
      if (capture === null) return;
      if (wanted > timeMax(clock) && isBeforeMore(loaded)) void turnTo(endOf(capture), 1);
      if (wanted < 0 && isAfterMore(loaded)) void turnTo(capture.from - 1, Number.POSITIVE_INFINITY);
    },
    async goTo(operation, step) {
      const { loaded } = state();
      if (loaded === null || loaded.capture === null) return;
      const { capture, clock } = loaded;
      const local = operation - capture.from;
      // What was asked for before is not wanted any more.
      if (turning === null && operation >= capture.from && operation < endOf(capture))
        goTo((clock.begins[local] ?? 0) + Math.min(step, lengthOf(clock, local)));
      else await turnTo(operation, step);
    },
  };
}
