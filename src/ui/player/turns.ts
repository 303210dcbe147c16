// SPDX-License-Identifier: GPL-2.0-only
// Where a walk or an operation begins, marks go back to how they were before. However fast a run is played, it comes
// to few such turns in a second: what they put back would flash.

import type { LabEvent } from "../../engine/index.ts";
import { bisectRight } from "../scene/bisect.ts";
import { timeOfStep } from "../store/clock.ts";
import type { Loaded } from "../store/lab.ts";

/** What of a scenario it takes to find its turns. */
type Run = Pick<Loaded, "plays" | "clock">;

const TURNS_MAX = 3;
const SECOND = 1000;

/** The times at which a turn of either design is first shown. The first operation puts nothing back. */
export function turnsOf({ plays, clock }: Run): number[] {
  const times = new Set(clock.begins.slice(1, -1).map((begin) => begin + 1));
  for (const design of [0, 1] as const)
    plays[design].recording.steps.forEach(({ events }, k) => {
      if (events.some(isTurn)) times.add(timeOfStep(clock, design, k + 1));
    });
  return [...times].sort((a, b) => a - b);
}

const isTurn = ({ type }: LabEvent) => type === "walk.begun";

/**
 * Follows one player. What it returns is asked at `now`, in milliseconds, when the player stands at `time` and would
 * go to `wanted`; it answers how far that may be: up to just before a turn that would be too many in this second.
 */
export function turnKeeper(): (run: Run, time: number, wanted: number, now: number) => number {
  let of: Run | null = null;
  let turns: readonly number[] = [];
  let passed: number[] = [];
  return (run, time, wanted, now) => {
    if (run !== of) [of, turns] = [run, turnsOf(run)];
    const turn = turns[bisectRight(turns, time)];
    if (turn === undefined || turn > wanted) return wanted;
    const third = passed.at(-TURNS_MAX);
    if (third !== undefined && now - third < SECOND) return turn - 1;
    // However many turns lie on the way, they are seen as one.
    passed = [...passed, now].slice(-TURNS_MAX);
    return wanted;
  };
}
