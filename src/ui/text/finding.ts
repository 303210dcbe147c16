// SPDX-License-Identifier: GPL-2.0-only
// What went wrong in a run, in words: broken invariants, choices put off, tasks that never end.

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

/** The tasks that never end, and what they do instead; null where every task has ended. */
export function stuckText({ scenario, recording: { stuck, steps } }: Play): string | null {
  const tasks = [...scenario.tasks.keys()];
  // A fault that is sent back is taken again. Nothing is left to run that could make it end another way.
  const isFaulting = (name: string) =>
    steps
      .findLast(({ task }) => tasks[task] === name)
      ?.events.some(({ type }) => type === "fault.retried") === true;
  const faulting = stuck.filter(isFaulting);
  const waiting = stuck.filter((name) => !isFaulting(name));
  const [only] = waiting;
  const says = [
    ...(faulting.length === 0
      ? []
      : [`${listText(faulting)} ${faulting.length === 1 ? "faults" : "fault"} for ever.`]),
    ...(only === undefined
      ? []
      : [
          waiting.length === 1
            ? `${only} waits for ever.`
            : `${listText(waiting)} wait for each other for ever.`,
        ]),
  ];
  return says.length === 0 ? null : says.join(" ");
}
