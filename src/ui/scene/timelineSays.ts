// SPDX-License-Identifier: GPL-2.0-only
// Each lane of the timeline as a sentence, for those who cannot see it. Steps are numbered from 1 in the run.

import type { Play } from "../../engine/index.ts";
import { countText, listText, numberText } from "../text/number.ts";
import type { Bracket, Hold, Span, Spans } from "./timelineSpans.ts";
import { findingSteps, type StepKind } from "./timelineSteps.ts";

/** More stretches than this are counted instead of listed. */
export const LISTED_MAX = 6;

/** `P: 38 steps, 24 calls of them, 22 wasted; pages freed in step 21.` */
export function saysTask(play: Play, task: number, kinds: readonly StepKind[], spans: Spans): string {
  const { count, byKind } = stepsOf(play, task, kinds);
  const own = (kind: StepKind) => byKind.get(kind) ?? [];
  const [needed, wasted] = [own("needed").length, own("wasted").length];
  const name = nameOf(play, task);
  const parts = [
    countText(count, "step"),
    `${countText(needed + wasted, "call")}${wasted > 0 ? `, ${numberText(wasted)} wasted` : ""}`,
    ...inSteps("zaps", own("zapped")),
    ...inSteps("frees pages", own("freed")),
    ...inSteps("is refused", own("refused")),
    ...spans.waits
      .filter((wait) => wait.task === task)
      .map(({ from, to, lock }) => `waits for ${shortLock(play, lock)} ${stepsText([{ from, to }])}`),
    ...play.recording.putOffs
      .filter((putOff) => putOff.task === name)
      .map(({ step, choice }) => `“${choice}” was put off before step ${numberText(step)}`),
  ];
  return `${name}: ${parts.join("; ")}.`;
}

/** `rm->lock held by P in steps 2–19 and 23–38; ...` */
export function saysLocks(play: Play, task: number, { holds, inner, gaps }: Spans): string {
  const own = <S extends Span & { task: number }>(spans: readonly S[]) =>
    spans.filter((span) => span.task === task);
  const name = nameOf(play, task);
  const [held, inside, dropped] = [own(holds), own(inner), own(gaps)];
  const parts = [
    held.length === 0 ? `rm->lock never held by ${name}` : `rm->lock held by ${name} ${holdText(held)}`,
    ...(dropped.length === 0
      ? []
      : [`dropped between the two walks ${stepsText(dropped)}, where slots can come and go`]),
    ...(inside.length === 0 ? [] : [`inode->lock held ${holdText(inside)}`]),
  ];
  return `${parts.join("; ")}.`;
}

/** `in_progress of vm0: 1 in steps 7–28.` */
export function saysCount(vm: string, brackets: readonly Bracket[]): string {
  if (brackets.length === 0) return `in_progress of ${vm} stays 0.`;
  if (brackets.length > LISTED_MAX)
    return `in_progress of ${vm} leaves 0 ${numberText(brackets.length)} times.`;
  const each = brackets.map((bracket) => {
    const { count, brokenFrom } = bracket;
    const value = Math.abs(count) > 1 && brokenFrom === null ? `up to ${numberText(count)}` : `${count}`;
    const wrong = brokenFrom === null ? "" : `, wrong from step ${numberText(brokenFrom)} to the end`;
    return `${value} ${stepsText([bracket])}${wrong}`;
  });
  return `in_progress of ${vm}: ${each.join("; ")}.`;
}

/** `Broken at step 21: I3 and I4.`, or null where no invariant is broken. */
export function saysFindings(play: Play): string | null {
  const broken = findingSteps(play);
  if (broken.length === 0) return null;
  if (broken.length > LISTED_MAX) return `Invariants are broken at ${numberText(broken.length)} steps.`;
  const each = broken.map(({ step, names }) => `at step ${numberText(step)}: ${listText(names)}`);
  return `Broken ${each.join("; ")}.`;
}

const nameOf = ({ scenario }: Play, task: number): string => [...scenario.tasks.keys()][task] ?? "";

/** `steps 2–19 and 23–38`, both ends included. */
export function stepsText(spans: readonly Span[]): string {
  if (spans.length > LISTED_MAX) return `${numberText(spans.length)} times`;
  return `in steps ${listText(spans.map(({ from, to }) => `${numberText(from)}–${numberText(to)}`))}`;
}

/** How and when a lock was held. */
export const holdText = (holds: readonly Hold[]) =>
  `${holds.every(({ mode }) => mode === "read") ? "for reading " : ""}${stepsText(holds)}`;

const inSteps = (does: string, steps: readonly number[]): string[] => {
  if (steps.length === 0) return [];
  const where =
    steps.length > LISTED_MAX
      ? `${numberText(steps.length)} times`
      : `in ${steps.length === 1 ? "step" : "steps"} ${listText(steps.map(numberText))}`;
  return [`${does} ${where}`];
};

/** How many steps `task` took, and the numbers of those of each kind. */
function stepsOf({ recording }: Play, task: number, kinds: readonly StepKind[]) {
  const byKind = new Map<StepKind, number[]>();
  let count = 0;
  for (const [k, step] of recording.steps.entries()) {
    const kind = kinds[k];
    if (step.task !== task || kind === undefined) continue;
    count++;
    const known = byKind.get(kind);
    if (known === undefined) byKind.set(kind, [k + 1]);
    else known.push(k + 1);
  }
  return { count, byKind };
}

/** Without its owner where there is only one that it could be. */
const shortLock = ({ scenario }: Play, lock: string): string =>
  (lock.startsWith("vm") ? scenario.vms : scenario.files).size > 1 ? lock : lock.slice(lock.indexOf("/") + 1);
