// SPDX-License-Identifier: GPL-2.0-only
// How the viewer moves through a run, by button or by key.

import { endOf, isAfterMore, isBeforeMore } from "../store/capture.ts";
import { type JumpKind, jumpTime, stepTime } from "../store/jumps.ts";
import type { Lab, Loaded } from "../store/lab.ts";
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
  else if (kind !== "finding") void intoNeighbour(lab, loaded, by);
}

/** Into the next or the previous part of a recording, if there is one. */
async function intoNeighbour({ goToOperation }: Lab, loaded: Loaded, by: 1 | -1): Promise<void> {
  const { capture } = loaded;
  if (capture !== null && (by > 0 ? isBeforeMore(loaded) : isAfterMore(loaded)))
    await goToOperation(by > 0 ? endOf(capture) : capture.from - 1, 1);
}

/** Plays faster (+1) or slower (-1), now or the next time. */
export const changeSpeed = ({ store, setSpeed }: Lab, by: 1 | -1): void =>
  setSpeed(nextSpeed(store.getState().speed, by));
