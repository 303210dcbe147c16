// SPDX-License-Identifier: GPL-2.0-only
// What one design's panel is drawn from: a play, and the world as it is after one of its steps.

import type { OperationSteps, Play, World } from "../../engine/index.ts";

export interface Frame {
  readonly play: Play;
  /** The play's operations, as the shared clock counts them. */
  readonly operations: readonly OperationSteps[];
  /** The shared clock: the operation that is shown. */
  readonly operation: number;
  /** Steps taken in this play; 0 before the first one. */
  readonly step: number;
  /** The step that was shown before, where what happened since is to be seen happening; null after any jump. */
  readonly from: number | null;
  /** The design has no further step in this operation, while the other one goes on. */
  readonly waiting: boolean;
  /** The live world after `step`. Read it while drawing, never keep it: stepping on changes it in place. */
  readonly world: World;
}

/** Steps of the play that belong to the shown operation, up to now: indices into recording.steps, half-open. */
export const shownSteps = ({ operations, operation, step }: Frame): { first: number; end: number } => ({
  first: (operations[operation]?.first ?? 1) - 1,
  end: step,
});
