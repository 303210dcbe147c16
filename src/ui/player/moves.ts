// SPDX-License-Identifier: GPL-2.0-only
// How the viewer moves through a run, by button or by key.

import { type CapturePart, endOf, operationsOf } from "../store/capture.ts";
import { type JumpKind, jumpTime, stepTime } from "../store/jumps.ts";
import type { Lab } from "../store/lab.ts";
import { nextSpeed } from "./speeds.ts";

/** One step forward (+1) or back (-1), or with `skip` to the next one that is not wasted. */
export function step({ store, goTo }: Lab, by: 1 | -1, skip = store.getState().skipWasted): void {
  const { loaded, time } = store.getState();
  if (loaded !== null) goTo(stepTime(loaded, time, by, skip));
}

/** To the next (+1) or previous (-1) `kind`; nowhere where there is none. */
export function jump(lab: Lab, kind: JumpKind, by: 1 | -1): void {
  const { store, goTo } = lab;
  const { loaded, time } = store.getState();
  if (loaded === null) return;
  const then = jumpTime(loaded, kind, time, by);
  if (then !== null) goTo(then);
  else if (kind !== "finding" && loaded.capture !== null) void intoNeighbour(lab, loaded.capture, by);
}

/** Into the next or the previous part of a recording, if there is one. */
async function intoNeighbour({ goToOperation }: Lab, part: CapturePart, by: 1 | -1): Promise<void> {
  if (by > 0 ? endOf(part) < operationsOf(part) : part.from > 0)
    await goToOperation(by > 0 ? endOf(part) : part.from - 1, 1);
}

/** Plays faster (+1) or slower (-1), now or the next time. */
export const changeSpeed = ({ store, setSpeed }: Lab, by: 1 | -1): void =>
  setSpeed(nextSpeed(store.getState().speed, by));
