// SPDX-License-Identifier: GPL-2.0-only
// From what is shown to the place that it is.

import { both, type Moment, momentAt } from "./clock.ts";
import type { LabState, Loaded } from "./labState.ts";
import type { Place } from "./place.ts";

/** The place that is shown, or null before the first one is. */
export function placeShown(state: LabState): Place | null {
  const { loaded, time, zoom, file, pinned, theme, code, timeline, overview, view } = state;
  if (loaded === null) return null;
  const { punches, plays, only, clock, capture } = loaded;
  const { operation, step } = momentAt(clock, time);
  return {
    ...namesOf(loaded),
    ...{ punches, designs: both(plays, ({ variant }) => variant) },
    // Behind the last operation of a part come the viewer's punches, which belong to no other part.
    from: capture !== null && punches.length > 0 ? capture.from : null,
    at: { operation: operation + (capture?.from ?? 0), step },
    only: only === null ? null : plays[only].variant,
    ...{ zoom, file, pinned, theme, code, log: !timeline },
    steps: capture !== null && !overview,
    view,
    fanout: view === "fanout" ? state.fanout : {},
  };
}

/** What a place calls `loaded`. */
export function namesOf({ name, capture }: Loaded): Pick<Place, "scenario" | "recording"> {
  if (capture === null || capture.of.view.builtIn) return { scenario: name, recording: null };
  return { scenario: "", recording: { name, print: capture.of.view.print } };
}

/** `at` of a place, as the clock of `loaded` counts. */
export const momentIn = ({ capture }: Pick<Loaded, "capture">, { operation, step }: Moment): Moment => ({
  operation: operation - (capture?.from ?? 0),
  step,
});
