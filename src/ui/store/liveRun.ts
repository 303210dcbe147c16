// SPDX-License-Identifier: GPL-2.0-only
// The live run behind what is shown of one design. A step forward goes on with it; the past is replayed.

import { goTo, type LabEvent, type Play, type Run, stepOn, type World } from "../../engine/index.ts";

/** Further ahead than this a copy of the world may lie nearer than the live run does. */
const AHEAD_MAX = 2_000;

export interface LiveRun {
  readonly play: Play;
  run: Run<World, LabEvent>;
}

export const liveRun = (play: Play, step: number): LiveRun => ({ play, run: goTo(play.recording, step) });

/** Brings the live run to `step` and returns its world, which is good until the next call. */
export function bringTo(live: LiveRun, step: number): World {
  const { recording } = live.play;
  const ahead = step - live.run.step;
  if (ahead < 0 || ahead > AHEAD_MAX) live.run = goTo(recording, step);
  else while (live.run.step < step) stepOn(recording, live.run);
  return live.run.world;
}
