// SPDX-License-Identifier: GPL-2.0-only
// What went wrong in a run, in words: broken invariants, choices put off, tasks that wait for each other.

import { type Finding, type Play, type PutOff, trapOf } from "../../engine/index.ts";
import { listText } from "./number.ts";
import { sentence } from "./sentence.ts";

/** `I3 (T-b1) is broken: ...` */
export function findingText({ invariant, text }: Finding, play: Play): string {
  const trap = trapOf(play, invariant);
  return `${invariant}${trap === null ? "" : ` (${trap})`} is broken: ${text}`;
}

/** Which choice had to wait, and what its task waits for. */
export function putOffText(putOff: PutOff, play: Play): string {
  const { scenario, recording } = play;
  const task = [...scenario.tasks.keys()].indexOf(putOff.task);
  // The lock it queues for was told in its latest step; for a grace period it queues without a word.
  const latest = recording.steps.slice(0, putOff.step - 1).findLast((step) => step.task === task);
  const waited = latest?.events.find(({ type }) => type === "lock.waited");
  const because =
    latest && waited ? sentence(waited, latest, play) : `${putOff.task} waits at "${putOff.at}".`;
  return `"${putOff.choice}" is put off: ${because}`;
}

/** The tasks that can never go on, or null where every task has ended. */
export function stuckText({ recording: { stuck } }: Play): string | null {
  if (stuck.length === 0) return null;
  return stuck.length === 1
    ? `${stuck[0]} waits for ever.`
    : `${listText(stuck)} wait for each other for ever.`;
}
