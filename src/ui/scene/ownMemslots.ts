// SPDX-License-Identifier: GPL-2.0-only
// Whether the designs may have different memslots: then one row above both would lie about one of them.

import type { Operation, Play } from "../../engine/index.ts";
import type { Frame } from "./frame.ts";

/** A property of the plays and not of the step, so that rows do not come and go while a run is stepped through. */
export const memslotsMayDiffer = (frames: readonly Frame[]): boolean => {
  const [first, ...rest] = frames.map(({ play }) => play);
  if (first === undefined) return false;
  return tasksTouchMemslots(first) || rest.some((play) => refusedAtSetup(play) !== refusedAtSetup(first));
};

const TOUCHING: ReadonlySet<Operation["op"]> = new Set(["createSlot", "deleteSlot", "bind", "unbind"]);

const tasksTouchMemslots = ({ scenario }: Play): boolean =>
  [...scenario.tasks.values()].some((operations) => operations.some(({ op }) => TOUCHING.has(op)));

const refusedAtSetup = ({ refusals }: Play): string => refusals.map(({ index }) => index).join();
