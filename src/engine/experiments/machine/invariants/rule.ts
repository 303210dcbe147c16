// SPDX-License-Identifier: GPL-2.0-only
// What a group of invariants hears of a run, and when it may speak.

import type { LabEvent } from "../events.ts";
import type { World } from "../world.ts";
import type { Breach } from "./finding.ts";

export interface Rule {
  /**
   * Takes an event in. `task` is empty during the set-up. `world` is as the step left it, in the set-up as it is while
   * the event is told.
   */
  tell(task: string, event: LabEvent, world: World): void;
  /**
   * After a step: breaches that hold now, by what was looked at. What is looked at and found whole again is reported too,
   * with none, so that a later breach counts as a new one. `atRest`: no operation is in flight.
   */
  look(world: World, atRest: boolean, report: Report): void;
  /** After the last step, where no task can go on. */
  close?(world: World, report: Report): void;
}

export type Report = (looked: string, breaches: Iterable<Breach>) => void;
