// SPDX-License-Identifier: GPL-2.0-only
// From what is shown to the place that it is, and whether there is such a moment as a place names.

import { both, type Moment, momentAt } from "./clock.ts";
import type { LabState, Loaded } from "./labState.ts";
import type { Place } from "./place.ts";

/** The place that is shown, or null before the first one is. */
export function placeShown(state: LabState): Place | null {
  const { loaded, time, zoom, file, pinned, theme, code, timeline, overview } = state;
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

/** What is wrong with a moment that a link names, or null where there is such a one. */
export function complaintAbout(at: Moment, { name, clock, capture }: Loaded): string | null {
  const { operation, step } = momentIn({ capture }, at);
  const operations = clock.begins.length - 1;
  const count = Math.max(capture?.of.view.columns.kind.length ?? 0, (capture?.from ?? 0) + operations);
  const named = at.operation + 1;
  if (operation < 0 || operation >= operations)
    return `The link names operation ${named}; ${name} has ${count} of them as it is shown here.`;
  const length = (clock.begins[operation + 1] ?? 0) - (clock.begins[operation] ?? 0);
  return step > length
    ? `The link names step ${step} of operation ${named}, which has ${length} in ${name}.`
    : null;
}
