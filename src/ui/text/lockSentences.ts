// SPDX-License-Identifier: GPL-2.0-only
// Sentences for locks and grace periods. What a hold of rm->lock means for a punch is the point of the whole
// comparison, so those sentences say it.

import { lockText, operationOf, srcuText } from "./names.ts";
import { listText } from "./number.ts";
import { latest, type Of, type Told } from "./told.ts";
import { storeOf } from "./variant.ts";

/** The lock is somebody else's. */
export const lockWaited = (event: Of<"lock.waited">, told: Told): string =>
  `${told.task} waits behind ${listText(event.behind)} to take ${modeText(event, told)}.`;

/** The lock is held from now on. */
export function lockTaken(event: Of<"lock.taken">, told: Told): string {
  const takes = `${told.task} takes ${modeText(event, told)}`;
  const punch = punchOf(event, told);
  if (punch === "xarray")
    return `${takes} and keeps it to the end of the punch: binds and unbinds have to wait.`;
  // The walk begins in the step that takes the lock, so it is told right behind.
  const walk = told.step.events.find(({ type }) => type === "walk.begun") as Of<"walk.begun"> | undefined;
  return punch === "list" && walk ? `${takes} for the ${walk.edge} walk.` : `${takes}.`;
}

/** The lock is free, or handed on. */
export function lockReleased(event: Of<"lock.released">, told: Told): string {
  const releases = `${told.task} releases ${lockText(told.play, event.lock)}`;
  const between = punchOf(event, told) === "list" && latest(told, event, "walk.begun")?.edge === "start";
  return between ? `${releases}: until the end walk, slots can register and unregister.` : `${releases}.`;
}

export const srcuEntered = (event: Of<"srcu.entered">, { task, play }: Told): string =>
  `${task} enters a read section of ${srcuText(play, event.srcu)}.`;

export const srcuLeft = (event: Of<"srcu.left">, { task, play }: Told): string =>
  `${task} leaves its read section of ${srcuText(play, event.srcu)}.`;

/** The one RCU grace period is unbind's, with the lock held (T-g3). */
export const graceElapsed = (event: Of<"grace.elapsed">, { task, play }: Told): string =>
  event.of === "RCU"
    ? `${task} has waited for an RCU grace period, rm->lock held all the while.`
    : `${task} has waited for the readers of ${srcuText(play, event.of)}.`;

/** `rm->lock for reading`. A mutex or a spinlock has one mode only, and no word for it. */
function modeText({ lock, mode }: Of<"lock.taken" | "lock.waited">, { play }: Told): string {
  return hasOneMode(lock, play)
    ? lockText(play, lock)
    : `${lockText(play, lock)} for ${mode === "read" ? "reading" : "writing"}`;
}

function hasOneMode(lock: string, play: Told["play"]): boolean {
  const [, name] = lock.split("/");
  if (name === "s_inode_list_lock") return true;
  return name === "slots_lock" || (name === "rm->lock" && storeOf(play.variant) === "list");
}

/** The store whose lock this is, where a punch takes or releases it. */
function punchOf({ lock }: { lock: string }, { play, step }: Told): "list" | "xarray" | null {
  const [, name] = lock.split("/");
  const operation = operationOf(play, step);
  // An `allocate` whose mode bits say otherwise is a punch, too; it takes rm->lock for nothing else.
  const punches = name === "rm->lock" && (operation?.op === "punch" || operation?.op === "allocate");
  return punches ? storeOf(play.variant) : null;
}
