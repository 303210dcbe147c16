// SPDX-License-Identifier: GPL-2.0-only
// What scenes read of a whole run or of thousands of memslots, read ahead in slices: the first picture of a long run
// then costs little more than any other.

import type { Slices } from "../../engine/index.ts";
import { axisFor } from "./axis.ts";
import { changesIn } from "./changes.ts";
import { type Frame, shownSteps } from "./frame.ts";
import { heardHere } from "./heardHere.ts";
import { visibleMemslots } from "./memslots.ts";
import { toldBy } from "./told.ts";

/** Steps that are listened to in a slice. */
const SLICE_STEPS = 2_048;

/** Reads ahead all that the scenes of `frames` keep. */
export function* warming(frames: readonly Frame[]): Slices<void> {
  for (const frame of frames) {
    changesIn(frame, "memslots");
    yield;
    const { first, end } = shownSteps(frame);
    for (let step = first; step < end; step += SLICE_STEPS) {
      toldBy({ ...frame, step });
      yield;
    }
    toldBy(frame);
    for (const file of frame.play.scenario.files.keys()) {
      visibleMemslots(frame, file);
      yield;
    }
  }
  const axis = axisFor(frames);
  yield;
  for (const frame of frames) {
    heardHere(axis, frame);
    yield;
  }
}
